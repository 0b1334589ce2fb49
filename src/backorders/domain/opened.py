"""Frozen values made at a third of the cost, where the rules make them by the thousand.

attrs sets each field of a frozen value through `object.__setattr__`, which takes longer than all
else about it. An object of an open class with the same slots has its fields set as any object has;
then it becomes one of the frozen class. Nothing is converted or checked on this way: it is for what
the rules themselves have made of sound values.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId

if TYPE_CHECKING:
    # What is made here is made by the module that these come from.
    from backorders.domain.order import (
        Allocation,
        ClaimPolicy,
        Hold,
        Order,
        OrderLine,
        ShipPolicy,
        Stage,
    )


class OpenLine:
    """An `OrderLine` in the making; its class is set last."""

    __slots__ = ("allocated", "allocations", "line_no", "quantity", "sku")

    line_no: int
    sku: Sku
    quantity: int
    allocations: "tuple[Allocation, ...]"
    allocated: int


class OpenOrder:
    """An `Order` in the making; its class is set last."""

    __slots__ = (
        "back_order_since",
        "back_order_time",
        "cancellation_requested",
        "claim",
        "first_id",
        "holds",
        "is_on_back_order",
        "lines",
        "order_id",
        "placed_at",
        "priority",
        "seller_id",
        "ship",
        "split_from",
        "stage",
        "version",
        "warehouse",
    )

    seller_id: SellerId
    order_id: OrderId
    placed_at: datetime
    priority: int
    ship: "ShipPolicy"
    claim: "ClaimPolicy"
    warehouse: WarehouseId | None
    lines: "tuple[OrderLine, ...]"
    first_id: OrderId
    stage: "Stage"
    holds: "tuple[Hold, ...]"
    split_from: OrderId | None
    cancellation_requested: bool
    version: int
    back_order_since: datetime | None
    back_order_time: timedelta | None
    is_on_back_order: bool


def remade(  # noqa: PLR0917 - what may be different, in the order of the fields
    order: "Order",
    lines: "tuple[OrderLine, ...]",
    version: int,
    back_order_since: datetime | None,
    back_order_time: timedelta | None,
    is_on_back_order: bool,  # noqa: FBT001 - a field
) -> "Order":
    """Return the order with these fields, and the others as they are."""
    made = OpenOrder()
    made.seller_id = order.seller_id
    made.order_id = order.order_id
    made.placed_at = order.placed_at
    made.priority = order.priority
    made.ship = order.ship
    made.claim = order.claim
    made.warehouse = order.warehouse
    made.lines = lines
    made.first_id = order.first_id
    made.stage = order.stage
    made.holds = order.holds
    made.split_from = order.split_from
    made.cancellation_requested = order.cancellation_requested
    made.version = version
    made.back_order_since = back_order_since
    made.back_order_time = back_order_time
    made.is_on_back_order = is_on_back_order
    # A type cannot say that an object becomes one of another class.
    made.__class__ = order.__class__  # type: ignore[assignment]
    return made  # type: ignore[return-value]
