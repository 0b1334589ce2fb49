"""Writing a file so that it is there whole, or as it was before."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Final

from backorders.adapters.files.errors import FileRefused
from backorders.adapters.files.opening import STDIN

STDOUT: Final = STDIN
"""The name by which is written to where the command prints."""


@contextmanager
def written(file: str) -> Iterator[IO[str]]:
    """Give a text file that takes the place of the one named when it has been written to its end.

    What is no file, such as a pipe, is written to as it is.
    """
    if file == STDOUT:
        if isinstance(sys.stdout, TextIOWrapper):
            # Whatever the terminal speaks: a file is made of this, or another program reads it.
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    with _place(file) as place, place.open("w", encoding="utf-8", newline="") as text:
        yield text


def write_bytes(file: str, content: bytes) -> None:
    """Put a file in the place of the one named."""
    with _place(file) as place:
        place.write_bytes(content)


@contextmanager
def _place(file: str) -> Iterator[Path]:
    """Give where to write what is then put into the place of a file."""
    try:
        path = Path(file).resolve()
        if path.exists() and not path.is_file():
            yield path
            return
        new = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
        try:
            yield new
            new.replace(path)
        finally:
            with suppress(FileNotFoundError):
                new.unlink()
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise FileRefused(file, problem, "name another file, or make room") from error
