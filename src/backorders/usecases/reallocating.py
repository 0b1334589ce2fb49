"""Taking units for an order from those ranked behind it, as many as help it (law 14).

Whether a unit helps is the planner's to say: what is taken is tried out on a copy of the shelf. One
that would go to somebody ahead of the order does not help, and is left where it is. A YIELD order
is helped by nothing less than all that it lacks.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import attrs

from backorders.domain import giving_up
from backorders.domain.change import Change
from backorders.domain.order import ClaimPolicy, Order
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import lock
from backorders.usecases.settling import walk
from backorders.usecases.taking import Claim, Holders, losers, take_back


class Taking(NamedTuple):
    """What has been taken so far, and what the order would come to by it."""

    shelf: Shelf
    changes: dict[OrderId, Change]
    """The order's own, and those of whoever lost units to it."""
    served: Order
    """The order as it would be if it took whatever there is for it."""
    serves_ahead: bool
    """Whether somebody ahead of it would get units, too."""

    def freed(self) -> set[Sku]:
        """Return the SKUs of which somebody lost units."""
        return {sku for change in self.changes.values() for sku in change.lost()}

    def gets(self, sku: Sku) -> int:
        """Return how many units of a SKU the order would hold."""
        return self.served.units_held.get(sku, 0)


def take_what_helps(uow: UnitOfWork, shelf: Shelf, change: Change) -> Taking:
    """Return what is taken for the order from those behind it, lowest rank first."""
    order = change.asked
    nothing = _tried(uow, shelf, {order.order_id: change}, order)
    taking = _all_at_once(uow, nothing, order) or _piece_by_piece(uow, nothing, order)
    in_vain = order.claim is ClaimPolicy.YIELD and taking.served.is_on_back_order
    return nothing if in_vain else taking


def _tried(uow: UnitOfWork, shelf: Shelf, changes: dict[OrderId, Change], order: Order) -> Taking:
    """Return the changes with what the order would come to once everybody has been served."""
    whatever = attrs.evolve(order, claim=ClaimPolicy.HOLD)
    outcome = changes | {order.order_id: Change.of(order, whatever)}
    result = shelf.copy()
    freed = {sku for change in changes.values() for sku in change.lost()}
    others = [*walk(uow, result, outcome, {*freed, *order.lacks(), *result.offer()})]
    serves_ahead = any(other.settled.rank < order.rank for other in others)
    return Taking(shelf, changes, outcome[order.order_id].settled, serves_ahead)


def _all_at_once(uow: UnitOfWork, nothing: Taking, order: Order) -> Taking | None:
    """Take all that the order lacks; return `None` if some of it would go to somebody ahead."""
    shelf, changes = nothing.shelf.copy(), dict(nothing.changes)
    holders = Holders(uow, shelf, order.warehouse)
    holders.read_ahead(
        {sku: short - shelf.available(sku, order.warehouse) for sku, short in order.lacks().items()}
    )
    for sku, short in sorted(order.lacks().items()):

        def needed(sku: Sku = sku, short: int = short) -> int:
            return max(short - shelf.available(sku, order.warehouse), 0)

        take_back(holders, shelf, _claim(order, sku, needed), changes)
    tried = _tried(uow, shelf, changes, order)
    all_help = not tried.serves_ahead
    return tried if all_help else None


def _piece_by_piece(uow: UnitOfWork, taking: Taking, order: Order) -> Taking:
    """Take what helps, from the lowest rank again after each YIELD order that has lost units.

    What it gave back besides may serve those ahead: then units help that did not before.
    """
    while (more := _once_over(uow, taking, order)) is not taking:
        taking = more
    return taking


def _once_over(uow: UnitOfWork, taking: Taking, order: Order) -> Taking:
    """Take from one order in one warehouse after the other, each time as many units as help.

    Ends with the first YIELD order that loses any.
    """
    for sku, short in sorted(order.lacks().items()):
        wanted = short + order.units_held.get(sku, 0)
        # Where a unit would go to somebody ahead, the next one would go the same way.
        useless: set[WarehouseId] = set()
        claim = _claim(order, sku, lambda: 1)
        holders = Holders(uow, taking.shelf, order.warehouse)
        for holder in losers(holders, claim, taking.changes):
            if taking.gets(sku) == wanted:
                break
            yields = holder.claim is ClaimPolicy.YIELD
            lock(uow, taking.shelf, holder.skus if yields else ())
            for name in _worth_trying(order, holder, sku, taking.shelf):
                if yields or name not in useless:
                    # A single unit makes a YIELD order give back all that it has.
                    most = 1 if yields else wanted - taking.gets(sku)
                    more = _with_most(uow, taking, order, _Piece(holder, sku, name), most)
                    if yields:
                        if more is not taking:
                            return more
                    elif more is taking:
                        useless.add(name)
                    taking = more
    return taking


class _Piece(NamedTuple):
    """The units of a SKU that an order holds in a warehouse."""

    holder: Order
    sku: Sku
    warehouse: WarehouseId


def _worth_trying(order: Order, holder: Order, sku: Sku, shelf: Shelf) -> list[WarehouseId]:
    """Return where the holder has units that the order may draw, in which they are given up."""
    held = holder.holding()
    return [
        name
        for name in shelf.warehouses(sku)[::-1]
        if (sku, name) in held and order.warehouse in {None, name}
    ]


def _with_most(uow: UnitOfWork, taking: Taking, order: Order, piece: _Piece, most: int) -> Taking:
    """Return the taking with as many units of a piece as all go to the order, at most so many."""
    known = taking.changes.get(piece.holder.order_id)
    holder = piece.holder if known is None else known.settled
    held = holder.holding().get((piece.sku, piece.warehouse), 0)
    best, helps, too_many = taking, 0, min(held, most) + 1
    units = too_many - 1
    while too_many - helps > 1:
        shelf = taking.shelf.copy()
        taken = giving_up.take([holder], shelf, piece.sku, piece.warehouse, partial(int, units))
        ((_, loser),) = taken
        change = (known or Change.of(holder, holder)).then(loser)
        tried = _tried(uow, shelf, taking.changes | {holder.order_id: change}, order)
        if tried.gets(piece.sku) >= taking.gets(piece.sku) + units:
            best, helps = tried, units
        else:
            too_many = units
        units = (helps + too_many) // 2
    return best


def _claim(order: Order, sku: Sku, needed: Callable[[], int]) -> Claim:
    return Claim(sku, needed, behind=order.rank, sparing={order.order_id})
