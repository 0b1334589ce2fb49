"""Where a page of a long list ends, as text that a caller can keep and hand back."""

import base64
from datetime import datetime
from typing import NamedTuple

from backorders.domain import values
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.order import Order, Rank
from backorders.domain.stock import StockLevel
from backorders.domain.values import OrderId, Sku, WarehouseId

_BETWEEN = "\n"
"""No id has a control character, so none can be mistaken for the end of its field."""


class Placed(NamedTuple):
    """The place of an order in the list of all of them; compares as the list runs."""

    placed_at: datetime
    order_id: OrderId

    @classmethod
    def of(cls, order: Order) -> "Placed":
        """Return the place of an order, which it keeps for good."""
        return cls(order.placed_at, order.order_id)


class LevelPlace(NamedTuple):
    """The place of a level in the list of all of them; compares as the list runs."""

    sku: Sku
    warehouse: WarehouseId

    @classmethod
    def of(cls, level: StockLevel) -> "LevelPlace":
        """Return the place of a level."""
        return cls(level.sku, level.warehouse)


def rank_marker(rank: Rank) -> str:
    """Return the text that stands for a place in the queue."""
    return _text(str(rank.descending_priority), rank.placed_at.isoformat(), *rank[2:])


def rank_after(after: object) -> Rank | None:
    """Return the place in the queue that a marker stands for; `None` is the start."""
    if after is None:
        return None
    priority, placed_at, first_id, order_id = _fields(after, 4)
    try:
        return Rank(
            -values.priority(-int(priority)),
            _instant(placed_at),
            values.order_id(first_id),
            values.order_id(order_id),
        )
    except ValueError:
        raise _unknown() from None


def placed_marker(place: Placed) -> str:
    """Return the text that stands for a place in the list of all orders."""
    return _text(place.placed_at.isoformat(), place.order_id)


def placed_after(after: object) -> Placed | None:
    """Return the place in the list of all orders that a marker stands for; `None` is the start."""
    if after is None:
        return None
    placed_at, order_id = _fields(after, 2)
    try:
        return Placed(_instant(placed_at), values.order_id(order_id))
    except ValueError:
        raise _unknown() from None


def level_marker(place: LevelPlace) -> str:
    """Return the text that stands for a place in the list of all levels."""
    return _text(*place)


def level_after(after: object) -> LevelPlace | None:
    """Return the place in the list of all levels that a marker stands for; `None` is the start."""
    if after is None:
        return None
    sku, warehouse = _fields(after, 2)
    try:
        return LevelPlace(values.sku(sku), values.warehouse(warehouse))
    except ValueError:
        raise _unknown() from None


def _text(*fields: str) -> str:
    return base64.urlsafe_b64encode(_BETWEEN.join(fields).encode()).decode()


def _fields(after: object, count: int) -> list[str]:
    if not isinstance(after, str):
        raise InvalidType("after", "a str or None", type(after).__name__)
    try:
        fields = base64.b64decode(after, altchars=b"-_", validate=True).decode().split(_BETWEEN)
    except ValueError:
        raise _unknown() from None
    if len(fields) != count:
        raise _unknown()
    return fields


def _instant(text: str) -> datetime:
    return values.instant("after", datetime.fromisoformat(text))


def _unknown() -> InvalidValue:
    return InvalidValue("after", "must be the `next` of a page, unchanged")
