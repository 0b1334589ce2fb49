"""Orders, backlogs and shelves: few SKUs and small quantities, so that orders meet."""

from datetime import datetime
from typing import TypeAlias

import attrs
from hypothesis import strategies as st

from backorders.domain.order import ClaimPolicy, ShipPolicy
from backorders.domain.request import OrderRequest
from backorders.testing.strategies.names import ORDER_IDS, WAREHOUSES, skus, warehouses
from backorders.testing.strategies.times import instants

Units: TypeAlias = dict[str, int]
"""SKU → units."""
Lines: TypeAlias = list[tuple[str, int]]
"""(SKU, units) of each line."""


def quantities(most: int = 5) -> st.SearchStrategy[int]:
    """Units of one line."""
    return st.integers(1, most)


def unit_maps(
    of: st.SearchStrategy[int] | None = None, sku: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Units]:
    """SKU → units."""
    units = quantities() if of is None else of
    return st.dictionaries(skus() if sku is None else sku, units, min_size=1, max_size=3)


def order_lines(
    sku: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Lines]:
    """Lines of an order, of which several may be of one SKU."""
    one = st.tuples(skus() if sku is None else sku, quantities(4))
    return st.lists(one, min_size=1, max_size=4)


def pins() -> st.SearchStrategy[str | None]:
    """The only warehouse that an order may draw on; mostly none."""
    return st.sampled_from((None, None, None, *WAREHOUSES))


def requests(
    order_id: st.SearchStrategy[str] | None = None,
    lines: st.SearchStrategy[Lines] | None = None,
    *,
    placed_at: st.SearchStrategy[datetime | None] | None = None,
    priority: st.SearchStrategy[int] | None = None,
    ship: st.SearchStrategy[ShipPolicy | None] | None = None,
    claim: st.SearchStrategy[ClaimPolicy | None] | None = None,
    warehouse: st.SearchStrategy[str | None] | None = None,
) -> st.SearchStrategy[OrderRequest]:
    """Requests for orders, with or without a choice where there is one.

    Whatever is not given is drawn from a few, of which the plainest comes most often.
    """
    return st.builds(
        OrderRequest,
        st.sampled_from(ORDER_IDS) if order_id is None else order_id,
        order_lines() if lines is None else lines,
        placed_at=st.none() | instants() if placed_at is None else placed_at,
        priority=st.sampled_from((0, 0, 0, 1, -1)) if priority is None else priority,
        ship=st.none() | st.sampled_from(ShipPolicy) if ship is None else ship,
        claim=st.none() | st.sampled_from(ClaimPolicy) if claim is None else claim,
        warehouse=pins() if warehouse is None else warehouse,
    )


def backlogs(most: int = 8) -> st.SearchStrategy[list[OrderRequest]]:
    """Requests of different ids, in any order, to be placed while nothing is on the shelf."""
    return st.integers(min(2, most), most).flatmap(_requests_in_any_order)


def _requests_in_any_order(size: int) -> st.SearchStrategy[list[OrderRequest]]:
    # Ids are dealt out, not drawn until they differ: that would take long to shrink.
    ids = st.permutations([f"O{number}" for number in range(1, size + 1)])
    return st.builds(_with_ids, ids, st.lists(requests(), min_size=size, max_size=size))


def _with_ids(ids: list[str], found: list[OrderRequest]) -> list[OrderRequest]:
    return [
        attrs.evolve(request, order_id=order_id)
        for order_id, request in zip(ids, found, strict=True)
    ]


def shelves() -> st.SearchStrategy[dict[str, Units]]:
    """Warehouse → SKU → units on the shelf."""
    return st.dictionaries(warehouses(), unit_maps(), max_size=3)
