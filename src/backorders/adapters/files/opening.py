"""From a file's name to its text: packed or not, with or without a mark at its start."""

import codecs
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import attrs

from backorders.adapters.files.errors import FileRefused

STDIN: Final = "-"
"""The name by which what is piped in is read."""

_HEAD = 4096
"""Bytes from which it is told what kind of file this is."""
_AS_CSV = "save it as “CSV UTF-8”"
_NO_TEXT = {
    b"PK\x03\x04": "is a spreadsheet or a ZIP archive, no CSV",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet, no CSV",
    b"%PDF": "is a PDF, no CSV",
}
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


@attrs.frozen
class OpenFile:
    """A file being read."""

    name: str
    """As it is shown."""
    text: IO[str]
    """Lines with their ends, as they stand in the file; bytes that are not UTF-8 as surrogates."""
    size: int | None
    """Bytes that it has on disk, if that is known."""
    position: Callable[[], int]
    """How many of them have been read."""


@contextmanager
def opened(file: str, *, encoding: str | None = None) -> Iterator[OpenFile]:
    """Give the text of a file, or of what is piped in; raises `FileRefused` for what is no text.

    A gzipped file is unpacked as it is read. Without `encoding` it is UTF-8.
    """
    name = "what is piped in" if file == STDIN else Path(file).name
    with _raw(file, name) as raw:
        size = os.fstat(raw.fileno()).st_size if file != STDIN else None
        counted = _Counted(raw)
        binary = io.BufferedReader(counted)
        if binary.peek(2)[:2] == b"\x1f\x8b":
            # mypy's stubs ask for more than gzip does: it reads, and nothing else.
            binary = io.BufferedReader(gzip.GzipFile(fileobj=binary))  # type: ignore[arg-type]
        try:
            head = binary.peek(_HEAD)[:_HEAD]
        except (OSError, EOFError, zlib.error) as error:
            raise FileRefused(name, f"cannot be read: {error}", "get it again") from error
        _must_be_text(name, head, encoding)
        try:
            text = io.TextIOWrapper(
                binary,
                encoding or "utf-8-sig",
                errors="strict" if encoding else "surrogateescape",
                newline="",
            )
        except LookupError:
            raise FileRefused(
                name, f"cannot be read as {encoding!r}", "name an encoding such as cp1252"
            ) from None
        yield OpenFile(name, text, size, lambda: counted.taken)


@contextmanager
def _raw(file: str, name: str) -> Iterator[IO[bytes]]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    try:
        raw = Path(file).open("rb")  # noqa: SIM115 - closed below, whatever happens meanwhile
    except FileNotFoundError:
        raise FileRefused(file, "is not there", "check its name and folder") from None
    except OSError as error:
        problem = f"cannot be opened: {error.strerror or error}"
        raise FileRefused(name, problem, "name a file that you may read") from error
    with raw:
        yield raw


class _Counted(io.RawIOBase):
    """Bytes that pass through, counted."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        # ignore: the stubs say Buffer, a name that Python 3.11 does not have.
        read = self._source.read(len(buffer))
        buffer[: len(read)] = read
        self.taken += len(read)
        return len(read)


def _must_be_text(name: str, head: bytes, encoding: str | None) -> None:
    if not head:
        raise FileRefused(name, "is empty", "check that it was saved")
    for start, problem in _NO_TEXT.items():
        if head.startswith(start):
            raise FileRefused(name, problem, _AS_CSV)
    if encoding is not None:
        return
    for mark, found in _MARKS.items():
        if head.startswith(mark):
            raise FileRefused(
                name, f"is {found}, not UTF-8", f"{_AS_CSV}, or say --encoding {found.lower()}"
            )
    # Every other byte of English text in UTF-16 is one.
    if head.count(0) > len(head) // 4:
        raise FileRefused(name, "is full of NUL bytes: UTF-16, or no text at all", _AS_CSV)
