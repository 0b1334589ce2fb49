"""What to send first, so that most back orders become complete within so many units.

Units of a SKU go to whoever is first, so an order costs what it lacks and what all those lack who
take before it. Orders are picked greedily by price, the units that they still cost for each order,
or each unit, that they complete; what one costs falls when others of the same queue are picked.
What the plan comes to is not reckoned here but found out by the planner: see `tried`.
"""

import enum
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import attrs

from backorders.domain import limits
from backorders.domain.allocation import WaitingOrder, give
from backorders.domain.order import ClaimPolicy, Rank
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku, WarehouseId

_STEP: Final = 1.5
"""How much dearer the orders may be that the next round picks: the greed is that exact."""


class Aim(enum.Enum):
    """What there is to be most of."""

    ORDERS = "orders"
    UNITS = "units"
    """Units short, of the orders that become complete."""


def _largest_first(lines: Mapping[Sku, int]) -> Mapping[str, int]:
    return dict(sorted(lines.items(), key=lambda line: (-line[1], line[0])))


@attrs.frozen
class RestockAdvice:
    """What to send, and what that completes."""

    warehouse: WarehouseId
    """Where it is to be booked in."""
    lines: Mapping[str, int] = attrs.field(converter=_largest_first)
    """SKU → units to send, most first, ties by SKU: what `book_in` and `announce_inbound` take."""
    completes: tuple[OrderId, ...]
    """The orders that are released when just this is booked in, in rank order."""
    units_completed: int
    """The units that these orders lack."""

    @property
    def units(self) -> int:
        """The units to send, all in all."""
        return sum(self.lines.values())


Pool: TypeAlias = tuple[Sku, WarehouseId | None]
"""Units of a SKU in one warehouse, or, `None`, in all of them."""


class Need(NamedTuple):
    """What must be there of a SKU for one order to have all that it lacks.

    An order that draws on one warehouse alone has two needs of a SKU: there, and all in all.
    """

    pool: Pool
    reach: int
    """Units that are taken by those who take whatever there is, up to this order."""
    own: int
    """Units that it takes itself, but only once it can have everything."""
    there: int
    """Units that nobody has yet."""


class Candidate(NamedTuple):
    """An order that could be completed with so many units."""

    order_id: OrderId
    units_short: int
    needs: Sequence[Need]


def within_reach(
    backlog: Iterable[WaitingOrder], shelf: Shelf, warehouse: WarehouseId, units: int
) -> Iterator[WaitingOrder]:
    """Yield the orders that get anything of so many units, whatever they are sent of.

    `backlog` is in rank order. So no more are kept than there are units, for each SKU, and those
    who yield.
    """
    ahead: Counter[Sku] = Counter()
    for waiting in backlog:
        if waiting.warehouse not in {None, warehouse}:
            continue
        if waiting.claim is ClaimPolicy.YIELD:
            lacks = waiting.lacks.items()
            own = [max(short - shelf.available(sku, waiting.warehouse), 0) for sku, short in lacks]
            if sum(own) <= units:
                yield waiting
            continue
        is_reached = False
        for sku, short in waiting.lacks.items():
            before = ahead[sku]
            is_reached = is_reached or before < units + shelf.available(sku, waiting.warehouse)
            ahead[sku] = before + short
        if is_reached:
            yield waiting


def candidates(
    backlog: Iterable[WaitingOrder], shelf: Shelf, takers: Collection[OrderId]
) -> list[Candidate]:
    """Return the orders, each with what it takes to complete it, in rank order.

    `backlog` is what is `within_reach`. `takers` are YIELD orders that take what there is, as HOLD
    do: they turned out to be completed with what was meant for others.
    """
    ahead: Counter[Pool] = Counter()
    found = []
    for waiting in backlog:
        order_id = waiting.rank.order_id
        keeps = waiting.claim is ClaimPolicy.HOLD or order_id in takers
        needs = []
        for sku, short in waiting.lacks.items():
            for pool in {(sku, None), (sku, waiting.warehouse)}:
                before = ahead[pool]
                there = shelf.available(*pool)
                if keeps:
                    ahead[pool] = before + short
                    needs.append(Need(pool, before + short, 0, there))
                else:
                    needs.append(Need(pool, before, short, there))
        found.append(Candidate(order_id, sum(waiting.lacks.values()), needs))
    return found


@attrs.define
class Plan:
    """Which orders are to be completed, and what must be sent for them."""

    chosen: set[OrderId] = attrs.field(factory=set)
    lines: dict[Sku, int] = attrs.field(factory=dict)
    """SKU → units, which may be none."""
    _reach: dict[Pool, int] = attrs.field(factory=dict)
    _own: dict[Pool, int] = attrs.field(factory=dict)

    @classmethod
    def made(cls, among: Sequence[Candidate], units: int, aim: Aim) -> "Plan":
        """Return the plan that picks the cheapest first, as far as the units go.

        In rounds, each in rank order: first whatever costs nothing more, then the cheapest of
        what is left, then all that is at most half as dear again, and so on.
        """
        plan = cls()
        left, most, rest = units, 0.0, among
        while rest:
            cheapest = float("inf")
            later = []
            for each in rest:
                cost = plan.cost(each)
                if cost > left or not plan.has_room_for(each):
                    # For good: no order that is picked costs less than it saves this one.
                    continue
                price = cost if aim is Aim.ORDERS else cost / each.units_short
                if price <= most:
                    plan.pick(each)
                    left -= cost
                else:
                    cheapest = min(cheapest, price)
                    later.append(each)
            most, rest = max(most * _STEP, cheapest), later
        return plan

    def cost(self, each: Candidate) -> int:
        """Return how many units more must be sent for the order to be complete."""
        wanted = self._wanted(each)
        return sum(wanted.values()) - sum([self.lines.get(sku, 0) for sku in wanted])

    def has_room_for(self, each: Candidate) -> bool:
        """Return whether one delivery can have what is sent, and the order's SKUs as well."""
        new = {need.pool[0] for need in each.needs} - self.lines.keys()
        return len(self.lines) + len(new) <= limits.CALL_SKUS

    def pick(self, each: Candidate) -> None:
        """Take the order into the plan."""
        self.chosen.add(each.order_id)
        self.lines.update(self._wanted(each))
        for pool, reach, own, _ in each.needs:
            self._reach[pool] = max(self._reach.get(pool, 0), reach)
            self._own[pool] = self._own.get(pool, 0) + own

    def _wanted(self, each: Candidate) -> Mapping[Sku, int]:
        """Return SKU → units that must be sent, with the order and all who are picked."""
        wanted: dict[Sku, int] = {}
        for pool, reach, own, there in each.needs:
            sku = pool[0]
            units = max(self._reach.get(pool, 0), reach) + self._own.get(pool, 0) + own
            at_least = wanted[sku] if sku in wanted else self.lines.get(sku, 0)
            wanted[sku] = max(at_least, units - there)
        return wanted


class Completed(NamedTuple):
    """An order that is complete by what is sent."""

    rank: Rank
    claim: ClaimPolicy
    units_short: int


def tried(
    backlog: Iterable[WaitingOrder], shelf: Shelf, walked: Collection[Sku]
) -> list[Completed]:
    """Serve the backlog of some SKUs from the shelf; return the orders that are then complete.

    `backlog` is in rank order, and is read only as long as there are units of these SKUs.
    """
    completed = []
    left = sum(shelf.available(sku) for sku in walked)
    for waiting in backlog:
        if left <= 0:
            break
        if waiting.lacks.keys().isdisjoint(walked):
            continue
        wanted = list(waiting.lacks.items())
        given = give(wanted, waiting.claim, waiting.warehouse, shelf)
        is_complete = True
        for (sku, short), drawn in zip(wanted, given, strict=True):
            got = sum([allocation.quantity for allocation in drawn])
            is_complete = is_complete and got == short
            if sku in walked:
                left -= got
        if is_complete:
            completed.append(Completed(waiting.rank, waiting.claim, sum(waiting.lacks.values())))
    return completed
