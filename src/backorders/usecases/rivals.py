"""Who shares with an order what it lacks: its queues, read as far as there is anything to get."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import attrs

from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.looking_ahead import Hopeful, hopeful
from backorders.domain.order import ClaimPolicy, Order, Rank
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.announced import Announced

_FIRST_LINES: Final = 200
"""Waiting lines of a SKU that are read at first, and four times as many each further time."""
_LINES_AT_ONCE: Final = 20_000
"""Waiting lines read at once, over all SKUs."""
_ORDERS_AT_ONCE: Final = 500


def waiting_order(order: Order) -> WaitingOrder:
    """Return as much of the order as it takes to serve it."""
    return WaitingOrder(order.rank, order.warehouse, order.claim, order.lacks())


class Rivals:
    """All on whom it depends what an order gets of what is there and what is to come.

    An order that keeps what it gets (HOLD) depends on those ahead of it in the queue of each SKU. A
    YIELD order, which waits until it could have everything at once, depends on those behind it too,
    and ties together the queues of all the SKUs that it lacks.
    """

    def __init__(self, order: Order, announced: Announced, *, uow: UnitOfWork) -> None:
        """Take an order of whose SKUs everything has been looked up."""
        self._uow = uow
        self._own = waiting_order(order)
        self._announced = announced
        self._queues: dict[Sku, _Queue] = {}
        self._yielding: dict[OrderId, WaitingOrder | None] = {}
        """Those that have been met; `None`: it can never have all that it lacks."""

    def gathered(self) -> tuple[Hopeful | None, list[Hopeful]]:
        """Return the order itself, `None` if it can get nothing, and all of them in rank order."""
        own = self._own
        asked = {
            sku
            for sku, short in own.lacks.items()
            if self._may_get(sku, own.warehouse, own.claim, short)
        }
        if own.claim is ClaimPolicy.YIELD and asked != own.lacks.keys():
            return None, []
        up_to = own.rank if own.claim is ClaimPolicy.HOLD else None
        while asked:
            self._read(asked, up_to)
            tied = self._tied()
            asked = {
                sku for sku in tied if not (sku in self._queues and self._queues[sku].is_whole)
            }
            up_to = None
        found = [each for each in map(self._hopeful, self._in_order()) if each is not None]
        return next((each for each in found if each.order.rank == own.rank), None), found

    def _may_get(
        self, sku: Sku, warehouse: WarehouseId | None, claim: ClaimPolicy, short: int
    ) -> bool:
        least = short if claim is ClaimPolicy.YIELD else 1
        return self._announced.reach.in_all(sku, warehouse) >= least

    def _read(self, skus: Collection[Sku], up_to: Rank | None) -> None:
        """Read the queues of the SKUs as far as there is anything to get.

        With `up_to`, no further than that.
        """
        left = {sku: _Queue(self._announced.reach.in_all(sku)) for sku in skus}
        self._queues.update(left)
        limit = _FIRST_LINES
        while left:
            limit = max(min(limit, _LINES_AT_ONCE // len(left)), 1)
            after = {sku: queue.read_to for sku, queue in left.items()}
            found = self._uow.orders.waiting(after, limit)
            last = self._last_orders([lines for lines in found.values() if len(lines) == limit])
            for sku, queue in list(left.items()):
                lines = found.get(sku, ())
                for line in _whole(lines, sku, last):
                    is_of_use = self._may_get(sku, line.warehouse, line.claim, line.shortage)
                    if not queue.take(line, up_to, is_of_use=is_of_use):
                        del left[sku]
                        break
                else:
                    queue.is_whole = len(lines) < limit
                    if queue.is_whole:
                        del left[sku]
            limit *= 4

    def _last_orders(self, pages: Sequence[Sequence[WaitingLine]]) -> Mapping[OrderId, Order]:
        """Return the orders with which pages end: more of their lines might be on no page."""
        return self._uow.orders.find([lines[-1].rank.order_id for lines in pages])

    def _tied(self) -> set[Sku]:
        """Return the SKUs that the YIELD orders lack which could have all that they lack."""
        met = dict.fromkeys(
            line.rank.order_id
            for queue in self._queues.values()
            for line in queue.lines
            if line.claim is ClaimPolicy.YIELD and line.rank.order_id not in self._yielding
        )
        new = list(met)
        for start in range(0, len(new), _ORDERS_AT_ONCE):
            found = self._uow.orders.find(new[start : start + _ORDERS_AT_ONCE])
            self._announced.look_up_missing({sku for o in found.values() for sku in o.lacks()})
            for order_id, order in found.items():
                waiting = waiting_order(order)
                can_be_completed = all(
                    self._may_get(sku, waiting.warehouse, waiting.claim, short)
                    for sku, short in waiting.lacks.items()
                )
                self._yielding[order_id] = waiting if can_be_completed else None
        return {sku for each in self._yielding.values() if each is not None for sku in each.lacks}

    def _in_order(self) -> list[WaitingOrder]:
        """Return all that have been met, in rank order."""
        found: dict[OrderId, WaitingOrder] = {}
        short: dict[OrderId, dict[Sku, int]] = {}
        for sku, queue in self._queues.items():
            for line in queue.lines:
                order_id = line.rank.order_id
                if line.claim is ClaimPolicy.HOLD:
                    lacks = short.setdefault(order_id, {})
                    lacks[sku] = lacks.get(sku, 0) + line.shortage
                    found[order_id] = WaitingOrder(line.rank, line.warehouse, line.claim, lacks)
        found.update(
            (order_id, each) for order_id, each in self._yielding.items() if each is not None
        )
        found[self._own.rank.order_id] = self._own
        return sorted(found.values(), key=lambda each: each.rank)

    def _hopeful(self, order: WaitingOrder) -> Hopeful | None:
        return hopeful(order, self._announced.reach)


@attrs.define
class _Queue:
    """The queue of one SKU, as far as it has been read."""

    left: int
    """The most that those ahead leave: what is there and to come, less what they take for sure."""
    lines: list[WaitingLine] = attrs.field(factory=list)
    read_to: Rank | None = None
    is_whole: bool = False
    """Whether everybody has been read who may get anything."""

    def take(self, line: WaitingLine, up_to: Rank | None, *, is_of_use: bool) -> bool:
        """Take in the next line; return False if neither it nor anybody behind it is needed."""
        if self.left <= 0:
            self.is_whole = True
            return False
        if up_to is not None and line.rank > up_to:
            return False
        self.read_to = line.rank
        if is_of_use:
            self.lines.append(line)
            if line.claim is ClaimPolicy.HOLD and line.warehouse is None:
                self.left -= line.shortage
        return True


def _whole(
    lines: Sequence[WaitingLine], sku: Sku, last: Mapping[OrderId, Order]
) -> Iterator[WaitingLine]:
    """Yield the lines of a page; those of an order with which pages end as one, with all of it."""
    told: set[OrderId] = set()
    for line in lines:
        order = last.get(line.rank.order_id)
        if order is None:
            yield line
        elif order.order_id not in told:
            told.add(order.order_id)
            yield line._replace(shortage=order.lacks()[sku])
