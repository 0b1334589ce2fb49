"""Orders as they are tried, over those that are stored."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import attrs

from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.errors import LostRace
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.order_index import OrderIndex
from backorders.domain.paging import Placed
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Orders, Saved
from backorders.usecases.trying.merging import uncovered

_Place = TypeVar("_Place", Rank, Placed)


class TriedOrders:
    """New and changed orders in memory, in the place of what is below; see the port.

    What was read below is kept: it does not change, and a trial reads much of it again.
    """

    def __init__(self, base: Orders) -> None:
        self._base = base
        self._read: dict[OrderId, Order] = {}
        self._queues: dict[Sku, _Queue] = {}
        self.own = OrderIndex()
        """New and changed orders, as they now are."""
        self.added: dict[OrderId, NewOrder] = {}
        """The new orders, as they were added."""
        self.stored: dict[OrderId, Order] = {}
        """The changed orders as they are below."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        """Return those of the orders that exist."""
        own, read = self.own.orders, self._read
        unread = [each for each in order_ids if each not in own and each not in read]
        if unread:
            read.update(self._base.find(unread))
        return {
            order_id: order
            for order_id in order_ids
            if (order := own.get(order_id) or read.get(order_id)) is not None
        }

    def contents(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, str]:
        """Return the content digests of those of the orders that exist."""
        added = self.added
        found = dict(self._base.contents(order_ids))
        found.update((each, added[each].content) for each in order_ids if each in added)
        return found

    def add(self, new: Sequence[NewOrder]) -> None:
        """Take in new orders."""
        taken = self.contents([order.order_id for order, _ in new])
        for order, content in new:
            if order.order_id in taken or order.order_id in self.added:
                raise LostRace(f"order {order.order_id!r} is there already")
            self.added[order.order_id] = NewOrder(order, content)
            self.own.replace(None, order)

    def save(self, changed: Sequence[Saved]) -> None:
        """Put orders in the place of those that were there."""
        there = self.find([stored.order_id for stored, _ in changed])
        for stored, order in changed:
            order_id = order.order_id
            current = there.get(order_id)
            if current is None or current.version != stored.version:
                raise LostRace(f"order {order_id!r} has another version")
            if order_id not in self.own.orders:
                self._cover(current)
                self.own.replace(None, order)
            else:
                self.own.replace(current, order)

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        """Return the next waiting lines of each SKU, in rank order."""
        self._read_queues(after, limit)
        found = {}
        for sku, rank in after.items():
            own = self.own.waiting_after(sku, rank, limit)
            below = self._queues[sku].after(rank, limit)
            # Sorting keeps the lines of an order together, as they came.
            found[sku] = sorted([*own, *below], key=_rank)[:limit] if own else below
        return found

    def backlog(self) -> Iterator[WaitingOrder]:
        """Yield every order on back order, in rank order."""
        own = self.own.orders
        below = (each for each in self._base.backlog() if each.rank.order_id not in own)
        return heapq.merge(below, self.own.backlog(), key=lambda each: each.rank)

    def waiting_skus(self) -> Collection[Sku]:
        """Return every SKU that an open order is short of."""
        skus = {*self._base.waiting_skus(), *self.own.waiting}
        # Whoever waited for these below may do so no more.
        doubtful = {sku for order in self.stored.values() for sku in order.lacks()}
        asked = dict.fromkeys((skus & doubtful) - self.own.waiting.keys())
        found = self.waiting(asked, 1)
        return skus - {sku for sku in asked if not found[sku]}

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        """Return the next orders in a stage that hold units of each SKU, lowest rank first."""
        first = self._base.holders(before, warehouse, stage, limit)

        def read(sku: Sku, rank: Rank | None, page: int) -> Sequence[Order]:
            # The first page is read for all SKUs at once.
            if rank == before[sku]:
                return first[sku]
            return self._base.holders({sku: rank}, warehouse, stage, page)[sku]

        found = {}
        for sku, start in before.items():
            below = self._uncovered(partial(read, sku), start, limit, _rank_of)
            own = self.own.holders_before(sku, warehouse, stage, start, limit)
            found[sku] = sorted([*own, *below], key=lambda each: each.rank, reverse=True)[:limit]
        return found

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        """Return the next orders on back order, in rank order."""

        def read(rank: Rank | None, page: int) -> Sequence[Order]:
            return self._base.on_back_order(
                sku=sku, placed_before=placed_before, after=rank, limit=page
            )

        below = self._uncovered(read, after, limit, _rank_of)
        own = self.own.back_orders_after(sku, placed_before, after, limit)
        return sorted([*own, *below], key=lambda order: order.rank)[:limit]

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        """Return the next of all orders, by `placed_at` and id, after a place."""

        def read(start: Placed | None, page: int) -> Sequence[Order]:
            return self._base.listed(
                status=status, newest_first=newest_first, after=start, limit=page
            )

        below = self._uncovered(read, after, limit, Placed.of)
        own = self.own.listed_after(status, after, limit, newest_first=newest_first)
        return sorted([*own, *below], key=Placed.of, reverse=newest_first)[:limit]

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        """Return the open orders that have a hold which has run out, by id."""
        below = [each for each in self._base.with_due_holds(now) if each not in self.own.orders]
        return sorted([*below, *self.own.with_holds_due(now)])

    def write(self, base: Orders) -> None:
        """Write what is new and what has changed into other orders."""
        if self.added:
            # As they were first: what an order got then is kept for good.
            base.add(list(self.added.values()))
        was = {**{each: new.order for each, new in self.added.items()}, **self.stored}
        changed = [
            Saved(was[order_id], order)
            for order_id, order in self.own.orders.items()
            if order is not was[order_id]
        ]
        if changed:
            base.save(changed)

    def _cover(self, order: Order) -> None:
        """Note that an order below is not to be seen any more."""
        self.stored[order.order_id] = order
        for sku in order.lacks():
            if sku in self._queues:
                self._queues[sku].drop(order.rank)

    def _read_queues(self, after: Mapping[Sku, Rank | None], limit: int) -> None:
        """Read on below until each queue has enough lines after the given rank, or no more."""
        # One more than is wanted: the last order of a page may have more lines than came.
        page = limit + 1
        for sku in after:
            self._queues.setdefault(sku, _Queue())
        while short := {
            sku: self._queues[sku].read_to
            for sku, rank in after.items()
            if self._queues[sku].needs_more(rank, limit)
        }:
            found = self._base.waiting(short, page)
            for sku in short:
                self._queues[sku].take(found.get(sku, ()), page, self.own.orders)
            page *= 2

    def _uncovered(
        self,
        read: Callable[[_Place | None, int], Sequence[Order]],
        start: _Place | None,
        limit: int,
        place: Callable[[Order], _Place],
    ) -> Sequence[Order]:
        own = self.own.orders
        return uncovered(
            read,
            start,
            limit,
            is_covered=lambda order: order.order_id in own,
            place=place,
        )


@attrs.define
class _Queue:
    """The queue of a SKU below, as far as it has been read, without the orders that are covered."""

    lines: list[WaitingLine] = attrs.field(factory=list)
    read_to: Rank | None = None
    all_read: bool = False

    def needs_more(self, after: Rank | None, limit: int) -> bool:
        return not self.all_read and len(self.lines) - self._first(after) < limit

    def after(self, rank: Rank | None, limit: int) -> Sequence[WaitingLine]:
        first = self._first(rank)
        return self.lines[first : first + limit]

    def take(self, lines: Sequence[WaitingLine], page: int, covered: Collection[OrderId]) -> None:
        """Take in the next lines, of which at most `page` were asked for."""
        if len(lines) < page:
            self.all_read = True
        else:
            lines = lines[: bisect_left(lines, lines[-1].rank, key=_rank)]
        if lines:
            self.read_to = lines[-1].rank
            self.lines += [line for line in lines if line.rank.order_id not in covered]

    def drop(self, rank: Rank) -> None:
        first = bisect_left(self.lines, rank, key=_rank)
        del self.lines[first : bisect_right(self.lines, rank, key=_rank)]

    def _first(self, after: Rank | None) -> int:
        return 0 if after is None else bisect_right(self.lines, after, key=_rank)


def _rank_of(order: Order) -> Rank:
    return order.rank


def _rank(line: WaitingLine) -> Rank:
    return line.rank
