"""SQLite, which has one writer at a time."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from sqlite3 import SQLITE_BUSY, OperationalError
from time import monotonic, sleep
from typing import Final

from sqlalchemy import URL, ColumnElement, Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from backorders.adapters.sql.engines.engine import Columns, Parameters
from backorders.adapters.sql.engines.standard import Standard, after_start, of_line
from backorders.adapters.sql.rows import Row, to_json
from backorders.domain.errors import BackordersError, InvalidValue, LostRace, StoreUnusable

_PATIENCE: Final = 30.0
"""Seconds to wait for its lock, or for a free connection: longer than any one call takes."""
_PAUSE: Final = 0.01
"""Seconds between two attempts, where SQLite itself does not wait."""
_LOG_PAGES: Final = 4000
"""Pages of 4096 bytes after which the log goes into the file, four times as many as usual: what
many orders share is then written into it once, not again and again.
"""
_SYNCHRONOUS: Final = ("FULL", "NORMAL", "EXTRA", "OFF")


class Sqlite(Standard):
    """SQLite, which has one writer at a time."""

    locks_whole: Final = True
    key_locks: Final = None
    writes_together: Final = False
    takes_rows = True

    def with_driver(self, url: URL, *, awaited: bool) -> URL:
        has_usual = url.drivername in {"sqlite", "sqlite+pysqlite"}
        return url.set(drivername="sqlite+aiosqlite") if awaited and has_usual else url

    def options(self, url: URL) -> dict[str, object]:
        options: dict[str, object] = {
            "connect_args": {"timeout": _PATIENCE, "check_same_thread": False},
            "pool_timeout": _PATIENCE,
        }
        if url.database in (None, "", ":memory:"):
            # A database in memory is its connection: there is one, and whoever wants it waits.
            options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return options

    def prepare(self, engine: Engine, synchronous: str) -> None:
        if synchronous not in _SYNCHRONOUS:
            raise InvalidValue("synchronous", f"must be one of {', '.join(_SYNCHRONOUS)}")

        @event.listens_for(engine, "connect")
        def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()
            try:
                _log_ahead(cursor)
                cursor.execute(f"PRAGMA synchronous = {synchronous}")
                cursor.execute("PRAGMA foreign_keys = ON")
                cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
            finally:
                cursor.close()

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        # A transaction that only later turns to writing can be refused for what others wrote.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    def join(self, connection: Connection) -> None:
        # Without this, Python's driver begins at the first write: a savepoint before it would be
        # the transaction, and releasing it a commit.
        if not getattr(connection.connection.driver_connection, "in_transaction", True):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def alone(self, connection: Connection) -> AbstractContextManager[None]:
        # Its transaction keeps everybody else out.
        del connection
        return nullcontext()

    def among(self, column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
        return column.in_(text(f"SELECT value FROM json_each(:{name})"))

    def source(self, columns: Columns, name: str = "rows") -> str:
        picked = ", ".join(
            f"json_extract(value, '$[{place}]') AS {column}"
            for place, (column, _) in enumerate(columns)
        )
        return f"(SELECT {picked} FROM json_each(:{name}))"

    def delete(self, table: str, given: str, same: str) -> str:
        # Keys of several columns in a list would be looked for by the first of them alone.
        found = f"SELECT {table}.rowid FROM {given} AS given CROSS JOIN {table} ON {same}"
        return f"DELETE FROM {table} WHERE rowid IN ({found})"

    def first_of_each(
        self, lines: str, flag: str, starts: Columns, order: Sequence[str], starts_at_once: int
    ) -> str:
        # There is no LATERAL: the row ids found for each start lead to the rows.
        del starts_at_once
        return (
            f"{self.source(starts)} AS start CROSS JOIN {lines} AS found ON found.rowid IN "
            f"(SELECT line.rowid FROM {lines} AS line WHERE {after_start(f'{flag} = 1', starts)} "
            f"ORDER BY {of_line(order)} LIMIT :limit)"
        )

    def starts(self, rows: Sequence[Row]) -> Iterator[tuple[int, Parameters]]:
        yield 0, {"rows": to_json(rows)}

    def understood(self, error: DBAPIError) -> BackordersError | None:
        name = getattr(error.orig, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return LostRace("another process kept the database locked for too long")
        if name in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
            return LostRace("the id has been taken meanwhile")
        if name.startswith("SQLITE_CONSTRAINT"):
            return None
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            problem = f"the database file cannot be written or read ({error.orig})"
            return StoreUnusable(f"{problem}: see whether the disk is full, then repeat the call")
        return StoreUnusable(f"SQLite refused: {error.orig}")


def _log_ahead(cursor: DBAPICursor) -> None:
    """Switch on write-ahead logging, which lasts: after the first time there is nothing to do.

    When several processes open a new file at once, SQLite refuses all but one of them without
    waiting, whatever its time-out is.
    """
    until = monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_PAUSE)
        else:
            return
