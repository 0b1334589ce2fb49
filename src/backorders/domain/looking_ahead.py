"""Looking ahead: the planner serves the queue with what is announced, delivery by delivery.

What it needs of an order is what the order lacks, and of a delivery when it will be on the shelf.
Orders that cannot get a unit in all that time are told apart beforehand, and never kept.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import attrs

from backorders.domain.allocation import WaitingOrder, could_give, give
from backorders.domain.order import Allocation, ClaimPolicy
from backorders.domain.promises import DeliveryShare
from backorders.domain.shelf import Shelf
from backorders.domain.values import InboundId, Sku, WarehouseId


class Supply(NamedTuple):
    """What is still to come of a delivery; supplies compare by when they will be on the shelf.

    Those of one day are booked in by id.
    """

    on: date
    inbound_id: InboundId
    warehouse: WarehouseId
    units: Mapping[Sku, int]


class Reach:
    """What the shelf and all supplies together have for whoever comes next in the queue.

    Asked about orders in rank order, it says what an order can be given at most. It is exact
    enough to leave out everybody for whom there will be nothing: those ahead take their units
    first, if they keep what they get. Of those who may get nothing, nothing is counted.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._left: dict[Sku, int] = {}
        self._left_in: dict[tuple[Sku, WarehouseId], int] = {}
        """The same of one warehouse, without what orders take that draw on every one."""
        self._coming: dict[Sku, dict[WarehouseId, int]] = {}

    def add(self, supplies: Iterable[Supply]) -> None:
        """Take in what will come; before anything is asked about its SKUs."""
        for supply in supplies:
            for sku, units in supply.units.items():
                there = self._coming.setdefault(sku, {})
                there[supply.warehouse] = there.get(supply.warehouse, 0) + units

    def coming(self, sku: Sku, warehouse: WarehouseId | None = None) -> int:
        """Return the units to come, whoever is ahead: to one warehouse, or to all."""
        coming = self._coming.get(sku)
        if coming is None:
            return 0
        return sum(coming.values()) if warehouse is None else coming.get(warehouse, 0)

    def in_all(self, sku: Sku, warehouse: WarehouseId | None = None) -> int:
        """Return the units on the shelf and to come, whoever is ahead: in one warehouse, or all."""
        return self._shelf.available(sku, warehouse) + self.coming(sku, warehouse)

    def left(self, sku: Sku) -> int:
        """Return what those ahead leave of a SKU: whoever comes next gets no more."""
        left = self._left.get(sku)
        if left is None:
            left = self._left[sku] = self.in_all(sku)
        return left

    def may_get(
        self, sku: Sku, warehouse: WarehouseId | None, claim: ClaimPolicy, short: int
    ) -> bool:
        """Return whether the next order may get a unit; one that keeps it, gets it first."""
        least = short if claim is ClaimPolicy.YIELD else 1
        left = self.left(sku)
        if warehouse is None:
            if left < least:
                return False
            if claim is ClaimPolicy.HOLD:
                self._left[sku] = left - short
            return True
        here = self._left_in.get((sku, warehouse))
        if here is None:
            here = self.in_all(sku, warehouse)
        if min(left, here) < least:
            return False
        if claim is ClaimPolicy.HOLD:
            self._left_in[sku, warehouse] = here - short
        return True


@attrs.define
class Hopeful:
    """An order that may get something while the supplies come in."""

    order: WaitingOrder
    lacks: dict[Sku, int]
    """SKU → units that it still lacks, of those SKUs that it may get."""
    hopeless: Mapping[Sku, int]
    """SKU → units that it lacks and will not get."""
    taken: dict[InboundId, tuple[Supply, dict[Sku, int]]] = attrs.field(factory=dict)
    """What it got of each supply."""
    served_on: date | None = None
    """The day on which it got something last."""

    def take(self, supply: Supply, sku: Sku, units: int) -> None:
        """Take note of units that are from a supply."""
        of_it = self.taken.setdefault(supply.inbound_id, (supply, {}))[1]
        of_it[sku] = of_it.get(sku, 0) + units

    @property
    def missing(self) -> dict[Sku, int]:
        """SKU → units that it lacks, without zeros."""
        return {**self.hopeless, **self.lacks}

    @property
    def shares(self) -> tuple[DeliveryShare, ...]:
        """What it got of each supply, in the order in which they came."""
        found = sorted(self.taken.values(), key=lambda each: each[0])
        return tuple(
            DeliveryShare(supply.inbound_id, supply.on, dict(sorted(units.items())))
            for supply, units in found
        )


def hopeful(order: WaitingOrder, reach: Reach) -> Hopeful | None:
    """Return the next order in the queue, if it may get something."""
    lacks: dict[Sku, int] = {}
    hopeless: dict[Sku, int] = {}
    for sku, short in order.lacks.items():
        may_get = reach.may_get(sku, order.warehouse, order.claim, short)
        (lacks if may_get else hopeless)[sku] = short
    if not lacks or (order.claim is ClaimPolicy.YIELD and hopeless):
        return None
    return Hopeful(order, lacks, hopeless)


class LookAhead:
    """The queue of some orders, on a copy of the shelf."""

    def __init__(self, shelf: Shelf, orders: Iterable[Hopeful]) -> None:
        """Take the orders in rank order; the shelf has the levels of all that they may get."""
        self._shelf = shelf.copy()
        self._queues: dict[Sku, list[tuple[int, Hopeful]]] = {}
        for place, order in enumerate(orders):
            for sku in order.lacks:
                self._queues.setdefault(sku, []).append((place, order))
        self._lots: dict[tuple[Sku, WarehouseId], deque[_Lot]] = {}
        """Where supplies have come in: what is left there, in the order in which it came."""

    def come_in(self, supply: Supply) -> None:
        """Put a supply on the shelf, and serve whoever waits for it."""
        here = supply.warehouse
        skus = [sku for sku in supply.units if sku in self._queues]
        for sku in skus:
            lots = self._lots.get((sku, here))
            if lots is None:
                there = self._shelf.available(sku, here)
                lots = self._lots[sku, here] = deque([_Lot(None, there)])
            lots.append(_Lot(supply, supply.units[sku]))
            self._shelf.change_on_hand(sku, here, supply.units[sku])
        self.serve(skus, supply.on)

    def serve(self, skus: Iterable[Sku], on: date) -> None:
        """Serve whoever waits for any of the SKUs, in rank order, with what is on the shelf."""
        heads: list[tuple[int, Sku, int]] = []
        for sku in skus:
            self._queue_up(heads, sku, 0)
        while heads:
            _, sku, number = heapq.heappop(heads)
            order = self._queues[sku][number][1]
            if sku in order.lacks:
                self._serve(order, sku, on)
            self._queue_up(heads, sku, number + 1)

    def _queue_up(self, heads: list[tuple[int, Sku, int]], sku: Sku, number: int) -> None:
        """Let the next of a SKU's queue wait its turn, or forget those who wait no more."""
        queue = self._queues.get(sku, [])
        if number < len(queue) and self._shelf.available(sku):
            heapq.heappush(heads, (queue[number][0], sku, number))
        else:
            queue[:number] = [each for each in queue[:number] if sku in each[1].lacks]

    def _serve(self, order: Hopeful, sku: Sku, on: date) -> None:
        """Give an order what the rules allow."""
        _, warehouse, claim, _ = order.order
        least = order.lacks[sku] if claim is ClaimPolicy.YIELD else 1
        if not could_give(self._shelf, sku, warehouse, least):
            return
        wanted = list(order.lacks.items())
        for (wanted_sku, short), drawn in zip(
            wanted, give(wanted, claim, warehouse, self._shelf), strict=True
        ):
            for allocation in drawn:
                short -= allocation.quantity  # noqa: PLW2901 - counted down
                self._note(order, wanted_sku, allocation)
                order.served_on = on
            if short:
                order.lacks[wanted_sku] = short
            else:
                del order.lacks[wanted_sku]

    def _note(self, order: Hopeful, sku: Sku, allocation: Allocation) -> None:
        """Write down which supplies the units are from: those that came first go first."""
        lots = self._lots.get((sku, allocation.warehouse))
        units = allocation.quantity
        while lots and units:
            lot = lots[0]
            taken = min(lot.left, units)
            units -= taken
            lot.left -= taken
            if lot.supply is not None and taken:
                order.take(lot.supply, sku, taken)
            if not lot.left:
                lots.popleft()


@attrs.define
class _Lot:
    """Units that came together: with a supply, or before all of them."""

    supply: Supply | None
    left: int
