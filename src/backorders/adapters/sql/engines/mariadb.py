"""MariaDB, from 10.6 on, which goes its own way in much."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import URL, ColumnElement, Connection, Engine, and_, event, or_, text, true
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from backorders.adapters.sql.engines.engine import Columns, Parameters, Place
from backorders.adapters.sql.engines.standard import of_line, portions_of
from backorders.adapters.sql.rows import Row
from backorders.domain.errors import BackordersError, LostRace, StoreUnusable

_TYPES: Final = {
    # Longer by one than any column, so that what is too long is not cut to fit, but refused.
    "text": "VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
    "long text": "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
}
_OLDEST: Final = (10, 6)
"""The first MariaDB that has JSON_TABLE."""
_STRICT: Final = frozenset({"STRICT_TRANS_TABLES", "STRICT_ALL_TABLES"})
_LOCK: Final = "backorders.migrate"
_LOCK_SECONDS: Final = 60
_PORTION: Final = 2**21
"""Bytes of JSON in a statement: escaped, a quarter of what a server takes unless told otherwise."""
_CHECKED: Final = "backorders.checked"
# Deadlock; lock wait timeout; record changed since read; a Galera node without its cluster.
_LOST_RACES: Final = frozenset({1213, 1205, 1020, 1047})
_DUPLICATE: Final = 1062
_TOOK_TOO_LONG: Final = frozenset({1969, 3024})
# NULL; out of range; too long; a wrong value; two for foreign keys; a signal; a CHECK.
_BUGS: Final = frozenset({1048, 1264, 1406, 1366, 1451, 1452, 1644, 4025})


class Mariadb:
    """MariaDB, from 10.6 on."""

    has_row_level_security: Final = False
    locks_whole: Final = False
    creates_whole: Final = False
    key_locks: Final = None
    partial_indexes: Final = False
    writes_together: Final = False
    takes_rows: Final = False
    rounds: Final = (1, 8, 64)

    def with_driver(self, url: URL, *, awaited: bool) -> URL:
        # SQLAlchemy would take one that has to be compiled.
        has_driver = awaited or "+" in url.drivername
        return url if has_driver else url.set(drivername=f"{url.drivername}+pymysql")

    def options(self, url: URL) -> dict[str, object]:
        del url
        return {}

    def prepare(self, engine: Engine, synchronous: str) -> None:
        """See to it that every connection refuses what does not fit, instead of cutting it."""
        del synchronous

        @event.listens_for(engine, "connect")
        def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()
            try:
                cursor.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'")
            finally:
                cursor.close()

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        _check(connection)
        # Each holds for the next transaction only. A reader sees one moment; a writer, after it has
        # waited for a lock, sees the latest.
        if read_only:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            connection.exec_driver_sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    def join(self, connection: Connection) -> None:
        _check(connection)
        # Its usual one goes on reading what was there before the lock, and says nothing.
        if connection.get_isolation_level() not in ("READ COMMITTED", "SERIALIZABLE"):
            raise StoreUnusable(
                "a transaction to be joined on MariaDB must be READ COMMITTED: "
                "make the engine with isolation_level='READ COMMITTED'"
            )

    @contextmanager
    def alone(self, connection: Connection) -> Iterator[None]:
        # A table made is committed at once, and with it whatever the transaction had locked.
        got = connection.exec_driver_sql(f"SELECT GET_LOCK('{_LOCK}', {_LOCK_SECONDS})").scalar()
        if got != 1:
            raise StoreUnusable("another process has been migrating for too long: try again")
        try:
            yield
        except BaseException:
            # The lock goes with the connection.
            connection.invalidate()
            raise
        connection.exec_driver_sql(f"SELECT RELEASE_LOCK('{_LOCK}')")

    def among(self, column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
        ids = f"COLUMNS (id {_TYPES['text']} PATH '$' ERROR ON ERROR)"
        return column.in_(text(f"SELECT id FROM JSON_TABLE(:{name}, '$[*]' {ids}) AS given"))

    def among_too(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        del column
        return true()

    def source(self, columns: Columns, name: str = "rows") -> str:
        picked = ", ".join(
            f"{column} {_TYPES[kind]} PATH '$[{place}]' ERROR ON ERROR"
            for place, (column, kind) in enumerate(columns)
        )
        return f"JSON_TABLE(:{name}, '$[*]' COLUMNS ({picked}))"

    def portions(self, rows: Sequence[Row]) -> Iterator[Parameters]:
        return portions_of(rows, most=_PORTION)

    def upsert(self, insert: str, keys: str, changes: str) -> str:
        # Whichever unique key is the same; the tables that this is used on have no second one.
        del keys
        return f"{insert} ON DUPLICATE KEY UPDATE {changes}"

    def by_code_point(self, column: str) -> str:
        # What JSON_TABLE makes has the collation that is named there.
        return column

    def inserted(self, column: str) -> str:
        return f"VALUES({column})"

    def update(self, table: str, given: str, same: str, columns: Sequence[str]) -> str:
        # In another order, it would read and lock rows that are not asked for.
        changes = ", ".join(f"{table}.{column} = given.{column}" for column in columns)
        found = f"{given} AS given STRAIGHT_JOIN {table} FORCE INDEX (PRIMARY) ON {same}"
        return f"UPDATE {found} SET {changes}"

    def delete(self, table: str, given: str, same: str) -> str:
        found = f"{given} AS given STRAIGHT_JOIN {table} FORCE INDEX (PRIMARY) ON {same}"
        return f"DELETE {table} FROM {found}"

    def first_of_each(
        self, lines: str, flag: str, starts: Columns, order: Sequence[str], starts_at_once: int
    ) -> str:
        # There is no LATERAL, and an index is not entered at a place that another table gives: each
        # start has a query of its own. A start that is missing is NULL, and costs nothing.
        (group, _), *rank = starts
        queries = (
            f"(SELECT line.* FROM {lines} AS line "
            f"WHERE line.seller_no = :seller_no AND line.{flag} = 1 "
            f"AND line.{group} = :{_start(slot, 0)} AND {_ladder([c for c, _ in rank], slot)} "
            f"ORDER BY {of_line(order)} LIMIT :limit)"
            for slot in range(starts_at_once)
        )
        return f"({' UNION ALL '.join(queries)}) AS found"

    def starts(self, rows: Sequence[Row]) -> Iterator[tuple[int, Parameters]]:
        width = len(rows[0])
        for first in range(0, len(rows), self.rounds[-1]):
            some = rows[first : first + self.rounds[-1]]
            slots = next(slots for slots in self.rounds if slots >= len(some))
            filled = [*some, *[(None,) * width] * (slots - len(some))]
            yield (
                slots,
                {
                    _start(slot, place): value
                    for slot, row in enumerate(filled)
                    for place, value in enumerate(row)
                },
            )

    def beyond(self, place: Place, than: Row, *, descending: bool = False) -> ColumnElement[bool]:
        # It finds no place in an index by several values that are compared as one.
        (column, value), *rest = zip(place, than, strict=True)
        further = column < value if descending else column > value
        if not rest:
            return further
        columns, values = zip(*rest, strict=True)
        return or_(
            further, and_(column == value, self.beyond(columns, values, descending=descending))
        )

    def understood(self, error: DBAPIError) -> BackordersError | None:
        number = _number(error)
        if number in _LOST_RACES:
            return LostRace("another transaction was faster")
        if number == _DUPLICATE:
            return LostRace("the id has been taken meanwhile")
        if number in _TOOK_TOO_LONG:
            return StoreUnusable("a statement took longer than the database allows: try again")
        if number in _BUGS:
            return None
        return StoreUnusable(f"MariaDB refused: {error.orig}")


def _ladder(columns: Sequence[str], slot: int, place: int = 1) -> str:
    """Return the SQL for a line's columns being after those of a slot's start."""
    column, *rest = columns
    start = f":{_start(slot, place)}"
    if not rest:
        return f"line.{column} > {start}"
    further = _ladder(rest, slot, place + 1)
    return f"(line.{column} > {start} OR (line.{column} = {start} AND {further}))"


def _start(slot: int, place: int) -> str:
    return f"start_{slot}_{place}"


def _check(connection: Connection) -> None:
    """Make sure, once for each connection, that the server is one that keeps to the rules."""
    if connection.info.get(_CHECKED):
        return
    if not getattr(connection.dialect, "is_mariadb", False):
        raise StoreUnusable("MySQL is not supported: use MariaDB")
    if (connection.dialect.server_version_info or ()) < _OLDEST:
        raise StoreUnusable("this MariaDB is too old: use 10.6 or newer")
    modes: str = connection.exec_driver_sql("SELECT @@SESSION.sql_mode").scalar_one()
    if _STRICT.isdisjoint(modes.split(",")):
        raise StoreUnusable("MariaDB must be strict: set sql_mode=STRICT_TRANS_TABLES")
    connection.info[_CHECKED] = True


def _number(error: DBAPIError) -> int:
    """Return MariaDB's number of an error; 0 when the driver tells none."""
    arguments = getattr(error.orig, "args", ())
    return arguments[0] if arguments and isinstance(arguments[0], int) else 0
