"""The seller's own days: where they begin and end in time, and on which of them something fell."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MOMENT = timedelta(microseconds=1)
_FIRST = datetime.min.replace(tzinfo=UTC)


def local(at: datetime, time_zone: str) -> datetime:
    """Return an instant as the clocks of a time zone show it; in UTC where the calendar ends.

    >>> from datetime import UTC
    >>> local(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Europe/London").isoformat()
    '2026-07-02T00:30:00+01:00'
    """
    try:
        return at.astimezone(ZoneInfo(time_zone))
    except OverflowError:
        return at.astimezone(UTC)


def day_of(at: datetime, time_zone: str) -> date:
    """Return the local day on which an instant falls.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 12, 24, 23, 30, tzinfo=UTC), "Europe/Paris")
    datetime.date(2026, 12, 25)
    """
    return local(at, time_zone).date()


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first instant of a local day, which may have 23, 24 or 25 hours, in UTC.

    Where the clocks go forward at midnight, it is the instant at which they do; where they go back
    over midnight, the first of the two.

    >>> start, end = (start_of_day(date(2026, 3, day), "Europe/London") for day in (29, 30))
    >>> end - start
    datetime.timedelta(seconds=82800)
    """
    midnight = datetime.combine(day, time(0), ZoneInfo(time_zone))
    try:
        return midnight.astimezone(UTC)
    except OverflowError:
        return midnight.replace(tzinfo=UTC)


def start_of_today(now: datetime, time_zone: str) -> datetime:
    """Return the midnight at which the last local day ended."""
    return start_of_day(day_of(now, time_zone), time_zone)


def day_before(instant: datetime, time_zone: str) -> date:
    """Return the local day that ends at an instant, which is the start of one."""
    return day_of(max(instant, _FIRST + _MOMENT) - _MOMENT, time_zone)
