"""The backlog of some SKUs, read in rank order, and only as far as there are units to give."""

import heapq
from collections import deque
from collections.abc import Collection, Iterator

from backorders.domain.allocation import WaitingLine, may_take
from backorders.domain.order import ClaimPolicy, Order, Rank
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import lock

_BATCH = 500
"""Orders read at once: bounds the memory of a long walk."""
_LINES_AT_ONCE = 20_000
"""Waiting lines read at once, over all SKUs."""


def backlog(
    uow: UnitOfWork, shelf: Shelf, skus: Collection[Sku], *, without: Collection[OrderId]
) -> Iterator[Order]:
    """Yield the orders that wait for any of `skus` and might get a unit, in rank order.

    Reads on as long as the shelf has units of them left, so that the cost follows what is given,
    not what waits. What a YIELD order needs beyond `skus` is locked before the order is yielded.
    The orders in `without` are left out: the call has them in hand.
    """
    streams = _Streams(uow, shelf, skus, without)
    while batch := streams.next_batch():
        found = uow.orders.find(batch)
        orders = [found[order_id] for order_id in batch]
        yielding = [order for order in orders if order.claim is ClaimPolicy.YIELD]
        lock(uow, shelf, {sku for order in yielding for sku in order.lacks()})
        yield from orders


class _Streams:
    """The waiting lines of several SKUs, merged into one queue."""

    def __init__(
        self, uow: UnitOfWork, shelf: Shelf, skus: Collection[Sku], without: Collection[OrderId]
    ) -> None:
        self._uow = uow
        self._shelf = shelf
        self._without = without
        self._lines: dict[Sku, deque[WaitingLine]] = {sku: deque() for sku in sorted(skus)}
        self._after: dict[Sku, Rank | None] = dict.fromkeys(self._lines)
        self._ended: set[Sku] = set()
        """Of which everything that waits has been read."""
        self._last: OrderId | None = None

    def next_batch(self) -> list[OrderId]:
        """Return the next orders that might get a unit, or nothing when there are no more."""
        batch: list[OrderId] = []
        while not batch and self._refill():
            left = {sku: self._shelf.available(sku) for sku in self._lines}
            heads = [(lines[0].rank, sku) for sku, lines in self._lines.items()]
            heapq.heapify(heads)
            while heads and len(batch) < _BATCH:
                _, sku = heapq.heappop(heads)
                lines = self._lines[sku]
                waiting = lines.popleft()
                left[sku] -= self._consider(waiting, sku, batch)
                if left[sku] <= 0:
                    # All of it goes to what stands ahead: nobody behind gets any.
                    continue
                if lines:
                    heapq.heappush(heads, (lines[0].rank, sku))
                elif sku not in self._ended:
                    break
        return batch

    def _consider(self, waiting: WaitingLine, sku: Sku, batch: list[OrderId]) -> int:
        """Add the line's order to the batch if it might get a unit; return what it takes for sure.

        For sure takes an order that may draw on every warehouse and keeps what it gets. The rest
        may turn out to take nothing, so nothing is counted for them.
        """
        order_id = waiting.rank.order_id
        if order_id in self._without or not may_take(waiting, sku, self._shelf):
            return 0
        if order_id != self._last:
            batch.append(order_id)
            self._last = order_id
        elif not batch:
            # Served in the batch before, for another SKU: it has taken what it takes.
            return 0
        certain = waiting.claim is ClaimPolicy.HOLD and waiting.warehouse is None
        return waiting.shortage if certain else 0

    def _refill(self) -> bool:
        """Forget SKUs without units or without a queue; return whether there is anything left."""
        alive = self._shelf.with_units(self._lines)
        self._lines = {
            sku: lines
            for sku, lines in self._lines.items()
            if sku in alive and (lines or sku not in self._ended)
        }
        empty = [sku for sku, lines in self._lines.items() if not lines]
        if empty:
            # Who takes anything takes a unit at least, so no more can be served than there are.
            most = max(self._shelf.available(sku) for sku in empty)
            limit = max(1, min(most, _BATCH, _LINES_AT_ONCE // len(empty)))
            found = self._uow.orders.waiting({sku: self._after[sku] for sku in empty}, limit)
            for sku in empty:
                lines = found.get(sku, ())
                if len(lines) < limit:
                    self._ended.add(sku)
                if lines:
                    self._lines[sku].extend(lines)
                    self._after[sku] = lines[-1].rank
                else:
                    del self._lines[sku]
        return bool(self._lines)
