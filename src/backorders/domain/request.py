"""What a caller asks for when placing an order, checked, and how it is known again."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

import attrs

from backorders.domain import limits, values
from backorders.domain.order import ClaimPolicy, ShipPolicy
from backorders.domain.values import OrderId, Sku, WarehouseId

Lines: TypeAlias = Mapping[str, int] | Iterable[tuple[str, int]]
"""SKU → quantity, or (SKU, quantity) pairs, where a SKU may come more than once."""


def _order_id(value: str) -> OrderId:
    return values.order_id(value)


def _lines(value: Lines) -> tuple[tuple[Sku, int], ...]:
    pairs = values.pairs("lines", value, most=limits.ORDER_LINES)
    return tuple(
        (
            values.sku(sku, f"lines[{place}].sku"),
            values.quantity(quantity, f"lines[{place}].quantity"),
        )
        for place, (sku, quantity) in enumerate(pairs)
    )


def _placed_at(value: datetime | None) -> datetime | None:
    return None if value is None else values.instant("placed_at", value)


def _priority(value: int) -> int:
    return values.priority(value)


def _ship(value: ShipPolicy | None) -> ShipPolicy | None:
    return None if value is None else values.member("ship", value, ShipPolicy)


def _claim(value: ClaimPolicy | None) -> ClaimPolicy | None:
    return None if value is None else values.member("claim", value, ClaimPolicy)


def _warehouse(value: str | None) -> WarehouseId | None:
    return None if value is None else values.warehouse(value)


@attrs.frozen
class OrderRequest:
    """An order to be placed. Checked when it is made; `None` leaves the choice to the seller.

    >>> OrderRequest("O1", {"TEA": 2}).lines
    (('TEA', 2),)
    """

    order_id: OrderId = attrs.field(converter=_order_id)
    lines: tuple[tuple[Sku, int], ...] = attrs.field(converter=_lines)
    placed_at: datetime | None = attrs.field(default=None, converter=_placed_at, kw_only=True)
    """`None`: when the call is made."""
    priority: int = attrs.field(default=0, converter=_priority, kw_only=True)
    ship: ShipPolicy | None = attrs.field(default=None, converter=_ship, kw_only=True)
    claim: ClaimPolicy | None = attrs.field(default=None, converter=_claim, kw_only=True)
    warehouse: WarehouseId | None = attrs.field(default=None, converter=_warehouse, kw_only=True)
    """The only warehouse to draw on; `None`: all of them."""

    def content(self) -> str:
        """Return a digest of the request: equal for equal requests, whatever became of the order.

        The order in which the lines are listed is not content.
        """
        lines = ", ".join([f"({sku!r}, {quantity})" for sku, quantity in sorted(self.lines)])
        placed_at = None if self.placed_at is None else self.placed_at.isoformat()
        ship = None if self.ship is None else self.ship.value
        claim = None if self.claim is None else self.claim.value
        # As `repr` writes such a tuple, which takes three times as long.
        return _hashed(
            f"('placed', [{lines}], {placed_at!r}, {self.priority}, {ship!r}, {claim!r}, "
            f"{self.warehouse!r})"
        )


def split_content(parent: OrderId, move: Mapping[Sku, int] | None) -> str:
    """Return a digest of the request for a split with a named new id."""
    return digest("split", parent, None if move is None else sorted(move.items()))


def digest(*parts: object) -> str:
    """Return 64 hexadecimal digits for plain values: strings, numbers, `None`, lists."""
    return _hashed(repr(parts))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
