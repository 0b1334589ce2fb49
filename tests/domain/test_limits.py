"""The limits that the library has are those that its reference tells."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from backorders.domain import limits

_PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "limits.md"
_ROW: Final = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<limit>[^|]+) \|", re.MULTILINE)
_FIGURE: Final = re.compile(r"−?[\d,]*\d")
_LENGTHS: Final = re.compile(r"[\d,]+ (minute|hour|days of order delay)")


def _told() -> Iterator[tuple[str, object]]:
    """Yield what each row of the page says: a number, the two ends of a range, or a length."""
    for row in _ROW.finditer(_PAGE.read_text("utf-8")):
        limit = row["limit"]
        figures = [int(n.replace(",", "").replace("−", "-")) for n in _FIGURE.findall(limit)]
        unit = _LENGTHS.match(limit)
        if unit is not None:
            yield row["name"], timedelta(**{f"{unit[1].split()[0].rstrip('s')}s": figures[0]})
        else:
            yield row["name"], figures[0] if len(figures) == 1 else tuple(figures)


def test_every_limit_is_in_the_reference_as_it_is() -> None:
    """A limit that is found out by an error is found out too late."""
    there = {name: limit for name, limit in vars(limits).items() if name.isupper()}
    there["PRIORITY"] = (-limits.PRIORITY - 1, limits.PRIORITY)
    assert dict(_told()) == there
