"""What a user types for units and instants, as values."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from backorders.adapters.cli.errors import WrongUsage


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


def _pair(typed: str) -> tuple[str, int]:
    sku, _, number = typed.rpartition("=")
    try:
        return sku, int(number)
    except ValueError:
        raise WrongUsage(f"{typed!r} does not say how many", "say SKU=NUMBER") from None
