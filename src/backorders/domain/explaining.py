"""Why each line of an order has what it has: read off the shelf, the queue and the planner."""

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import attrs

from backorders.domain.allocation import could_give
from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Order,
    OrderLine,
    OrderStatus,
    ShipPolicy,
    Stage,
)
from backorders.domain.shelf import Shelf
from backorders.domain.summary import Backlog
from backorders.domain.values import OrderId, Sku


class Why(enum.Enum):
    """Why a line has what it has."""

    COMPLETE = "complete"
    """It has all that it asks for."""
    NOTHING_LEFT = "nothing_left"
    """No unit that it may draw on is left; those ahead get the next."""
    ALL_OR_NOTHING = "all_or_nothing"
    """Its order takes all that it lacks at once or nothing, and something is missing."""
    BEING_SERVED = "being_served"
    """Units are there, and the queue is being served with them just now."""
    CANCELLED = "cancelled"
    """Its order is cancelled: it asks for nothing any more."""


class Held(NamedTuple):
    """Units of a SKU that some orders hold."""

    units: int
    held_up: int
    """Those among them that cannot ship yet."""


@attrs.frozen
class LineExplained:
    """A line, why it has what it has, and how things stand with its SKU."""

    line_no: int
    sku: Sku
    quantity: int
    allocations: tuple[Allocation, ...]
    """The units that it has, and where from."""
    shortage: int
    """The units that it lacks; 0 on a cancelled order."""
    why: Why
    orders_ahead: int
    """Other orders that lack the SKU and get it first; 0 for a line that lacks nothing."""
    units_ahead: int
    """The units that they lack; 0 for a line that lacks nothing."""
    available: int
    """Units of the SKU on the shelf that nobody has, where the order may draw on them."""
    elsewhere: int
    """Units of the SKU that nobody has, in warehouses that the order may not draw on."""
    held_by_others: int
    """Units of the SKU that other open and processed orders hold."""
    held_up: int
    """Those among them which cannot ship yet: their order is on hold, or it lacks something and
    ships only complete."""

    @property
    def allocated(self) -> int:
        """The units that it has."""
        return sum(allocation.quantity for allocation in self.allocations)


@attrs.frozen
class Explanation:
    """Why each line of an order has what it has."""

    order_id: OrderId
    status: OrderStatus
    on_back_order_since: datetime | None
    lines: tuple[LineExplained, ...]
    missing: Mapping[Sku, int]
    """Of an order that takes all or nothing: SKU → units that would have to come before it takes
    anything. Empty for any other."""
    sentences: tuple[str, ...]
    """The same in plain words."""


def is_held_up(order: Order) -> bool:
    """Return whether what the order holds cannot ship yet, and why not is its own affair."""
    return bool(order.holds) or (order.is_on_back_order and order.ship is ShipPolicy.COMPLETE)


def explained(
    order: Order, shelf: Shelf, ahead: Mapping[Sku, Backlog], held: Mapping[Sku, Held]
) -> tuple[tuple[LineExplained, ...], Mapping[Sku, int]]:
    """Return the lines explained, and what is missing for an order that takes all or nothing.

    `ahead` is what stands ahead of the order in the queue of each SKU that it lacks, `held` what
    other orders hold. The shelf has the levels of all its SKUs, and offers what is owed.
    """
    missing = {
        sku: short - shelf.available(sku, order.warehouse)
        for sku, short in order.lacks().items()
        if order.claim is ClaimPolicy.YIELD and not could_give(shelf, sku, order.warehouse, short)
    }
    lines = []
    for line in order.lines:
        short = line.shortage if order.stage is Stage.OPEN else 0
        before = ahead.get(line.sku, Backlog(0, 0)) if short else Backlog(0, 0)
        others = held.get(line.sku, Held(0, 0))
        available = shelf.available(line.sku, order.warehouse)
        lines.append(
            LineExplained(
                line_no=line.line_no,
                sku=line.sku,
                quantity=line.quantity,
                allocations=line.allocations,
                shortage=short,
                why=_why(order, line, available, yields=bool(missing)),
                orders_ahead=before.orders,
                units_ahead=before.units,
                available=available,
                elsewhere=shelf.available(line.sku) - available,
                held_by_others=others.units,
                held_up=others.held_up,
            )
        )
    return tuple(lines), missing


def _why(order: Order, line: OrderLine, available: int, *, yields: bool) -> Why:
    if order.stage is Stage.CANCELLED:
        return Why.CANCELLED
    if not line.shortage:
        return Why.COMPLETE
    if yields:
        return Why.ALL_OR_NOTHING
    return Why.BEING_SERVED if available else Why.NOTHING_LEFT
