"""How what a command has found is laid out for people."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as people read it, in the seller's time zone.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 7, 2, 9, tzinfo=UTC), ZoneInfo("Europe/London"))
    '2026-07-02 10:00'
    """
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def in_words(units: Mapping[str, int]) -> str:
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
