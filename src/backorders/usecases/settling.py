"""Reprocessing, as every use case ends: serve whoever waits, then save and tell the net change."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import takewhile

import attrs

from backorders.domain.allocation import serve
from backorders.domain.change import Change, Moved
from backorders.domain.digesting import NewBackOrder
from backorders.domain.events import LeftBackOrder, WentOnBackOrder
from backorders.domain.order import ClaimPolicy, Order, Rank
from backorders.domain.results import Reprocessed
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import Entry, NewOrder, Saved, UnitOfWork
from backorders.usecases.backlog import backlog
from backorders.usecases.telling import tell_of_released

_AT_ONCE = 500
"""Orders that are saved together."""


@attrs.define
class Outcome:
    """What a call has come to, gathered while it is saved."""

    orders: dict[OrderId, Order] = attrs.field(factory=dict)
    """The orders that the call was about, as they now are."""
    left: list[Order] = attrs.field(factory=list)
    """The orders that are told to have left back order."""
    _released: list[Rank] = attrs.field(factory=list)
    _gained: list[Rank] = attrs.field(factory=list)
    _lost: list[Rank] = attrs.field(factory=list)

    def note(self, change: Change, moved: Moved) -> None:
        """Take in what there is to report of one order."""
        if moved.gained:
            which = self._released if change.has_left_back_order else self._gained
            which.append(change.settled.rank)
        if moved.lost:
            self._lost.append(change.settled.rank)

    def reprocessed(self) -> Reprocessed:
        """Return the report, in rank order."""
        return Reprocessed(_ids(self._released), _ids(self._gained), _ids(self._lost))


def settle(
    uow: UnitOfWork,
    shelf: Shelf,
    changes: Iterable[Change],
    *,
    freed: Collection[Sku] = (),
    contents: dict[OrderId, str] | None = None,
    because: str,
    now: datetime,
) -> Outcome:
    """Serve the changed orders and whoever waits for the `freed` SKUs, then save everything.

    The changed orders take part at their new rank, in place of what the store has of them. What is
    owed to the backlog from an earlier commit is given on the way. After as many orders as one
    commit may change, the rest is left `unsettled`, and owed; not where somebody lost units. It is
    left, too, where a YIELD order waits for owed units of SKUs that the call knew nothing of.

    `contents` are the digests by which new orders are known again.
    """
    own = {change.asked.order_id: change for change in changes}
    outcome = Outcome()
    batch: list[Change] = []
    walked = {*freed, *shelf.offer()}
    # Who lost units may get others further down, and must not be told of either (law 12).
    in_one = any(change.has_moved_units and change.lost() for change in own.values())
    is_full = False
    for served, other in enumerate(walk(uow, shelf, own, walked), start=1):
        batch.append(other)
        is_full = served == uow.orders_per_commit and not in_one
        if is_full:
            break
        if len(batch) == _AT_ONCE:
            _save(uow, batch, outcome, {}, because=because, now=now)
            batch.clear()
    if is_full or shelf.kept_back():
        # The changed orders may stand further down, and wait for other SKUs.
        waited_for = {sku for change in own.values() for sku in change.settled.lacks()}
        unsettled = shelf.with_units(walked | waited_for) | shelf.kept_back()
        shelf.owe(unsettled)
        uow.unsettled.update(unsettled)
    saved = _save(uow, [*own.values(), *batch], outcome, contents or {}, because=because, now=now)
    outcome.orders.update({order_id: saved[order_id] for order_id in own})
    tell_of_released(outcome.left, because=because, uow=uow, now=now)
    levels = shelf.changes()
    if levels:
        uow.stock.save(levels)
    return outcome


def walk(
    uow: UnitOfWork, shelf: Shelf, own: dict[OrderId, Change], freed: Collection[Sku]
) -> Iterator[Change]:
    """Serve whoever waits for the `freed` SKUs, and the orders of `own` at their new rank.

    Yields the change of each other order that got something, in rank order; what `own` orders got
    is put into `own`. Nothing is written: on a copy of the shelf this shows what would happen.

    Ends where a YIELD order waits for units that are owed to a backlog which is not walked here.
    Others may be ahead of it there, and nobody behind it may take what it needs besides (law 8).
    """
    queue = heapq.merge(
        sorted((c.settled for c in own.values() if c.settled.is_on_back_order), key=_rank),
        backlog(uow, shelf, freed, without=own.keys()),
        key=_rank,
    )
    for waited, served in serve(takewhile(partial(_may_be_served, shelf), queue), shelf):
        if waited.order_id in own:
            own[waited.order_id] = own[waited.order_id].then(served)
        else:
            yield Change.served(waited, served)


def _may_be_served(shelf: Shelf, order: Order) -> bool:
    """Return whether the shelf offers all there is of what an order takes only together."""
    if order.claim is ClaimPolicy.HOLD:
        return True
    kept_back = shelf.kept_back()
    return not kept_back or kept_back.isdisjoint(order.lacks())


def change_alone(change: Change, *, uow: UnitOfWork, now: datetime) -> Order:
    """Save the change of one order that moves no unit, and return the order."""
    outcome = settle(uow, Shelf(), [change], because="", now=now)
    return outcome.orders[change.asked.order_id]


def _save(
    uow: UnitOfWork,
    changes: Sequence[Change],
    outcome: Outcome,
    contents: dict[OrderId, str],
    *,
    because: str,
    now: datetime,
) -> dict[OrderId, Order]:
    """Write what has changed and what there is to tell of it; return the orders as written."""
    written: dict[OrderId, Order] = {}
    new: list[NewOrder] = []
    saved: list[Saved] = []
    entries: list[Entry] = []
    for change in changes:
        order = change.settled
        if change.is_one:
            if change.stored is None:
                order = order.written(now, order.version)
                new.append(NewOrder(order, contents[order.order_id]))
            else:
                order = order.written(now, change.stored.version + 1)
                saved.append(Saved(change.stored, order))
            moved = change.moved()
            events = change.events(now, because, moved)
            entries += [Entry(order.order_id, order.version, event) for event in events]
            outcome.note(change, moved)
        written[order.order_id] = order
    if new:
        uow.orders.add(new)
    if saved:
        uow.orders.save(saved)
    if entries:
        uow.journal.append(entries)
        _note_news(uow, entries, written, outcome)
    return written


def _note_news(
    uow: UnitOfWork,
    entries: Sequence[Entry],
    written: Mapping[OrderId, Order],
    outcome: Outcome,
) -> None:
    """Note what users are to be told of: the next digest, and who left back order."""
    short: list[NewBackOrder] = []
    for _, _, event in entries:
        if isinstance(event, WentOnBackOrder):
            short.append(NewBackOrder.of(written[event.order_id], event))
        elif isinstance(event, LeftBackOrder):
            outcome.left.append(written[event.order_id])
    if short:
        uow.notices.note(short)


def _rank(order: Order) -> Rank:
    return order.rank


def _ids(ranks: list[Rank]) -> tuple[OrderId, ...]:
    return tuple(rank.order_id for rank in sorted(ranks))
