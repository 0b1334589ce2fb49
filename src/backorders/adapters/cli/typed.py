"""What a user types for units, instants and lengths of time, as values."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backorders.adapters.cli.errors import WrongUsage

_LENGTH = re.compile(r"(\d{1,9})([wdhm]?)")
_UNITS = {"w": "weeks", "d": "days", "": "days", "h": "hours", "m": "minutes"}


def pairs(typed: Sequence[str]) -> list[tuple[str, int]]:
    """Return (SKU, number) for each SKU=NUMBER; what stands before the last = is the SKU.

    >>> pairs(["TEA=3", "a=b=2"])
    [('TEA', 3), ('a=b', 2)]
    """
    return [_pair(each) for each in typed]


def units(typed: Sequence[str]) -> dict[str, int]:
    """Return SKU → number of what names each SKU once."""
    found: dict[str, int] = {}
    for sku, number in pairs(typed):
        if sku in found:
            raise WrongUsage(f"{sku} is named twice", "name each SKU once")
        found[sku] = number
    return found


def instant(typed: str, zone: ZoneInfo) -> datetime:
    """Return an ISO 8601 instant; without an offset it is meant in the seller's time zone.

    >>> instant("2026-03-02T09:00", ZoneInfo("Europe/London")).isoformat()
    '2026-03-02T09:00:00+00:00'
    """
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise WrongUsage(f"{typed!r} is no date and time", "say 2026-03-02T09:00") from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def length(typed: str) -> timedelta:
    """Return a length of time: so many weeks, days, hours or minutes; a number alone is days.

    >>> length("3d"), length("12h"), length("2") == length("48h")
    (datetime.timedelta(days=3), datetime.timedelta(seconds=43200), True)
    """
    found = _LENGTH.fullmatch(typed)
    if found is not None:
        try:
            return timedelta(**{_UNITS[found[2]]: int(found[1])})
        except OverflowError:
            pass
    raise WrongUsage(f"{typed!r} is no length of time", "say 3d, 12h, 30m or 2w")


def _pair(typed: str) -> tuple[str, int]:
    sku, _, number = typed.rpartition("=")
    if re.fullmatch(r"[+-]?[0-9]{1,20}", number):
        return sku, int(number)
    raise WrongUsage(f"{typed!r} does not say how many", "say SKU=NUMBER")
