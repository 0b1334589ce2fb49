"""How units are given up: short ones first, then allocated ones, last line first (law 6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from backorders.domain.order import Allocation, ClaimPolicy, Order, OrderLine
from backorders.domain.shelf import Shelf
from backorders.domain.values import Sku, WarehouseId


def part(
    lines: Sequence[OrderLine], units: int, warehouses: Sequence[WarehouseId]
) -> tuple[list[OrderLine], list[OrderLine]]:
    """Part `units` from the lines of one SKU: return the lines that remain, and those that go.

    Short units go first, whichever line they are on, then allocated ones, in both cases last line
    first; allocated units go from the last of `warehouses` first. A line that would be left with
    nothing is not among those that remain. Every unit is in exactly one of the two.
    """
    short_to_go: dict[int, int] = {}
    left = units
    for line in reversed(lines):
        short_to_go[line.line_no] = min(line.shortage, left)
        left -= short_to_go[line.line_no]
    remain: list[OrderLine] = []
    go: list[OrderLine] = []
    for line in reversed(lines):
        allocated_to_go = min(line.allocated, left)
        left -= allocated_to_go
        gone = short_to_go[line.line_no] + allocated_to_go
        kept, parted = _part_allocations(line, allocated_to_go, warehouses)
        if gone < line.quantity:
            remain.append(attrs.evolve(line, quantity=line.quantity - gone, allocations=kept))
        if gone:
            go.append(attrs.evolve(line, quantity=gone, allocations=parted))
    return remain[::-1], go[::-1]


def take(
    holders: Iterable[Order],
    shelf: Shelf,
    sku: Sku,
    warehouse: WarehouseId | None,
    needed: Callable[[], int],
) -> Iterator[tuple[Order, Order]]:
    """Take units of a SKU from its holders back onto the shelf, until no more are needed.

    `holders` come lowest rank first (laws 13 and 14); yields each with what it is left with. With
    `warehouse`, only units there are taken. A YIELD order that loses a unit gives back the rest
    too (law 10), so the shelf must hold the levels of all that it has.
    """
    for holder in holders:
        loser = holder
        for name in reversed(shelf.warehouses(sku) if warehouse is None else [warehouse]):
            held = holder.holding().get((sku, name), 0)
            units = min(held, needed())
            if units > 0:
                loser = _without(loser, sku, name, units)
                shelf.put_back(sku, [Allocation(name, units)])
        if loser is not holder:
            yield holder, (lose_all(loser, shelf) if loser.claim is ClaimPolicy.YIELD else loser)
        if needed() <= 0:
            return


def lose_all(order: Order, shelf: Shelf) -> Order:
    """Return the order without any unit, and put what it held back on the shelf."""
    lines = []
    for line in order.lines:
        shelf.put_back(line.sku, line.allocations)
        lines.append(line.with_allocations(()) if line.allocations else line)
    return order.with_lines(lines)


def _without(order: Order, sku: Sku, warehouse: WarehouseId, units: int) -> Order:
    """Return the order without so many units that it holds in a warehouse, last line first."""
    lines = list(order.lines)
    for place in reversed(range(len(lines))):
        line = lines[place]
        if line.sku == sku:
            held = {a.warehouse: a.quantity for a in line.allocations}
            lost = min(held.get(warehouse, 0), units)
            if lost:
                units -= lost
                held[warehouse] -= lost
                left = tuple(Allocation(name, count) for name, count in held.items() if count)
                lines[place] = line.with_allocations(left)
    return order.with_lines(lines)


def _part_allocations(
    line: OrderLine, units: int, warehouses: Sequence[WarehouseId]
) -> tuple[list[Allocation], list[Allocation]]:
    kept: list[Allocation] = []
    parted: list[Allocation] = []
    held: Mapping[WarehouseId, int] = {a.warehouse: a.quantity for a in line.allocations}
    for name in reversed(warehouses):
        here = held.get(name, 0)
        gone = min(here, units)
        units -= gone
        if gone:
            parted.append(Allocation(name, gone))
        if gone < here:
            kept.append(Allocation(name, here - gone))
    return kept, parted
