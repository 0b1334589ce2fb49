"""PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from sqlalchemy import URL, ColumnElement, Connection, Engine, literal, select, text, tuple_
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.engines.engine import Columns, KeyLocks, Parameters, Place
from backorders.adapters.sql.engines.standard import Standard, after_start, of_line
from backorders.adapters.sql.rows import Row, to_json
from backorders.domain.errors import BackordersError, LostRace, StoreUnusable

_MANY: Final = 2**31 - 1
_KEY: Final = "hashtextextended(sku, seller_no)"
_TYPES: Final = {"long text": "text"}


class Postgresql(Standard):
    """PostgreSQL."""

    has_row_level_security = True
    locks_whole: Final = False
    writes_together: Final = True
    # A row that is locked together can be kept from whoever wants it alone for ever; these wait in
    # line. Two SKUs with one number wait for each other without need, and that is all.
    key_locks: Final = KeyLocks(
        alone=f"pg_advisory_xact_lock({_KEY})",
        together=f"pg_advisory_xact_lock_shared({_KEY})",
        at_once=f"pg_try_advisory_xact_lock({_KEY})",
        sees_what_it_waited_for="current_setting('transaction_isolation') = 'read committed'",
    )

    def with_driver(self, url: URL, *, awaited: bool) -> URL:
        del awaited
        return url

    def options(self, url: URL) -> dict[str, object]:
        del url
        return {}

    def prepare(self, engine: Engine, synchronous: str) -> None:
        # As it comes, it is all of this.
        del engine, synchronous

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        # A reader sees one moment. A writer, after it has waited for a lock, sees the latest; were
        # the host's default stricter, it would be refused, and repeated.
        if read_only:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def join(self, connection: Connection) -> None:
        # Its driver begins with the first statement.
        del connection

    def alone(self, connection: Connection) -> AbstractContextManager[None]:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7242150191)")
        return nullcontext()

    def by_code_point(self, column: str) -> str:
        # What JSON is turned into has the collation of the database.
        return f'{column} COLLATE "C"'

    def among(self, column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
        # An array is looked for in the index, whatever the statistics; a query might be joined.
        ids = f"ARRAY(SELECT jsonb_array_elements_text(CAST(:{name} AS jsonb)))"
        return column.op("=", is_comparison=True)(text(f"ANY ({ids})"))

    def among_too(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        # Before it has counted a table's rows it takes them for few, and would look up the order of
        # every line that the seller has.
        return self.among(column)

    def source(self, columns: Columns, name: str = "rows") -> str:
        picked = ", ".join(
            f"CAST(value ->> {place} AS {_TYPES.get(kind, kind)}) AS {column}"
            for place, (column, kind) in enumerate(columns)
        )
        # It takes them for a hundred, and would join a hundred by reading the whole of a table of
        # some thousand rows. With a limit that it cannot know, it takes them for ten.
        every = f"LIMIT (SELECT {_MANY})"
        return f"(SELECT {picked} FROM jsonb_array_elements(CAST(:{name} AS jsonb)) {every})"

    def delete(self, table: str, given: str, same: str) -> str:
        return f"DELETE FROM {table} USING {given} AS given WHERE {same}"

    def first_of_each(
        self, lines: str, flag: str, starts: Columns, order: Sequence[str], starts_at_once: int
    ) -> str:
        del starts_at_once
        return (
            f"{self.source(starts)} AS start CROSS JOIN LATERAL "
            f"(SELECT line.* FROM {lines} AS line WHERE {after_start(flag, starts)} "
            f"ORDER BY {of_line(order)} LIMIT :limit) AS found"
        )

    def beyond(self, place: Place, than: Row, *, descending: bool = False) -> ColumnElement[bool]:
        # By its statistics of the first column alone, it would take what lies beyond for nothing,
        # and sort the whole table to find the first of it. What a query returns, it cannot guess.
        there = tuple_(*(select(literal(value)).scalar_subquery() for value in than))
        return tuple_(*place) < there if descending else tuple_(*place) > there

    def starts(self, rows: Sequence[Row]) -> Iterator[tuple[int, Parameters]]:
        yield 0, {"rows": to_json(rows)}

    def understood(self, error: DBAPIError) -> BackordersError | None:
        state = getattr(error.orig, "sqlstate", None) or ""
        if state in ("40001", "40P01", "55P03"):
            return LostRace("another transaction was faster")
        if state == "57014":
            return StoreUnusable("a statement took longer than the database allows: try again")
        if state == "23505":
            return LostRace("the id has been taken meanwhile")
        if state == "23503":
            # Orders and their lines are written together, so this comes before their version.
            return LostRace("what belongs to this has been changed meanwhile")
        if state.startswith("23"):
            return None
        return StoreUnusable(f"PostgreSQL refused: {error.orig}")
