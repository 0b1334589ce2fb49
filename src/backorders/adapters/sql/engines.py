"""What differs between database engines, in one place: everything else is the same SQL.

A set of rows goes in as one statement whose text does not depend on how many they are: as one JSON
document on SQLite, as one array for each column on PostgreSQL.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.rows import Row, Value
from backorders.domain.errors import BackordersError, LostRace, StoreUnusable

Parameters = dict[str, Value | Sequence[Value]]
"""What is sent with a statement."""


class Engine(Protocol):
    """What the store needs to know of a database engine."""

    @property
    def locks_whole(self) -> bool:
        """Whether a writer has the whole database to itself, so that no SKU need be locked."""
        ...

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        """Begin the transaction that the connection is to run."""
        ...

    def join(self, connection: Connection) -> None:
        """Make sure that a host's connection is in a transaction that is its own to end."""
        ...

    def source(self, columns: Sequence[tuple[str, str]], name: str = "rows") -> str:
        """Return the SQL that turns parameters back into rows: a table expression without alias.

        `columns` are (name, kind), the kind being text, bigint or boolean. `name` tells apart the
        parameters of several sources in one statement.
        """
        ...

    def parameters(self, rows: Sequence[Row], name: str = "rows") -> Parameters:
        """Return the parameters that `source` turns back into these rows; there is at least one."""
        ...

    def first_of_each(self, starts: str, lines: str, condition: str, order: str) -> str:
        """Return the SQL for the first `:limit` rows of `lines` that meet a condition, per start.

        In it, a start is called `start`, a row of `lines` is called `line`.
        """
        ...

    def delete(self, table: str, given: str, same: str) -> str:
        """Return the SQL that deletes the rows of a table that have the keys of a given row."""
        ...

    def understood(self, error: DBAPIError) -> BackordersError | None:
        """Return what an engine's error means to the library, or `None` when it is a bug."""
        ...


class Sqlite:
    """SQLite, which has one writer at a time."""

    locks_whole: Final = True

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        # A transaction that only later turns to writing can be refused for what others wrote.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    def join(self, connection: Connection) -> None:
        # Without this, Python's driver begins at the first write: a savepoint before it would be
        # the transaction, and releasing it a commit.
        if not getattr(connection.connection.dbapi_connection, "in_transaction", True):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def source(self, columns: Sequence[tuple[str, str]], name: str = "rows") -> str:
        picked = ", ".join(
            f"json_extract(value, '$[{place}]') AS {column}"
            for place, (column, _) in enumerate(columns)
        )
        return f"(SELECT {picked} FROM json_each(:{name}))"

    def parameters(self, rows: Sequence[Row], name: str = "rows") -> Parameters:
        return {name: msgspec.json.encode(rows).decode()}

    def first_of_each(self, starts: str, lines: str, condition: str, order: str) -> str:
        # There is no LATERAL: the row ids found for each start lead to the rows.
        return (
            f"{starts} AS start CROSS JOIN {lines} AS found ON found.rowid IN "
            f"(SELECT line.rowid FROM {lines} AS line "
            f"WHERE {condition} ORDER BY {order} LIMIT :limit)"
        )

    def delete(self, table: str, given: str, same: str) -> str:
        # Keys of several columns in a list would be looked for by the first of them alone.
        found = f"SELECT {table}.rowid FROM {given} CROSS JOIN {table} ON {same}"
        return f"DELETE FROM {table} WHERE rowid IN ({found})"

    def understood(self, error: DBAPIError) -> BackordersError | None:
        name = getattr(error.orig, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return LostRace("another process kept the database locked for too long")
        if name in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
            return LostRace("the id has been taken meanwhile")
        if name.startswith("SQLITE_CONSTRAINT"):
            return None
        return StoreUnusable(f"SQLite refused: {error.orig}")


class Postgresql:
    """PostgreSQL."""

    locks_whole: Final = False

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        # A reader sees one moment. A writer, after it has waited for a lock, sees the latest; were
        # the host's default stricter, it would be refused, and repeated.
        if read_only:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def join(self, connection: Connection) -> None:
        # Its driver begins with the first statement.
        del connection

    def source(self, columns: Sequence[tuple[str, str]], name: str = "rows") -> str:
        arrays = ", ".join(
            f"CAST(:{name}_{place} AS {kind}[])" for place, (_, kind) in enumerate(columns)
        )
        picked = ", ".join(column for column, _ in columns)
        return f"(SELECT * FROM unnest({arrays}) AS given({picked}))"

    def parameters(self, rows: Sequence[Row], name: str = "rows") -> Parameters:
        return {
            f"{name}_{place}": list(values) for place, values in enumerate(zip(*rows, strict=True))
        }

    def first_of_each(self, starts: str, lines: str, condition: str, order: str) -> str:
        return (
            f"{starts} AS start CROSS JOIN LATERAL "
            f"(SELECT line.* FROM {lines} AS line WHERE {condition} ORDER BY {order} LIMIT :limit) "
            "AS found"
        )

    def delete(self, table: str, given: str, same: str) -> str:
        return f"DELETE FROM {table} USING {given} WHERE {same}"

    def understood(self, error: DBAPIError) -> BackordersError | None:
        state = getattr(error.orig, "sqlstate", None) or ""
        if state in ("40001", "40P01", "55P03"):
            return LostRace("another transaction was faster")
        if state == "57014":
            return StoreUnusable("a statement took longer than the database allows: try again")
        if state == "23505":
            return LostRace("the id has been taken meanwhile")
        if state.startswith("23"):
            return None
        return StoreUnusable(f"PostgreSQL refused: {error.orig}")


def engine_for(dialect: str) -> Engine:
    """Return the engine of a dialect's name, or raise `StoreUnusable`."""
    engines: dict[str, type[Engine]] = {"sqlite": Sqlite, "postgresql": Postgresql}
    if dialect in engines:
        return engines[dialect]()
    raise StoreUnusable(f"no support for {dialect!r}: use SQLite or PostgreSQL")
