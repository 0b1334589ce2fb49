"""All orders and all levels, page by page."""

import base64
from datetime import timedelta

import pytest

from backorders import Backorders, HoldReason, OrderStatus, Seller
from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import InvalidValue
from backorders.domain.order_index import OrderIndex
from tests.support.clock import START, SettableClock


def _seller() -> Seller:
    """Return a seller with five orders, of which two were placed at one moment."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    app.seller("neighbour").place_order("O9", {"A": 1})
    acme = app.seller("acme")
    for name, hours in (("LAST", 9), ("B", 2), ("A", 2), ("HELD", 5), ("FIRST", 1)):
        acme.place_order(name, {"A": 1}, placed_at=START + timedelta(hours=hours))
    return acme


def _all(seller: Seller, status: OrderStatus | None = None, *, newest_first: bool) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = seller.orders(status=status, newest_first=newest_first, after=after, limit=2)
        found += [order.order_id for order in page.items]
        after = page.next
        if after is None:
            return found
        assert len(page.items) == 2


def test_all_orders_are_listed_by_when_they_were_placed() -> None:
    """Whoever looks for an order that does not wait finds it here, whichever way round."""
    acme = _seller()
    assert _all(acme, newest_first=False) == ["FIRST", "A", "B", "HELD", "LAST"]
    acme.place_order("BETWEEN", {"A": 1}, placed_at=START + timedelta(hours=3))
    assert _all(acme, newest_first=True) == ["LAST", "HELD", "BETWEEN", "B", "A", "FIRST"]


def test_orders_are_listed_by_their_status() -> None:
    """What is ready is what can be handed over now; each order is in one list."""
    acme = _seller()
    acme.book_in("R1", {"A": 4})
    acme.hold_order("HELD", HoldReason.OTHER)
    acme.process_order("FIRST")
    wanted = {
        OrderStatus.ON_BACK_ORDER: ["LAST"],
        OrderStatus.ON_HOLD: ["HELD"],
        OrderStatus.READY: ["A", "B"],
        OrderStatus.PROCESSED: ["FIRST"],
        OrderStatus.DESPATCHED: [],
        OrderStatus.CANCELLED: [],
    }
    assert {status: _all(acme, status, newest_first=False) for status in OrderStatus} == wanted


def test_all_levels_are_listed_by_sku() -> None:
    """What is on the shelves can be gone through without knowing what there is."""
    acme = _seller()
    acme.book_in("R1", {"B": 1, "A": 1, "C": 1})
    acme.book_in("R2", {"B": 2}, warehouse="EAST")
    page = acme.stock_levels(limit=3)
    assert [(level.sku, level.warehouse) for level in page.items] == [
        ("A", "MAIN"),
        ("B", "EAST"),
        ("B", "MAIN"),
    ]
    page = acme.stock_levels(after=page.next)
    assert [level.sku for level in page.items] == ["C"]
    assert page.next is None


@pytest.mark.parametrize(
    "fields",
    [
        ["high", "2026-03-02T09:00:00+00:00", "O1", "O1"],
        ["0", "yesterday", "O1", "O1"],
        ["0", "2026-03-02T09:00:00+00:00", "O1", ""],
    ],
)
def test_a_marker_that_somebody_has_made_up_is_refused(fields: list[str]) -> None:
    """What looks like a place in the queue, and is none, must not become one."""
    marker = base64.urlsafe_b64encode("\n".join(fields).encode()).decode()
    with pytest.raises(InvalidValue, match="unchanged"):
        _seller().back_orders(after=marker)


def test_whether_somebody_has_asked_for_the_list_makes_no_difference_to_what_there_is() -> None:
    """Where orders stand in it says nothing that they do not say themselves."""
    asked, unasked = OrderIndex(), OrderIndex()
    assert list(asked.listed_after(None, None, 1, newest_first=False)) == []
    assert asked == unasked
