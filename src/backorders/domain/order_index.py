"""Orders in memory, and the indexes that find them: by SKU waited for, by SKU held, by rank.

What the memory store keeps, and what is tried out without being stored, is found in the same way.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar

import attrs

from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.paging import Placed
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.domain.verification import LineAudit


class _Waiting(NamedTuple):
    """A waiting line with what orders it in the backlog of its SKU."""

    rank: Rank
    line_no: int
    line: WaitingLine


_Entry = TypeVar("_Entry", Rank, _Waiting, Placed)


@attrs.define
class OrderIndex:
    """Orders by id, with the queues that they stand in."""

    orders: dict[OrderId, Order] = attrs.field(factory=dict)
    waiting: dict[Sku, list[_Waiting]] = attrs.field(factory=dict)
    """Per SKU the lines of open orders with a shortage, in rank order."""
    on_back_order: list[Rank] = attrs.field(factory=list)
    holding: dict[Sku, dict[OrderId, None]] = attrs.field(factory=dict)
    """Per SKU the open and processed orders that hold units of it."""
    with_ending_holds: dict[OrderId, None] = attrs.field(factory=dict)
    places: list[Placed] | None = attrs.field(default=None, eq=False)
    """Where each order stands in the list of all; `None` until somebody has asked for that.

    It says nothing that the orders do not say.
    """

    def replace(self, old: Order | None, new: Order | None) -> None:
        """Put `new` in the place of `old`, in every index; `None` is no order."""
        if old is not None:
            self._forget(old)
            del self.orders[old.order_id]
        if new is not None:
            self.orders[new.order_id] = new
            self._index(new)
        if self.places is not None:
            _move(self.places, old, new)

    def waiting_after(self, sku: Sku, after: Rank | None, limit: int) -> Sequence[WaitingLine]:
        """Return the next waiting lines of a SKU, in rank order, strictly after a rank."""
        queue = self.waiting.get(sku, [])
        first = 0 if after is None else bisect_right(queue, after, key=lambda w: w.rank)
        return [entry.line for entry in queue[first : first + limit]]

    def backlog(self) -> Iterator[WaitingOrder]:
        """Yield every order on back order, in rank order."""
        for rank in self.on_back_order:
            order = self.orders[rank.order_id]
            yield WaitingOrder(rank, order.warehouse, order.claim, order.lacks())

    def holders_before(
        self,
        sku: Sku,
        warehouse: WarehouseId | None,
        stage: Stage,
        before: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        """Return the next orders that hold units of a SKU, lowest rank first, ahead of a rank."""
        found = [
            order
            for order_id in self.holding.get(sku, ())
            if (order := self.orders[order_id]).stage is stage
            and (before is None or order.rank < before)
            and (warehouse is None or (sku, warehouse) in order.holding())
        ]
        found.sort(key=lambda order: order.rank, reverse=True)
        return found[:limit]

    def back_orders_after(
        self, sku: Sku | None, placed_before: datetime | None, after: Rank | None, limit: int
    ) -> Sequence[Order]:
        """Return the next orders on back order, in rank order, strictly after a rank."""
        if sku is None:
            ranks: Sequence[Rank] = self.on_back_order
        else:
            ranks = list(dict.fromkeys(w.rank for w in self.waiting.get(sku, ())))
        first = 0 if after is None else bisect_right(ranks, after)
        following = (ranks[place] for place in range(first, len(ranks)))
        found = (
            self.orders[rank.order_id]
            for rank in following
            if placed_before is None or rank.placed_at < placed_before
        )
        return list(islice(found, limit))

    def listed_after(
        self,
        status: OrderStatus | None,
        after: Placed | None,
        limit: int,
        *,
        newest_first: bool,
    ) -> Sequence[Order]:
        """Return the next of all orders, by `placed_at` and id, strictly after a place."""
        if self.places is None:
            self.places = sorted(map(Placed.of, self.orders.values()))
        places = self.places
        steps: range
        if newest_first:
            last = len(places) if after is None else bisect_left(places, after)
            steps = range(last - 1, -1, -1)
        else:
            steps = range(0 if after is None else bisect_right(places, after), len(places))
        found = (self.orders[places[step].order_id] for step in steps)
        return list(islice((o for o in found if status in {None, o.status}), limit))

    def with_holds_due(self, now: datetime) -> Sequence[OrderId]:
        """Return the open orders that have a hold which has run out, by id."""
        return sorted(
            order_id
            for order_id in self.with_ending_holds
            if any(hold.is_due(now) for hold in self.orders[order_id].holds)
        )

    def audit(self) -> Iterator[LineAudit]:
        """Yield every line with what its allocations come to, and whether its queue has it."""
        listed = {
            (entry.rank, entry.line_no, sku)
            for sku, queue in self.waiting.items()
            for entry in queue
        }
        for order in self.orders.values():
            for line in order.lines:
                yield LineAudit(
                    order.order_id,
                    line.line_no,
                    order.stage,
                    line.quantity,
                    line.allocated,
                    sum(allocation.quantity for allocation in line.allocations),
                    (order.rank, line.line_no, line.sku) in listed,
                )

    def _index(self, order: Order) -> None:
        if order.is_on_back_order:
            rank = order.rank
            for entry, sku in _waiting_lines(order, rank):
                _insert(self.waiting.setdefault(sku, []), entry)
            _insert(self.on_back_order, rank)
        stage = order.stage
        # Most orders have no holds: what is asked first costs least.
        if order.holds and stage is Stage.OPEN and any(h.until is not None for h in order.holds):
            self.with_ending_holds[order.order_id] = None
        if stage is Stage.OPEN or stage is Stage.PROCESSED:
            holding = self.holding
            for line in order.lines:
                if line.allocated:
                    holders = holding.get(line.sku)
                    if holders is None:
                        holders = holding[line.sku] = {}
                    holders[order.order_id] = None

    def _forget(self, order: Order) -> None:
        if order.is_on_back_order:
            rank = order.rank
            for entry, sku in _waiting_lines(order, rank):
                queue = self.waiting[sku]
                del queue[bisect_left(queue, entry)]
                if not queue:
                    del self.waiting[sku]
            del self.on_back_order[bisect_left(self.on_back_order, rank)]
        self.with_ending_holds.pop(order.order_id, None)
        for line in order.lines:
            if line.sku in self.holding:
                self.holding[line.sku].pop(order.order_id, None)


def _move(places: list[Placed], old: Order | None, new: Order | None) -> None:
    was, now = (None if order is None else Placed.of(order) for order in (old, new))
    if was == now:
        return
    if was is not None:
        del places[bisect_left(places, was)]
    if now is not None:
        _insert(places, now)


def _insert(queue: list[_Entry], entry: _Entry) -> None:
    # Most orders are the last in the queue: appending spares the search.
    if not queue or queue[-1] < entry:
        queue.append(entry)
    else:
        insort(queue, entry)


def _waiting_lines(order: Order, rank: Rank) -> list[tuple[_Waiting, Sku]]:
    found: list[tuple[_Waiting, Sku]] = []
    for line in order.lines:
        if line.allocated < line.quantity:
            waiting = WaitingLine(rank, order.warehouse, order.claim, line.shortage)
            found.append((_Waiting(rank, line.line_no, waiting), line.sku))
    return found
