"""What the rules make of values that have been checked already: see `opened`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from backorders.domain.errors import InvalidValue
from backorders.domain.events import OrderPlaced
from backorders.domain.opened import OpenLine, OpenOrder
from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Hold,
    Order,
    OrderLine,
    ShipPolicy,
    Stage,
    is_short,
)
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId


class _OpenOrderPlaced:
    __slots__ = ("allocated", "at", "order_id", "units")

    order_id: OrderId
    at: datetime
    units: Mapping[Sku, int]
    allocated: Mapping[Sku, int]


@lru_cache(maxsize=4096)
def pinned(warehouse: WarehouseId, quantity: int) -> tuple[Allocation]:
    """Return units of one warehouse. What is frozen can be shared, so equal ones often are."""
    return (Allocation(warehouse, quantity),)


def new_line(line_no: int, sku: Sku, quantity: int, drawn: tuple[Allocation, ...]) -> OrderLine:
    """Return a line with what it has drawn, of one warehouse as a rule."""
    if not drawn:
        allocated = 0
    elif len(drawn) == 1:
        allocated = drawn[0].quantity
    else:
        return OrderLine(line_no, sku, quantity, drawn)
    if allocated > quantity:
        raise InvalidValue("allocations", f"must come to 0 to {quantity} units, not {allocated}")
    made = OpenLine()
    made.line_no = line_no
    made.sku = sku
    made.quantity = quantity
    made.allocations = drawn
    made.allocated = allocated
    # A type cannot say that an object becomes one of another class.
    made.__class__ = OrderLine  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def new_order(
    *,
    seller_id: SellerId,
    order_id: OrderId,
    placed_at: datetime,
    priority: int,
    ship: ShipPolicy,
    claim: ClaimPolicy,
    warehouse: WarehouseId | None,
    lines: tuple[OrderLine, ...],
    first_id: OrderId | None = None,
    stage: Stage = Stage.OPEN,
    holds: tuple[Hold, ...] = (),
    split_from: OrderId | None = None,
    cancellation_requested: bool = False,
    version: int = 1,
    back_order_since: datetime | None = None,
    back_order_time: timedelta | None = None,
) -> Order:
    """Return an order, as it is placed unless more is said of it.

    It has at least one line, and its holds are sorted.
    """
    made = OpenOrder()
    made.seller_id = seller_id
    made.order_id = order_id
    made.placed_at = placed_at
    made.priority = priority
    made.ship = ship
    made.claim = claim
    made.warehouse = warehouse
    made.lines = lines
    made.first_id = order_id if first_id is None else first_id
    made.stage = stage
    made.holds = holds
    made.split_from = split_from
    made.cancellation_requested = cancellation_requested
    made.version = version
    made.back_order_since = back_order_since
    made.back_order_time = back_order_time
    made.is_on_back_order = is_short(stage, lines)
    # A type cannot say that an object becomes one of another class.
    made.__class__ = Order  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def order_placed(order: Order, at: datetime) -> OrderPlaced:
    """Return what there is to tell of a new order: what it asked for, and what it got at once."""
    asked = _sorted(order.units)
    made = _OpenOrderPlaced()
    made.order_id = order.order_id
    made.at = at
    made.units = asked
    made.allocated = _sorted(order.units_held) if order.is_on_back_order else asked
    # A type cannot say that an object becomes one of another class.
    made.__class__ = OrderPlaced  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def _sorted(units: Mapping[Sku, int]) -> Mapping[Sku, int]:
    return dict(sorted(units.items())) if len(units) > 1 else units
