"""A seller's desk at a glance: how many orders stand where, what is short, and for how long."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import attrs

from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import OrderStatus
from backorders.domain.values import before

AGES: Final = tuple(timedelta(days=days) for days in (1, 3, 7, 14, 30))
"""Where one age ends and the next begins: a working day, a weekend, one and two weeks, a month."""


@attrs.frozen
class Times:
    """How long some orders were on back order, or have been so far."""

    orders: int = 0
    total_microseconds: int = 0
    """As a number: a `timedelta` would be too small for the whole of a large seller."""
    longest: timedelta = timedelta()

    @property
    def mean(self) -> timedelta:
        """To the microsecond below; nothing for no orders."""
        return timedelta(microseconds=self.total_microseconds // max(self.orders, 1))

    @classmethod
    def sum(cls, parts: Iterable["Times"]) -> "Times":
        """Return those of all the orders."""
        orders, total, longest = 0, 0, timedelta()
        for part in parts:
            orders += part.orders
            total += part.total_microseconds
            longest = max(longest, part.longest)
        return cls(orders, total, longest)


class Standing(NamedTuple):
    """Sums over all orders of one status."""

    status: OrderStatus
    orders: int
    first_ask: FirstAsk
    oldest: datetime
    """The first `placed_at` among them."""
    waiting: Times
    """Of those on back order: until now."""
    waited: Times
    """Of those that have left back order: all in all."""


class Backlog(NamedTuple):
    """How many orders on back order, and how many units they are short of."""

    orders: int
    units: int


@attrs.frozen
class Age:
    """The orders on back order that were placed a certain time ago."""

    at_least: timedelta
    less_than: timedelta | None
    """`None`: any longer."""
    orders: int
    units_short: int


@attrs.frozen
class Summary:
    """A seller's desk at a glance.

    The fill rates are over all orders that were placed and are not cancelled. They tell how much
    of what was asked for was there when it was asked for, whatever was edited, split or delivered
    since: of the orders, those that got everything at once; likewise of the lines; of the units,
    those that were there. Without any such order they are 1.
    """

    by_status: Mapping[OrderStatus, int]
    """Every status → how many orders have it."""
    units_short: int
    """Over all orders on back order."""
    oldest_back_order: datetime | None
    """The `placed_at` of the order on back order that was placed first; `None`: there is none."""
    ages: tuple[Age, ...]
    """The orders on back order by how long ago they were placed, youngest first; no gaps."""
    first_ask: FirstAsk
    """What the fill rates are worked out from."""
    on_back_order: Times
    """How long the orders on back order have been there this time."""
    released: Times
    """How long the orders that left back order, and are not cancelled, were on it all in all."""

    @property
    def order_fill_rate(self) -> float:
        """Of the orders, the part that got everything at first ask, 0 to 1."""
        return _rate(self.first_ask.orders_filled, self.first_ask.orders)

    @property
    def line_fill_rate(self) -> float:
        """Of the lines, the part that got everything at first ask, 0 to 1."""
        return _rate(self.first_ask.lines_filled, self.first_ask.lines)

    @property
    def unit_fill_rate(self) -> float:
        """Of the units, the part that was there at first ask, 0 to 1."""
        return _rate(self.first_ask.units_filled, self.first_ask.units)


def summary(standings: Iterable[Standing], by_age: Sequence[Backlog]) -> Summary:
    """Return the summary of some standings, at most one of each status.

    `by_age` is the backlog of any age, and then, for each of `AGES`, what is at least that old.
    """
    by_status = {standing.status: standing for standing in standings}
    back_orders = by_status.get(OrderStatus.ON_BACK_ORDER)
    kept = [s for s in by_status.values() if s.status is not OrderStatus.CANCELLED]
    return Summary(
        by_status={
            status: by_status[status].orders if status in by_status else 0 for status in OrderStatus
        },
        units_short=by_age[0].units,
        oldest_back_order=None if back_orders is None else back_orders.oldest,
        ages=_ages(by_age),
        first_ask=FirstAsk.sum(standing.first_ask for standing in kept),
        on_back_order=Times() if back_orders is None else back_orders.waiting,
        released=Times.sum(standing.waited for standing in kept),
    )


def starts_of_ages(now: datetime) -> list[datetime]:
    """Return, for each of `AGES`, when an order was placed that is just that old."""
    return [before(now, age) for age in AGES]


def _ages(by_age: Sequence[Backlog]) -> tuple[Age, ...]:
    starts, ends = (timedelta(), *AGES), (*AGES, None)
    older = (*by_age[1:], Backlog(0, 0))
    return tuple(
        Age(start, end, this.orders - beyond.orders, this.units - beyond.units)
        for start, end, this, beyond in zip(starts, ends, by_age, older, strict=True)
    )


def _rate(filled: int, asked: int) -> float:
    return filled / asked if asked else 1.0
