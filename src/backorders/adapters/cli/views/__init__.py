"""How what a command has found is laid out for people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from backorders.adapters.cli.screen import Screen

_Sku = TypeVar("_Sku", bound=str)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as people read it, in the seller's time zone.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 7, 2, 9, tzinfo=UTC), ZoneInfo("Europe/London"))
    '2026-07-02 10:00'
    """
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def in_words(units: Mapping[_Sku, int]) -> str:
    """Return units as people read them.

    >>> in_words({"TEA": 3, "CUP": 1})
    '3 × TEA, 1 × CUP'
    """
    return ", ".join(f"{count:,} × {sku}" for sku, count in units.items())


def word(value: str) -> str:
    """Return a word of the library as people write it.

    >>> word("on_back_order")
    'on back order'
    """
    return value.replace("_", " ")


def how_long(length: timedelta) -> str:
    """Return a length of time in the unit that suits it.

    >>> how_long(timedelta(days=3, hours=4)), how_long(timedelta(hours=5)), how_long(timedelta())
    ('3 days', '5 hours', '0 minutes')
    """
    if length.days:
        count, unit = length.days, "day"
    elif length >= _HOUR:
        count, unit = length // _HOUR, "hour"
    else:
        count, unit = length // _MINUTE, "minute"
    return f"{count:,} {unit}" if count == 1 else f"{count:,} {unit}s"


def go_on(screen: Screen, after: str | None) -> None:
    """Say how to see what comes after."""
    if after is not None:
        screen.line(f"There are more: --after {after}", "dim")
