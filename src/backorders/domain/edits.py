"""The edits of an order's lines, gathered and applied together (law 15)."""

from collections.abc import Sequence
from typing import TypeAlias

import attrs

from backorders.domain import limits, values
from backorders.domain.errors import EditRefused, InvalidType, InvalidValue
from backorders.domain.giving_up import part
from backorders.domain.order import Allocation, Order, OrderLine
from backorders.domain.shelf import Shelf
from backorders.domain.values import Sku


@attrs.frozen
class Remove:
    """Take a SKU off the order, on whatever lines it stands."""

    sku: str


@attrs.frozen
class Replace:
    """Put `quantity` units of another SKU in the place of one; `None`: as many as there were."""

    sku: str
    by: str
    quantity: int | None = None


@attrs.frozen
class Add:
    """Ask for so many units more: on the last line of the SKU, or on a new one."""

    sku: str
    quantity: int


@attrs.frozen
class SetQuantity:
    """Ask for exactly so many units of a SKU, over all its lines."""

    sku: str
    quantity: int


Edit: TypeAlias = Remove | Replace | Add | SetQuantity


def checked(edits: Sequence[object]) -> tuple[Edit, ...]:
    """Return the edits with every field checked, each SKU named by one of them only."""
    if len(edits) > limits.CALL_SKUS:
        raise InvalidValue("edits", f"must be at most {limits.CALL_SKUS}")
    named: set[Sku] = set()
    found: list[Edit] = []
    for place, given in enumerate(edits):
        field = f"edits[{place}]"
        edit = _checked_one(given, field)
        for sku in [edit.sku, edit.by] if isinstance(edit, Replace) else [edit.sku]:
            if sku in named:
                raise InvalidValue(field, f"names {sku!r} again: one edit of a call names a SKU")
            named.add(Sku(sku))
        found.append(edit)
    return tuple(found)


def _checked_one(edit: object, field: str) -> Edit:
    """Return the edit with plain values: what it was made with may be of a subclass."""
    match edit:
        case Remove(sku=sku):
            return Remove(values.sku(sku, f"{field}.sku"))
        case Add(sku=sku, quantity=units) | SetQuantity(sku=sku, quantity=units):
            checked_sku = values.sku(sku, f"{field}.sku")
            return type(edit)(checked_sku, values.quantity(units, f"{field}.quantity"))
        case Replace(sku=sku, by=by, quantity=wanted):
            return Replace(
                values.sku(sku, f"{field}.sku"),
                values.sku(by, f"{field}.by"),
                None if wanted is None else values.quantity(wanted, f"{field}.quantity"),
            )
        case _:
            kind = type(edit).__name__
            raise InvalidType(field, "a Remove, Replace, Add or SetQuantity", kind)


def skus_named(edits: Sequence[Edit]) -> set[Sku]:
    """Return the SKUs that checked edits name, as source or as target."""
    named = {Sku(edit.sku) for edit in edits}
    return named | {Sku(edit.by) for edit in edits if isinstance(edit, Replace)}


def apply(order: Order, edits: Sequence[Edit], shelf: Shelf) -> Order:
    """Return the order with all edits applied, and put the units it no longer needs on the shelf.

    It keeps its rank and every unit that it still needs. Raises `EditRefused` when the edits do
    not fit the order, would empty it, or change nothing.
    """
    lines = order.lines
    for place, edit in enumerate(edits):
        lines = _apply_one(order, lines, edit, f"edits[{place}]", shelf)
    if not lines:
        raise EditRefused(order.order_id, "no product would be left", "cancel the order instead")
    if len(lines) > limits.ORDER_LINES:
        raise InvalidValue("edits", f"must leave at most {limits.ORDER_LINES} lines")
    if lines == order.lines:
        raise EditRefused(order.order_id, "nothing would change", "name a change, or leave it be")
    edited = order.with_lines(lines)
    still_held = edited.holding()
    for (sku, warehouse), units in order.holding().items():
        freed = units - still_held.get((sku, warehouse), 0)
        if freed:
            shelf.put_back(sku, [Allocation(warehouse, freed)])
    return edited


def difference(before: Order, after: Order) -> dict[Sku, int]:
    """Return SKU → units more, or, negative, fewer; what stayed the same is not named."""
    had, has = before.units, after.units
    change = {sku: has.get(sku, 0) - had.get(sku, 0) for sku in had.keys() | has.keys()}
    return {sku: units for sku, units in change.items() if units}


def quantity_wanted(order: Order, edit: Replace) -> int:
    """Return how many units of its target a replacement asks for."""
    if edit.quantity is not None:
        return edit.quantity
    return order.units[Sku(edit.sku)]


def _apply_one(
    order: Order, lines: tuple[OrderLine, ...], edit: Edit, field: str, shelf: Shelf
) -> tuple[OrderLine, ...]:
    sku = Sku(edit.sku)
    on_sku = [line for line in lines if line.sku == sku]
    if not on_sku and not isinstance(edit, Add):
        raise EditRefused(order.order_id, f"it has no {sku!r}", "name a SKU that is on the order")
    match edit:
        case Remove():
            return tuple(line for line in lines if line.sku != sku)
        case Add():
            return _grown(lines, sku, edit.quantity, f"{field}.quantity")
        case SetQuantity():
            more = edit.quantity - sum(line.quantity for line in on_sku)
            if more >= 0:
                return _grown(lines, sku, more, f"{field}.quantity")
            remain, _ = part(on_sku, -more, shelf.warehouses(sku))
            return _in_place_of(lines, sku, remain)
        case Replace():  # pragma: no branch - the last there is
            wanted = quantity_wanted(order, edit)
            if wanted > limits.QUANTITY:
                problem = f"comes to {wanted} units: one line has at most {limits.QUANTITY}"
                raise InvalidValue(f"{field}.quantity", problem)
            target = OrderLine(on_sku[0].line_no, Sku(edit.by), wanted)
            return _in_place_of(lines, sku, [target])


def _grown(lines: tuple[OrderLine, ...], sku: Sku, more: int, field: str) -> tuple[OrderLine, ...]:
    """Return the lines with `more` units on the last line of the SKU, or on a new last line."""
    last = next((line for line in reversed(lines) if line.sku == sku), None)
    if last is None:
        line_no = max((line.line_no for line in lines), default=0) + 1
        return (*lines, OrderLine(line_no, sku, more))
    if last.quantity + more > limits.QUANTITY:
        raise InvalidValue(field, f"would leave a line of more than {limits.QUANTITY} units")
    grown = attrs.evolve(last, quantity=last.quantity + more)
    return tuple(grown if line is last else line for line in lines)


def _in_place_of(
    lines: tuple[OrderLine, ...], sku: Sku, replacing: Sequence[OrderLine]
) -> tuple[OrderLine, ...]:
    kept = [line for line in lines if line.sku != sku]
    return tuple(sorted([*kept, *replacing], key=lambda line: line.line_no))
