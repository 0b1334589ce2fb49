"""Gzipped CSV files with a header line, read row by row."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from backorders.adapters.cli.errors import CommandRefused

Row: TypeAlias = Mapping[str, str]
"""Column → text."""


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file; at no time are all of them in memory."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except FileNotFoundError:
        raise CommandRefused(f"there is no file {path}", "name the folder with the data") from None
    except (EOFError, OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandRefused(f"{path} cannot be read: {error}", "get the file again") from error
