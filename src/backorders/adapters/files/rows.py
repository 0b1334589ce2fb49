"""Rows of a CSV file with the lines that they stand on; a damaged one is told, and passed over."""

import csv
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Final, NamedTuple

from backorders.adapters.files.errors import FileRefused
from backorders.adapters.files.opening import OpenFile

_LONGEST_LINE: Final = 1_000_000
"""Characters of a line: without a bound, a file without line ends would be read into memory."""
_SEPARATORS: Final = ",;\t|"
_SEP_LINE: Final = re.compile(r'"?sep=([,;\t|])"?\r?\n?', re.IGNORECASE)
"""What Excel writes into the first line, and takes for no row."""


class Row(NamedTuple):
    """A row as it stands in the file."""

    line: int
    """The line on which it begins, from 1; the header is one too."""
    cells: Sequence[str]
    """Its cells; none when it cannot be told where they end."""
    problem: str = ""
    """What is wrong with the row as a row."""


class Table(NamedTuple):
    """The header of a file, and its rows, to be read once."""

    header: Sequence[str]
    rows: Iterator[Row]


def table(file: OpenFile, *, separator: str | None = None) -> Table:
    """Return the header and the rows; raises `FileRefused` for a file that has no header.

    The separator is told from the header: a comma, a semicolon, a tab or a bar. Rows of which
    every cell is empty are none.
    """
    lines = _Lines(file)
    first = next(lines, "")
    named = _SEP_LINE.fullmatch(first)
    if named is not None:
        separator = separator or named[1]
        first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    lines.give_back(first)
    reader = csv.reader(lines, delimiter=separator or _separator_of(first), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise FileRefused(file.name, f"has a header that ends nowhere: {error}", _MEND) from error
    if not any(header):
        raise FileRefused(file.name, "has no header line", "name the columns in the first line")
    return Table(header, _rows(reader, lines, len(header)))


_MEND = "check its quotes"


def _separator_of(header: str) -> str:
    """Return what the header is divided by: what stands in it most often, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


def _rows(reader: Iterator[list[str]], lines: "_Lines", width: int) -> Iterator[Row]:
    while True:
        start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(start, (), _unreadable(error, start, lines.number))
            continue
        if not any(cells):
            continue
        row = Row(start, cells, _damage(cells, width))
        yield row if len(cells) <= width else row._replace(cells=cells[:width])


def _damage(cells: Sequence[str], width: int) -> str:
    """Return what is wrong with a row that could be divided into cells."""
    if len(cells) < width or any(cells[width:]):
        return f"has {len(cells)} cells, and the header {width}"
    together = "".join(cells)
    if "\0" in together:
        return "has a NUL character: the file is damaged"
    if not together.isascii():
        try:
            together.encode()
        except UnicodeEncodeError as error:
            byte = ord(together[error.start]) - 0xDC00
            return (
                f"is not UTF-8 (byte 0x{byte:02X}): save the file as “CSV UTF-8”, or say its "
                "encoding, such as --encoding cp1252"
            )
    return ""


def _unreadable(error: csv.Error, start: int, end: int) -> str:
    where = f" (lines {start} to {end} were read as one cell)" if end > start else ""
    if "unexpected end" in str(error):
        return f"opens a quote that is never closed{where}"
    if "field larger" in str(error):
        return f"opens a quote that is not closed for a very long way{where}"
    return f"has a quote in the middle of a cell{where}"


class _Lines:
    """The lines of a file, counted."""

    def __init__(self, file: OpenFile) -> None:
        self._name = file.name
        self._text: IO[str] = file.text
        self._given_back = ""
        self.number = 0
        """How many lines have been read."""

    def give_back(self, line: str) -> None:
        """Let a line be read once more."""
        self._given_back = line
        self.number -= bool(line)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line, self._given_back = self._given_back or self._read(), ""
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def _read(self) -> str:
        try:
            line = self._text.readline(_LONGEST_LINE)
        except UnicodeDecodeError as error:
            problem = f"is not {error.encoding} from line {self.number + 1} on"
            raise FileRefused(self._name, problem, "name its encoding with --encoding") from error
        except (OSError, EOFError, zlib.error) as error:
            problem = f"cannot be read beyond line {self.number}: {error}"
            raise FileRefused(self._name, problem, "get the file again") from error
        if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            problem = f"has a line of more than {_LONGEST_LINE:,} characters (line "
            raise FileRefused(self._name, f"{problem}{self.number + 1})", "is it a CSV file?")
        return line
