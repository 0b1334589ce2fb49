"""Law 23, the dates: when a delivery that has arrived is to be on the shelf."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders.domain import limits
from backorders.domain.booking_in import BookingIn, working_days_after
from backorders.domain.days import day_of
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.ports.calendar import WEEKDAYS

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
months_and_days = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda d: (d.month, d.day))
calendars = st.builds(
    lambda weekly, closed: (
        lambda day: day.weekday() in weekly and day.toordinal() % 11 not in closed
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(0, 10), max_size=8),
)
"""Weeks of every shape, with days off all over the year."""


@given(days, st.integers(0, 12), calendars)
def test_law_23_a_due_date_is_the_last_of_so_many_working_days(
    arrived_on: date, count: int, is_working_day: Callable[[date], bool]
) -> None:
    """Judged day by day: it is worked on, and from the day after arrival there are so many."""
    due_on = working_days_after(arrived_on, count, is_working_day)
    walked = [arrived_on + timedelta(days=n) for n in range(1, (due_on - arrived_on).days + 1)]
    assert len([day for day in walked if is_working_day(day)]) == count
    assert is_working_day(due_on) if count else due_on == arrived_on


@given(st.dates(), months_and_days, months_and_days)
def test_law_23_the_peak_season_goes_from_one_day_to_another_both_included(
    day: date, first: tuple[int, int], last: tuple[int, int]
) -> None:
    """Walking on from its first day, one comes to each of its days, and to no other."""
    walked = date(1999, *first) if first != (2, 29) else date(1996, 2, 29)
    season = {(walked.month, walked.day)}
    while (walked.month, walked.day) != last:
        walked += timedelta(days=1)
        season.add((walked.month, walked.day))
    # A walk that met no 29 February went past it, if the day before and the day after are in it.
    if {(2, 28), (3, 1)} <= season and last != (2, 28) and first != (3, 1):
        season.add((2, 29))
    assert BookingIn(peak_from=first, peak_until=last).is_peak(day) == (
        (day.month, day.day) in season
    )


@pytest.mark.parametrize(
    ("arrived_on", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 4)),  # Monday
        (date(2026, 3, 5), date(2026, 3, 9)),  # Thursday: over the weekend
        (date(2026, 3, 7), date(2026, 3, 10)),  # Saturday: counted from Monday
        (date(2026, 11, 10), date(2026, 11, 12)),  # the last day before the season
        (date(2026, 11, 11), date(2026, 11, 19)),  # its first day: six working days
        (date(2027, 1, 6), date(2027, 1, 14)),  # its last day
        (date(2027, 1, 7), date(2027, 1, 11)),  # the first day after it
    ],
)
def test_law_23_two_working_days_and_six_in_the_peak_season(arrived_on: date, due_on: date) -> None:
    """What the trade publishes, with its season from 11 November to 6 January."""
    assert BookingIn().due_on(arrived_on, WEEKDAYS.is_working_day) == due_on


@given(
    st.sampled_from(["UTC", "Europe/London", "America/New_York", "Pacific/Apia", "Africa/Cairo"]),
    days,
    st.times(),
)
def test_law_23_a_clock_that_is_put_forward_or_back_moves_no_due_date(
    zone: str, arrived_on: date, at: time
) -> None:
    """Whatever hour of the local day it was, and whatever the clocks did since, days are days."""
    arrived_at = datetime.combine(arrived_on, at, ZoneInfo(zone)).astimezone(UTC)
    local = day_of(arrived_at, zone)
    # An hour that the clocks left out is an hour of the day after, or of the same.
    assert local in {arrived_on, arrived_on + timedelta(days=1)}
    assert BookingIn(peak_working_days=2).due_on(local, lambda _: True) == local + timedelta(days=2)


def test_law_23_the_day_of_arrival_is_the_sellers_own() -> None:
    """Half past eleven on Friday evening in London is Saturday already in Paris."""
    friday_evening = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    assert day_of(friday_evening, "Europe/London") == date(2026, 3, 6)
    assert day_of(friday_evening, "Europe/Paris") == date(2026, 3, 7)
    assert day_of(friday_evening, "America/New_York") == date(2026, 3, 6)


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    """No date is refused for being far away: beyond the last one there is none to be late on."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert day_of(first, "America/New_York") == date.min
    assert day_of(last, "Asia/Tokyo") == date.max
    assert BookingIn().due_on(date.max, WEEKDAYS.is_working_day) == date.max
    assert BookingIn().due_on(date(9999, 12, 29), WEEKDAYS.is_working_day) == date.max


def test_a_calendar_without_working_days_is_an_error_and_no_endless_search() -> None:
    """A host's calendar that forgets to return anything would say no for ever."""
    with pytest.raises(InvalidValue, match="calendar must have a working day in the 366 days"):
        BookingIn().due_on(date(2026, 3, 2), lambda _: False)
    once = working_days_after(date(2026, 1, 1), 1, lambda day: day == date(2027, 1, 1))
    assert once == date(2027, 1, 1)
    seldom = limits.DAYS_WITHOUT_WORK
    open_on = working_days_after(date.min, 3, lambda day: day.toordinal() % seldom == 0)
    assert open_on == date.fromordinal(3 * seldom)
    with pytest.raises(InvalidValue, match="in the 366 days up to 0003-01-03"):
        working_days_after(date.min, 3, lambda day: day.toordinal() % (seldom + 1) == 0)


@pytest.mark.parametrize(
    ("named", "bad", "kind"),
    [
        ("working_days", -1, InvalidValue),
        ("working_days", limits.BOOKING_IN_DAYS + 1, InvalidValue),
        ("working_days", 2.0, InvalidType),
        ("peak_working_days", True, InvalidType),
        ("peak_working_days", -1, InvalidValue),
        ("peak_from", 1111, InvalidType),
        ("peak_from", (11,), InvalidType),
        ("peak_from", "11", InvalidType),
        ("peak_from[0]", (0, 1), InvalidValue),
        ("peak_from[0]", (13, 1), InvalidValue),
        ("peak_until[1]", (1, 0), InvalidValue),
        ("peak_until[1]", (1, 32), InvalidValue),
        ("peak_until", (2, 30), InvalidValue),
        ("peak_until[0]", ("1", 6), InvalidType),
        ("peak_until", None, InvalidType),
    ],
)
def test_a_promise_that_is_none_is_refused(
    named: str, bad: object, kind: type[InvalidValue]
) -> None:
    """A service learns of a wrong setting when it starts, and not with its first delivery."""
    with pytest.raises(kind, match=f"^{re.escape(named)} must be"):
        BookingIn(**{named.split("[", maxsplit=1)[0]: bad})  # type: ignore[arg-type]


def test_a_promise_within_its_limits_is_taken() -> None:
    """The ends of what is allowed, and a season on 29 February alone."""
    kept = BookingIn(0, limits.BOOKING_IN_DAYS, peak_from=(2, 29), peak_until=(2, 29))
    assert kept.due_on(date(2026, 3, 1), WEEKDAYS.is_working_day) == date(2026, 3, 1)
    at_once = BookingIn(peak_working_days=0)
    assert at_once.due_on(date(2026, 12, 1), WEEKDAYS.is_working_day) == date(2026, 12, 1)
    assert [kept.is_peak(date(2028, 2, day)) for day in (28, 29)] == [False, True]
