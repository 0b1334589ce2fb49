"""Stores whose lists of everything are broken on purpose, and the clauses that find it out."""

# What a method should do is the port's to say; what it does instead, the class's. Some of it is to
# pass over an argument.
# ruff: noqa: ARG002, D102

from collections.abc import Sequence

from backorders.adapters import memory
from backorders.domain.order import Order, OrderStatus, Stage
from backorders.domain.paging import LevelPlace, Placed
from backorders.domain.stock import StockLevel
from tests.contracts.broken_stores import caught_by

_ALL = 999


def _in_part(
    orders: Sequence[Order], after: Placed | None, limit: int, *, newest_first: bool
) -> Sequence[Order]:
    """Return what is asked for of all the orders, in whatever order they are."""
    if after is not None:
        beyond = [
            o for o in orders if (Placed.of(o) < after if newest_first else Placed.of(o) > after)
        ]
        return beyond[:limit]
    return orders[:limit]


class _Sorting(memory.MemoryOrders):
    """All orders are looked through."""

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        found = [each for each in self._seller.orders.values() if self._is_in(each, status)]
        found = sorted(found, key=self._place, reverse=newest_first)
        return _in_part(found, after, limit, newest_first=newest_first)

    def _is_in(self, order: Order, status: OrderStatus | None) -> bool:
        return status in {None, order.status}

    def _place(self, order: Order) -> tuple[object, ...]:
        return Placed.of(order)


@caught_by(
    "all_orders_are_listed_by_when_they_were_placed",
    "orders_are_listed_from_a_place_on",
    "orders_are_listed_by_their_status",
)
class ListsByPriority(_Sorting):
    """Of orders placed at one moment, the one of the highest priority comes first."""

    def _place(self, order: Order) -> tuple[object, ...]:
        return (order.placed_at, order.rank)


@caught_by(
    "all_orders_are_listed_by_when_they_were_placed",
    "orders_are_listed_from_a_place_on",
    "orders_are_listed_by_their_status",
)
class ListsOpenOrders(_Sorting):
    """What is closed is not listed."""

    def _is_in(self, order: Order, status: OrderStatus | None) -> bool:
        return super()._is_in(order, status) and order.stage in {Stage.OPEN, Stage.PROCESSED}


@caught_by("orders_are_listed_by_their_status")
class HeldBeforeShort(_Sorting):
    """An order that is short and held is on hold."""

    def _is_in(self, order: Order, status: OrderStatus | None) -> bool:
        if status is None or not (order.holds and order.is_on_back_order):
            return super()._is_in(order, status)
        return status is OrderStatus.ON_HOLD


@caught_by("orders_are_listed_from_a_place_on", "orders_are_listed_by_their_status")
class ListsThePlaceAgain(memory.MemoryOrders):
    """The order at the place is named once more."""

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        found = list(
            super().listed(status=status, newest_first=newest_first, after=after, limit=limit)
        )
        there = None if after is None else self._seller.orders.get(after.order_id)
        if there is not None and status in {None, there.status}:
            found.insert(0, there)
        return found[:limit]


@caught_by(
    "all_orders_are_listed_by_when_they_were_placed",
    "orders_are_listed_from_a_place_on",
    "orders_are_listed_by_their_status",
)
class NeverTurnsRound(memory.MemoryOrders):
    """The oldest come first, whatever is asked."""

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        return super().listed(status=status, newest_first=False, after=after, limit=limit)


@caught_by("all_levels_are_listed")
class ListsByWarehouse(memory.MemoryStock):
    """Levels are listed by warehouse, then by SKU."""

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        every = [*super().listed(after=None, limit=_ALL)]
        found = [each for each in every if after is None or LevelPlace.of(each) > after]
        return sorted(found, key=lambda each: (each.warehouse, each.sku))[:limit]


@caught_by("all_levels_are_listed")
class LeavesOutEmptyShelves(memory.MemoryStock):
    """A level with nothing on hand is not listed."""

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        found = super().listed(after=after, limit=_ALL)
        return [level for level in found if level.on_hand][:limit]
