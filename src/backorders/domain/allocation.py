"""The planner: the only place that decides who gets a unit.

`serve` walks the orders in rank order and gives each what the rules allow. Units only leave the
shelf while it walks, so an order that cannot be completed at its turn cannot be completed later in
the same walk: one walk is enough, and a second one changes nothing (law 11).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from backorders.domain import making
from backorders.domain.order import Allocation, ClaimPolicy, Order, OrderLine, Rank, Stage
from backorders.domain.shelf import Shelf
from backorders.domain.values import Sku, WarehouseId


def serve(queue: Iterable[Order], shelf: Shelf) -> Iterator[tuple[Order, Order]]:
    """Give each order what it can have; yield those that got something, before and after.

    `queue` is in rank order and is read only as far as this is consumed. The shelf must hold the
    levels of every SKU that a YIELD order of the queue is short of, and of every SKU to be given.
    """
    for order in queue:
        served = fill(order, shelf)
        if served is not order:
            yield order, served


def fill(order: Order, shelf: Shelf) -> Order:
    """Return the order with what the shelf can give it, or the same object if that is nothing.

    HOLD takes whatever there is; YIELD takes all that it lacks, over all its lines, or nothing
    (law 10). Lines are filled by number, so two lines of a SKU never take the same unit (law 4).
    """
    if order.stage is not Stage.OPEN:
        return order
    wanted = [(line.sku, line.quantity - line.allocated) for line in order.lines]
    given = give(wanted, order.claim, order.warehouse, shelf)
    if not any(given):
        return order
    return order.with_lines(
        [
            with_more(line, drawn) if drawn else line
            for line, drawn in zip(order.lines, given, strict=True)
        ]
    )


def give(
    wanted: Sequence[tuple[Sku, int]],
    claim: ClaimPolicy,
    warehouse: WarehouseId | None,
    shelf: Shelf,
) -> Sequence[tuple[Allocation, ...]]:
    """Return what the shelf gives for each line of one order: the units that it wants, or fewer.

    A line is a SKU and how many units it is short of, which may be none.
    """
    if claim is ClaimPolicy.YIELD and not _has_all(wanted, warehouse, shelf):
        return [()] * len(wanted)
    return [shelf.draw(sku, warehouse, units) if units else () for sku, units in wanted]


def _has_all(
    wanted: Iterable[tuple[Sku, int]], warehouse: WarehouseId | None, shelf: Shelf
) -> bool:
    """Return whether the shelf could give the lines all that they want, at once."""
    units: dict[Sku, int] = {}
    for sku, short in wanted:
        units[sku] = units.get(sku, 0) + short
    return all(could_give(shelf, sku, warehouse, short) for sku, short in units.items())


class WaitingLine(NamedTuple):
    """As much of a line with a shortage as tells whether its order is worth reading."""

    rank: Rank
    warehouse: WarehouseId | None
    claim: ClaimPolicy
    shortage: int


class WaitingOrder(NamedTuple):
    """As much of an order on back order as it takes to serve it, now or later."""

    rank: Rank
    warehouse: WarehouseId | None
    claim: ClaimPolicy
    lacks: Mapping[Sku, int]
    """SKU → units short, over all its lines, without zeros."""


def may_take(waiting: WaitingLine, sku: Sku, shelf: Shelf) -> bool:
    """Return whether the line's order might get a unit of the SKU: False only if it cannot."""
    least = waiting.shortage if waiting.claim is ClaimPolicy.YIELD else 1
    return could_give(shelf, sku, waiting.warehouse, least)


def could_give(shelf: Shelf, sku: Sku, warehouse: WarehouseId | None, units: int) -> bool:
    """Return whether so many units of one SKU could be drawn."""
    return shelf.available(sku, warehouse) >= units


def with_more(line: OrderLine, drawn: tuple[Allocation, ...]) -> OrderLine:
    """Return the line with further units pinned to it."""
    if not line.allocations:
        return making.new_line(line.line_no, line.sku, line.quantity, drawn)
    held = {allocation.warehouse: allocation.quantity for allocation in line.allocations}
    for allocation in drawn:
        held[allocation.warehouse] = held.get(allocation.warehouse, 0) + allocation.quantity
    return line.with_allocations(Allocation(name, units) for name, units in held.items())
