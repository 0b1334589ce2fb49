"""Orders, as documents."""

from typing import TypedDict

from backorders.adapters.cli.documents import instant, maybe_instant
from backorders.domain.order import Allocation, Hold, Order, OrderLine
from backorders.domain.results import Page
from backorders.domain.splitting import Split


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
    """Some orders of a longer list; `next` is what --after takes for more, or null."""

    orders: list[OrderDocument]
    next: str | None


class OrderIdsDocument(TypedDict):
    """Some orders by their ids."""

    order_ids: list[str]


class SplitDocument(TypedDict):
    """An order after a split, and the order that was split off."""

    original: OrderDocument
    created: OrderDocument


def of_orders(page: Page) -> OrdersDocument:
    """Return a page of orders as a document."""
    return {"orders": [of_order(order) for order in page.items], "next": page.next}


def of_split(split: Split) -> SplitDocument:
    """Return both halves of a split as a document."""
    return {"original": of_order(split.original), "created": of_order(split.created)}


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


def of_allocation(allocation: Allocation) -> AllocationDocument:
    """Return pinned units as a document."""
    return {"warehouse": allocation.warehouse, "quantity": allocation.quantity}


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
