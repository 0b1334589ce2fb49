"""CSV that a spreadsheet shows as it is: no cell of it is taken for a formula.

Text that a spreadsheet might run gets an apostrophe in front, the spreadsheets' own sign for "this
is text". What begins with an apostrophe already gets one more, so that `original` can always tell
what was there before.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_UNSEEN = r"[\s\x00-\x1f\x7f\xad\u200b-\u200f\u2060-\u2064\ufeff]*"
"""What a spreadsheet may skip on its way to a formula: blanks, and marks that show nothing."""

_START = r"(^|[;\t\r\n])"
"""Where a cell may start: programs set to a country with decimal commas also split at `;`."""

# Half and full width; `|` and `%` begin nothing by themselves, but do behind one of these.
_RISKY = re.compile(rf"{_START}(?='|{_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\t\r])")
_ESCAPED = re.compile(rf"{_START}'")


def cell(text: str) -> str:
    """Return `text` as it may stand in a cell: itself, unless it looks like a formula.

    >>> cell("TEA"), cell("=1+1"), cell("'tis")
    ('TEA', "'=1+1", "''tis")
    """
    return _RISKY.sub(r"\1'", text)


def original(cell: str) -> str:
    """Return the text that `cell` was made of.

    >>> original("'=1+1"), original("''tis"), original("TEA")
    ('=1+1', "'tis", 'TEA')
    """
    return _ESCAPED.sub(r"\1", cell)


def table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    r"""Return a CSV document as in RFC 4180: commas, quotes where needed, lines that end in CR LF.

    >>> table(["sku", "short"], [["-A", 2]])
    "sku,short\r\n'-A,2\r\n"
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return written.getvalue()
