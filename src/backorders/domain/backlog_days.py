"""How many orders were on back order at the end of each day, from what was told of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

import attrs

from backorders.domain.days import day_of
from backorders.domain.events import LeftBackOrder, OrderCancelled, OrderCreated, WentOnBackOrder
from backorders.domain.values import OrderId

Turn: TypeAlias = WentOnBackOrder | OrderCreated | LeftBackOrder | OrderCancelled
"""What an order's time on back order begins or ends with."""


@attrs.frozen
class BacklogDay:
    """The backlog of one of the seller's days."""

    day: date
    orders: int
    """Orders on back order when it ended; of today, now."""
    went: int
    """Times that an order went on back order, or that one was split off which was short."""
    left: int
    """Times that one left it, or was cancelled while it waited."""


def backlog_days(
    turns: Iterable[Turn], *, now: datetime, days: int, time_zone: str
) -> tuple[BacklogDay, ...]:
    """Return the last so many days up to today, in order.

    `turns` come order by order, those of one order first to last. What is later than `now`, by
    another machine's clock, is of today.
    """
    today = day_of(now, time_zone)
    went: Counter[date] = Counter()
    left: Counter[date] = Counter()
    waiting: OrderId | None = None
    for turn in turns:
        day = min(day_of(turn.at, time_zone), today)
        if isinstance(turn, WentOnBackOrder | OrderCreated):
            if turn.short:
                waiting = turn.order_id
                went[day] += 1
        elif waiting == turn.order_id:
            waiting = None
            left[day] += 1
    first = date.fromordinal(max(today.toordinal() - days + 1, date.min.toordinal()))
    orders = sum(went[day] for day in went if day < first)
    orders -= sum(left[day] for day in left if day < first)
    found = []
    for number in range(first.toordinal(), today.toordinal() + 1):
        day = date.fromordinal(number)
        orders += went[day] - left[day]
        found.append(BacklogDay(day, orders, went[day], left[day]))
    return tuple(found)
