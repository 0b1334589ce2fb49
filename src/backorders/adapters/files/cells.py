"""What stands in a cell, as a value; each refusal says what was found and what it must be."""

import enum
import re
from datetime import date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backorders.adapters import csv_cells
from backorders.domain import values
from backorders.domain.days import start_of_day
from backorders.domain.errors import InvalidValue
from backorders.domain.values import Sku

_E = TypeVar("_E", bound=enum.Enum)

_WHOLE: Final = re.compile(r"([+\-\u2212]?[0-9]{1,20})(?:\.00?)?")
"""A whole number; programs that know decimals alone write 6.0."""
_DAY_OR_MONTH_FIRST: Final = re.compile(
    r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})"
    r"(?:,?[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?"
)
_OFFSET: Final = re.compile(r"\s+(?:(?=[+-]\d)|(?:UTC|GMT)$)")
_NOON: Final = 12


class Dates(enum.Enum):
    """How a file writes its dates."""

    ISO = "iso"
    """2026-11-29, alone or with a time."""
    DAY_FIRST = "dmy"
    """29/11/2026, 29.11.2026."""
    MONTH_FIRST = "mdy"
    """11/29/2026."""


def text(cell: str) -> str:
    """Return what a cell says, without what protects it from being taken for a formula.

    An apostrophe that protects nothing belongs to the text.

    >>> text("'=1+1"), text("'tis")
    ('=1+1', "'tis")
    """
    if "'" not in cell:
        return cell
    bare = csv_cells.original(cell)
    return bare if csv_cells.cell(bare) == cell else cell


def protected(cell: str) -> str:
    """Return a cell as it can be shown in a spreadsheet, which does not run it.

    >>> protected("=1+1"), protected("'=1+1"), protected("-5")
    ("'=1+1", "'=1+1", '-5')
    """
    return cell if _WHOLE.fullmatch(cell) else csv_cells.cell(text(cell))


def name(cell: str) -> str:
    """Return an id or SKU, without the blanks around it that other programs leave."""
    return text(cell.strip()).strip()


def sku(cell: str) -> Sku:
    """Return a SKU."""
    return values.sku(name(cell))


def number(field: str, cell: str) -> int:
    """Return a whole number.

    >>> number("quantity", "6.0")
    6
    """
    found = _WHOLE.fullmatch(text(cell).strip())
    if found is None:
        raise InvalidValue(field, f"must be a whole number, not {_shown(cell)}")
    return int(found[1].replace("\u2212", "-"))


def choice(field: str, cell: str, kind: type[_E]) -> _E:
    """Return the member of an enum that a cell names, in any case.

    >>> choice("dates", "ISO", Dates)
    <Dates.ISO: 'iso'>
    """
    wanted = re.sub(r"[\s\-]+", "_", cell.strip()).lower()
    for member in kind:
        if member.value == wanted:
            return member
    named = " or ".join(str(member.value) for member in kind)
    raise InvalidValue(field, f"must be {named}, not {_shown(cell)}")


def instant(field: str, cell: str, *, zone: str, dates: Dates = Dates.ISO) -> datetime:
    """Return an instant; without an offset it is meant in the time zone, and a day at its start.

    >>> instant("placed_at", "2026-03-02 09:00", zone="Europe/Paris").isoformat()
    '2026-03-02T09:00:00+01:00'
    >>> instant("placed_at", "12/1/2010 8:26", zone="UTC", dates=Dates.MONTH_FIRST).isoformat()
    '2010-12-01T08:26:00+00:00'
    """
    given = text(cell).strip()
    try:
        if dates is not Dates.ISO and (parts := _DAY_OR_MONTH_FIRST.fullmatch(given)):
            found = _from_parts(parts, dates)
            is_day = parts[4] is None
        else:
            found = datetime.fromisoformat(_OFFSET.sub(_offset, given))
            is_day = ":" not in given and "T" not in given
    except ValueError:
        raise InvalidValue(field, _no_date(cell, given, dates)) from None
    if found.tzinfo is not None:
        return found
    return start_of_day(found.date(), zone) if is_day else found.replace(tzinfo=ZoneInfo(zone))


def day(field: str, cell: str, *, zone: str, dates: Dates = Dates.ISO) -> date:
    """Return a day; of an instant, the one on which it falls where the seller is.

    >>> day("expected_on", "24.12.2026", zone="UTC", dates=Dates.DAY_FIRST)
    datetime.date(2026, 12, 24)
    """
    found = instant(field, cell, zone=zone, dates=dates)
    return found.astimezone(ZoneInfo(zone)).date()


def _offset(found: re.Match[str]) -> str:
    return "+00:00" if found[0].strip() else ""


def _from_parts(parts: re.Match[str], dates: Dates) -> datetime:
    first, second, year = int(parts[1]), int(parts[2]), int(parts[3])
    month, day_of_month = (second, first) if dates is Dates.DAY_FIRST else (first, second)
    hour, minute, seconds = (int(part or 0) for part in parts.group(4, 5, 6))
    if parts[7]:
        if not 1 <= hour <= _NOON:
            raise ValueError
        hour = hour % _NOON + (_NOON if parts[7].lower() == "pm" else 0)
    return datetime(year, month, day_of_month, hour, minute, seconds)  # noqa: DTZ001 - local


def _no_date(cell: str, given: str, dates: Dates) -> str:
    if dates is Dates.ISO and _DAY_OR_MONTH_FIRST.fullmatch(given):
        return (
            f"is {_shown(cell)}, where day and month cannot be told apart: "
            "say --dates day-first or --dates month-first"
        )
    example = {
        Dates.ISO: "2026-11-29 09:30",
        Dates.DAY_FIRST: "29/11/2026 09:30",
        Dates.MONTH_FIRST: "11/29/2026 09:30",
    }[dates]
    return f"must be a date like {example}, not {_shown(cell)}"


def _shown(cell: str) -> str:
    longest = 40
    return repr(cell if len(cell) <= longest else f"{cell[:longest]}…")
