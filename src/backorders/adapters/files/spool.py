"""The rows of a file, kept on disk while it is checked; those of one document come together.

Nothing of a file is judged, and nothing stored, before all of it has been read. What was checked is
what is taken, even if the file itself is changed meanwhile.
"""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from backorders.adapters.files.errors import FileRefused

_AT_ONCE: Final = 2_000
"""Rows that are written together."""


class Line(NamedTuple):
    """A row of a document: its cells, one for each field of its kind, as they stand in the file."""

    line: int
    cells: Sequence[str]


class Problem(NamedTuple):
    """What is wrong with a row."""

    line: int
    problem: str


class Spool:
    """What has been read of a file, and what is wrong with it."""

    def __init__(self, name: str, connection: sqlite3.Connection, fields: Sequence[str]) -> None:
        self._name = name
        self._connection = connection
        self._fields = tuple(fields)
        self._rows: list[tuple[int | str, ...]] = []
        self._last: tuple[str, int] | None = None
        cells = ", ".join(f"c{place} TEXT NOT NULL" for place in range(len(fields)))
        self._cells = ", ".join(f"c{place}" for place in range(len(fields)))
        self._connection.executescript(
            f"""
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            CREATE TABLE documents (
                number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, line INTEGER NOT NULL,
                is_bad INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 0,
                placed_at TEXT
            );
            CREATE TABLE rows (
                document INTEGER NOT NULL, line INTEGER NOT NULL, {cells},
                PRIMARY KEY (document, line)
            ) WITHOUT ROWID;
            CREATE TABLE problems (
                line INTEGER NOT NULL, document INTEGER, problem TEXT NOT NULL,
                is_refusal INTEGER NOT NULL
            );
            CREATE INDEX problem_lines ON problems (line);
            """
        )
        self._connection.execute("BEGIN")

    def add(self, key: str, line: int, cells: Sequence[str]) -> int:
        """Keep a row of a document; return the number of the document."""
        if self._last is None or self._last[0] != key:
            self._last = key, self._document(key, line)
        document = self._last[1]
        self._rows.append((document, line, *cells))
        if len(self._rows) >= _AT_ONCE:
            self._write()
        return document

    def _document(self, key: str, line: int) -> int:
        with _room(self._name):
            found = self._connection.execute("SELECT number FROM documents WHERE key = ?", (key,))
            for (number,) in found:
                return int(number)
            written = self._connection.execute(
                "INSERT INTO documents (key, line) VALUES (?, ?)", (key, line)
            )
        return written.lastrowid or 0

    def _write(self) -> None:
        marks = ", ".join("?" * (len(self._fields) + 2))
        with _room(self._name):
            self._connection.executemany(f"INSERT INTO rows VALUES ({marks})", self._rows)
        self._rows.clear()

    def note(self, line: int, problem: str, document: int | None, *, refusal: bool = False) -> None:
        """Keep what is wrong with a row; its document is then bad as a whole.

        A `refusal` is the store's: it can be otherwise when the file is tried again.
        """
        with _room(self._name):
            self._connection.execute(
                "INSERT INTO problems VALUES (?, ?, ?, ?)", (line, document, problem, refusal)
            )
        if document is not None and not refusal:
            self.spoil(document)

    def spoil(self, document: int) -> None:
        """Let a document be bad, though none of its own rows may be."""
        with _room(self._name):
            self._connection.execute(
                "UPDATE documents SET is_bad = 1 WHERE number = ?", (document,)
            )

    def forget_refusals(self) -> None:
        """Let the store judge anew."""
        self._connection.execute("DELETE FROM problems WHERE is_refusal")

    def rank(self, document: int, priority: int, placed_at: str | None) -> None:
        """Keep by what documents are put in order."""
        with _room(self._name):
            self._connection.execute(
                "UPDATE documents SET priority = ?, placed_at = ? WHERE number = ?",
                (priority, placed_at, document),
            )

    def repeated(self, place: int) -> Sequence[tuple[int, int, int]]:
        """Return (document, line, line before) of rows with a cell that was there before.

        It counts where it was in the same document, or in another part of one.
        """
        self._write()
        with _room(self._name):
            return self._connection.execute(
                f"""
                SELECT document, line, first FROM (
                    SELECT document, rows.line, min(rows.line) OVER (
                        PARTITION BY ltrim(key, '0123456789'), trim(c{place})
                    ) AS first FROM rows JOIN documents ON number = document
                ) WHERE line > first AND line NOT IN (SELECT line FROM problems) ORDER BY line
                """
            ).fetchall()

    def documents(self, *, bad: bool) -> Iterator[tuple[int, str, Sequence[Line]]]:
        """Yield number and key of each document, with its rows of which nothing is known yet.

        With `bad`, all of them as they come in the file; without, those that are not, in order of
        rank: higher priority first, then those placed earlier, then as they come in the file.
        """
        self._write()
        wanted = (
            "ORDER BY number"
            if bad
            else "WHERE NOT is_bad ORDER BY priority DESC, placed_at IS NULL, placed_at, number"
        )
        with _room(self._name):
            numbers = self._connection.execute(f"SELECT number, key FROM documents {wanted}")
            for number, key in numbers:
                found = self._connection.execute(
                    f"SELECT line, {self._cells} FROM rows WHERE document = ? AND line NOT IN "
                    "(SELECT line FROM problems WHERE NOT is_refusal) ORDER BY line",
                    (number,),
                )
                rows = [Line(line, cells) for line, *cells in found]
                if rows:
                    yield number, key, rows

    def problems(self, most: int) -> Sequence[Problem]:
        """Return the first of what is wrong, by line."""
        with _room(self._name):
            found = self._connection.execute(
                "SELECT line, problem FROM problems ORDER BY line, rowid LIMIT ?", (most,)
            )
            return [Problem(*each) for each in found]

    def good_rows(self) -> int:
        """Return how many rows stand in documents that are not bad."""
        self._write()
        [[rows]] = self._connection.execute(
            "SELECT count(*) FROM rows JOIN documents ON number = document WHERE NOT is_bad"
        )
        return int(rows)

    def size(self) -> int:
        """Return how many rows there are."""
        self._write()
        [[rows]] = self._connection.execute("SELECT count(*) FROM rows")
        return int(rows)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with any row."""
        [[found]] = self._connection.execute("SELECT NOT EXISTS (SELECT 1 FROM problems)")
        return bool(found)

    def counts(self) -> tuple[int, int, int]:
        """Return how many rows there are, bad rows, and rows that are left out with them."""
        self._write()
        [[rows]] = self._connection.execute("SELECT count(*) FROM rows")
        [[bad, unreadable]] = self._connection.execute(
            "SELECT count(DISTINCT line), "
            "count(DISTINCT CASE WHEN document IS NULL THEN line END) FROM problems"
        )
        [[beside]] = self._connection.execute(f"SELECT count(*) {_BESIDE}")
        return rows + unreadable, bad, beside

    def rejects(self) -> Iterator[tuple[int, str, Sequence[str]]]:
        """Yield (line, what is wrong, cells) of all rows that are left out, by line.

        Besides bad rows, these are the good ones of a document that has bad ones.
        """
        empty = ", ".join(f"coalesce(c{place}, '')" for place in range(len(self._fields)))
        with _room(self._name):
            for line, problem, *cells in self._connection.execute(
                f"SELECT line, problem, {empty} FROM (SELECT line, document, "
                "group_concat(problem, '; ') AS problem FROM problems GROUP BY line, document) "
                "LEFT JOIN rows USING (document, line) "
                f"UNION ALL SELECT rows.line, 'stands with bad rows', {self._cells} {_BESIDE} "
                "ORDER BY line"
            ):
                yield line, problem, cells


_BESIDE = (
    "FROM rows JOIN documents ON number = document WHERE (is_bad OR document IN (SELECT document "
    "FROM problems WHERE is_refusal)) AND rows.line NOT IN (SELECT line FROM problems)"
)


@contextmanager
def spooled(name: str, fields: Sequence[str]) -> Iterator[Spool]:
    """Give a spool, whose file is gone afterwards."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="backorders-")
    except OSError as error:
        raise _no_room(name, error) from error
    with folder as place:
        connection = sqlite3.connect(Path(place) / "rows", isolation_level=None)
        try:
            with _room(name):
                spool = Spool(name, connection, fields)
            yield spool
        finally:
            connection.close()


@contextmanager
def _room(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
            raise _no_room(name, error) from error
        raise


def _no_room(name: str, error: Exception) -> FileRefused:
    problem = f"cannot be kept while it is checked ({error})"
    return FileRefused(name, problem, f"make room in {tempfile.gettempdir()}, or set TMPDIR")
