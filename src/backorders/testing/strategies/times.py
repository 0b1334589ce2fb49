"""When things happen: on a few plain days, or where clocks go forward and back."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday morning, at which every history begins."""


class Change(NamedTuple):
    """An instant at which a time zone's clocks are changed, and by how much."""

    time_zone: str
    at: datetime
    by: timedelta


_HOUR: Final = timedelta(hours=1)


def _change(time_zone: str, at: str, by: timedelta) -> Change:
    return Change(time_zone, datetime.fromisoformat(at), by)


CHANGES: Final = (
    _change("Europe/London", "2026-03-29T01:00+00:00", _HOUR),
    _change("Europe/London", "2026-10-25T01:00+00:00", -_HOUR),
    _change("America/New_York", "2026-03-08T07:00+00:00", _HOUR),
    _change("America/New_York", "2026-11-01T06:00+00:00", -_HOUR),
    # At midnight: the day begins an hour late, or its last hour comes twice.
    _change("Africa/Cairo", "2026-04-23T22:00+00:00", _HOUR),
    _change("America/Havana", "2026-03-08T05:00+00:00", _HOUR),
    _change("America/Havana", "2026-11-01T05:00+00:00", -_HOUR),
    # By half an hour.
    _change("Australia/Lord_Howe", "2026-04-04T15:00+00:00", -_HOUR / 2),
    _change("Australia/Lord_Howe", "2026-10-03T15:30+00:00", _HOUR / 2),
)
"""Changes of the clocks, of each kind that there is."""

TIME_ZONES: Final = (
    "UTC",
    *dict.fromkeys(change.time_zone for change in CHANGES),
    # Where the day begins first, and last, and by a quarter of an hour beside all others.
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
)
"""Time zones in which days differ most."""


def time_zones() -> st.SearchStrategy[str]:
    """Names of time zones; UTC is the simplest."""
    return st.sampled_from(TIME_ZONES)


def instants() -> st.SearchStrategy[datetime]:
    """When orders were placed: few, so that some were placed together."""
    return st.integers(0, 3).map(lambda days: START - timedelta(days=days))


def changes_of_the_clock() -> st.SearchStrategy[Change]:
    """A change of the clocks, of each kind that there is."""
    return st.sampled_from(CHANGES)


def instants_around(
    change: Change, *, most: timedelta = timedelta(hours=26)
) -> st.SearchStrategy[datetime]:
    """Instants before and after a change of the clocks: the change itself, its eves, and between.

    In the time zone of the change, so that hours that come twice are among them.
    """
    zone = ZoneInfo(change.time_zone)
    minutes = int(most.total_seconds() // 60)
    edges = st.sampled_from((0, -1, 1, 60, -60, 59, -59, 61, -61, 24 * 60, -24 * 60))
    apart = edges | st.integers(-minutes, minutes)
    return apart.map(lambda n: (change.at + timedelta(minutes=n)).astimezone(zone))


def instants_around_changes() -> st.SearchStrategy[datetime]:
    """Instants around any change of the clocks, each in its time zone."""
    return changes_of_the_clock().flatmap(instants_around)
