"""Splitting an order in two without losing or making a unit (law 17)."""

from collections.abc import Mapping

import attrs

from backorders.domain import limits
from backorders.domain.allocation import fill
from backorders.domain.errors import SplitRefused
from backorders.domain.giving_up import part
from backorders.domain.order import ClaimPolicy, Order, OrderLine
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku


@attrs.frozen
class Split:
    """An order after a split, and the order that was split off."""

    original: Order
    created: Order


def what_cannot_ship(order: Order, shelf: Shelf) -> Mapping[Sku, int]:
    """Return SKU → units that the shelf cannot give the order now.

    For a HOLD order that is its shortage; a YIELD order is asked what it would take if it took
    what there is.
    """
    return fill(attrs.evolve(order, claim=ClaimPolicy.HOLD), shelf.copy()).lacks()


def default_move(order: Order, shelf: Shelf) -> Mapping[Sku, int]:
    """Return what goes to the new order when the caller names nothing: all that cannot ship now."""
    if not order.is_on_back_order:
        raise SplitRefused(order.order_id, "nothing is short", "say what to move, or process it")
    move = what_cannot_ship(order, shelf)
    if sum(move.values()) == sum(line.quantity for line in order.lines):
        raise SplitRefused(order.order_id, "nothing could ship now", "wait for stock, or edit it")
    return move


def split(order: Order, move: Mapping[Sku, int], new_id: OrderId, shelf: Shelf) -> Split:
    """Move units to a new order of the same rank, policies and holds; short units go first.

    Lines of the new order are numbered from 1; those of the original keep their numbers.
    """
    kept: list[OrderLine] = []
    moved: list[OrderLine] = []
    for sku in sorted(order.skus | set(move)):
        lines = [line for line in order.lines if line.sku == sku]
        there = sum(line.quantity for line in lines)
        units = move.get(sku, 0)
        if units > there:
            problem = f"it has {there} units of {sku!r}, not {units}"
            raise SplitRefused(order.order_id, problem, "move no more than it has")
        remain, go = part(lines, units, shelf.warehouses(sku))
        kept += remain
        moved += go
    if not kept:
        raise SplitRefused(order.order_id, "everything would move", "leave something behind")
    # What moved and is short has waited all along; what is not was never short.
    is_short = any(line.shortage for line in moved)
    created = attrs.evolve(
        order,
        order_id=new_id,
        split_from=order.order_id,
        version=1,
        back_order_since=order.back_order_since if is_short else None,
        back_order_time=None,
        lines=[
            attrs.evolve(line, line_no=number)
            for number, line in enumerate(sorted(moved, key=lambda line: line.line_no), start=1)
        ],
    )
    kept.sort(key=lambda line: line.line_no)
    return Split(order.with_lines(kept), created)


def default_ids(order_id: OrderId, first: int, count: int) -> list[OrderId]:
    """Return candidates for the new order's id: `O1-2`, `O1-3`, …; an over-long id is cut to fit.

    >>> default_ids(OrderId("O1"), 2, 3)
    ['O1-2', 'O1-3', 'O1-4']
    """
    found = []
    for number in range(first, first + count):
        ending = f"-{number}"
        found.append(OrderId(order_id[: limits.ID_LENGTH - len(ending)] + ending))
    return found
