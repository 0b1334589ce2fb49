"""Orders, as documents."""

from typing import TypedDict

from backorders.adapters.cli.documents import instant, maybe_instant
from backorders.domain.order import Hold, Order, OrderLine


class AllocationDocument(TypedDict):
    """Units of one warehouse that are pinned to a line."""

    warehouse: str
    quantity: int


class LineDocument(TypedDict):
    """A line of an order."""

    line_no: int
    sku: str
    quantity: int
    allocated: int
    shortage: int
    allocations: list[AllocationDocument]


class HoldDocument(TypedDict):
    """A reason not to process an order yet."""

    reason: str
    until: str | None


class OrderDocument(TypedDict):
    """An order."""

    order_id: str
    status: str
    placed_at: str
    priority: int
    ship: str
    claim: str
    warehouse: str | None
    lines: list[LineDocument]
    shortages: dict[str, int]
    holds: list[HoldDocument]
    split_from: str | None
    cancellation_requested: bool
    back_order_since: str | None


class OrdersDocument(TypedDict):
    """Some orders of a longer list."""

    orders: list[OrderDocument]
    next: str | None


def of_order(order: Order) -> OrderDocument:
    """Return an order as a document."""
    return {
        "order_id": order.order_id,
        "status": order.status.value,
        "placed_at": instant(order.placed_at),
        "priority": order.priority,
        "ship": order.ship.value,
        "claim": order.claim.value,
        "warehouse": order.warehouse,
        "lines": [_of_line(line) for line in order.lines],
        "shortages": dict(order.shortages),
        "holds": [_of_hold(hold) for hold in order.holds],
        "split_from": order.split_from,
        "cancellation_requested": order.cancellation_requested,
        "back_order_since": maybe_instant(order.back_order_since),
    }


def _of_line(line: OrderLine) -> LineDocument:
    return {
        "line_no": line.line_no,
        "sku": line.sku,
        "quantity": line.quantity,
        "allocated": line.allocated,
        "shortage": line.shortage,
        "allocations": [
            {"warehouse": a.warehouse, "quantity": a.quantity} for a in line.allocations
        ],
    }


def _of_hold(hold: Hold) -> HoldDocument:
    return {"reason": hold.reason.value, "until": maybe_instant(hold.until)}
