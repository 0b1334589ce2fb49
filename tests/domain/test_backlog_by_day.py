"""The backlog of each day, from what happened to each order."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from backorders import BacklogDay, Backorders, OrderStatus, Remove
from backorders.adapters.memory import MemoryStore
from backorders.domain.backlog_days import Turn, backlog_days
from backorders.domain.events import LeftBackOrder, OrderCancelled, WentOnBackOrder
from backorders.domain.values import OrderId, Sku
from tests.support.clock import START, SettableClock

_SHORT: Final = {Sku("TEA"): 1}


def _figures(days: tuple[BacklogDay, ...]) -> list[tuple[int, int, int]]:
    return [(day.orders, day.went, day.left) for day in days]


def test_an_order_counts_from_the_day_it_went_on_back_order_to_the_day_it_left() -> None:
    """It may leave by stock, by being made smaller, or by being cancelled."""
    clock = SettableClock()
    app = Backorders(MemoryStore(), clock=clock)
    app.seller("other").place_order("O1", {"TEA": 1})
    acme = app.seller("acme")
    for name in ("O1", "O2", "O3", "O4"):
        acme.place_order(name, {"TEA": 1, "CUP": 1})
    acme.book_in("R1", {"CUP": 9})
    clock.now += timedelta(days=1)
    acme.book_in("R2", {"TEA": 1})
    acme.edit_order("O2", Remove("TEA"))
    acme.place_order("O5", {"MUG": 1})
    clock.now += timedelta(days=2)
    acme.cancel_order("O3")
    acme.cancel_order("O1")  # What it held goes to O4.
    acme.adjust_stock("A1", {"CUP": -8})  # And O4 loses something else.
    found = acme.backlog_by_day(days=5)
    assert _figures(found) == [(0, 0, 0), (4, 4, 0), (3, 1, 2), (3, 0, 0), (2, 1, 2)]
    assert found[-1].day == clock.now.date()
    assert found[-1].orders == acme.summary().by_status[OrderStatus.ON_BACK_ORDER]
    assert _figures(acme.backlog_by_day(days=2)) == [(3, 0, 0), (2, 1, 2)]


def test_what_was_split_off_counts_by_itself() -> None:
    """The part that can ship leaves the backlog, and the rest joins it."""
    app = Backorders(MemoryStore())
    acme = app.seller("acme")
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", {"TEA": 1, "CUP": 1})
    acme.split_order("O1")
    assert _figures(acme.backlog_by_day(days=1)) == [(1, 2, 1)]
    with acme.what_if() as trial:
        trial.book_in("R2", {"CUP": 1})
        trial.place_order("O2", {"CUP": 1})
        assert _figures(trial.backlog_by_day(days=1)) == [(1, 3, 2)]


def test_what_was_split_off_and_lacks_nothing_does_not_count() -> None:
    """It ships as it is; only what it came of waits."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 2, "CUP": 1})
    acme.split_order("O1", move={"TEA": 1})
    assert _figures(acme.backlog_by_day(days=1)) == [(1, 1, 0)]


def test_days_begin_where_the_seller_is() -> None:
    """At half past eleven in London it is tomorrow in Paris."""
    turns = [WentOnBackOrder(OrderId("O1"), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), _SHORT, "")]
    now = datetime(2026, 7, 2, 12, tzinfo=UTC)
    for zone, expected in (("Europe/London", [1, 1]), ("Europe/Paris", [0, 1])):
        found = backlog_days(turns, now=now, days=2, time_zone=zone)
        assert [day.orders for day in found] == expected


def test_the_calendar_has_a_beginning_and_a_clock_may_be_ahead() -> None:
    """A machine whose clock is wrong must not take the picture away from everybody."""
    turns: list[Turn] = [WentOnBackOrder(OrderId("O1"), START + timedelta(days=3), _SHORT, "")]
    assert backlog_days(turns, now=START, days=1, time_zone="UTC")[0].orders == 1
    first = datetime(1, 1, 2, tzinfo=UTC)
    found = backlog_days([], now=first, days=10, time_zone="UTC")
    assert [day.day for day in found] == [date(1, 1, 1), date(1, 1, 2)]


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 6), max_size=5), max_size=4), st.integers(1, 8))
def test_the_last_day_is_what_waits_now_however_few_are_asked_for(
    orders: list[list[int]], days: int
) -> None:
    """What was before the first day shown is carried over."""
    turns: list[Turn] = []
    waiting = 0
    for number, moments in enumerate(orders):
        kinds = [WentOnBackOrder, LeftBackOrder] * 3
        name = OrderId(f"O{number}")
        for kind, day in zip(kinds, sorted(moments), strict=False):
            at = START + timedelta(days=day)
            turns.append(
                WentOnBackOrder(name, at, _SHORT, "")
                if kind is WentOnBackOrder
                else LeftBackOrder(name, at, "")
            )
        if len(moments) % 2 == 0:
            turns.append(OrderCancelled(name, START + timedelta(days=6), ""))
        waiting += len(moments) % 2
    found = backlog_days(turns, now=START + timedelta(days=6), days=days, time_zone="UTC")
    assert found[-1].orders == waiting
    for before, after in pairwise(found):
        assert after.orders == before.orders + after.went - after.left
    assert len(Counter(day.day for day in found)) == days
