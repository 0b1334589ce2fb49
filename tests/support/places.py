"""The places at which a call can be cut off: every statement and both sides of every commit.

On the memory store, which has no statements, it is every call on the port. What is
raised there is what the database's driver raises, so that it takes the way that real errors take.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, cast

import attrs
import psycopg
import pymysql
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext
from sqlalchemy.pool import PoolProxiedConnection

from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.application import repeating
from backorders.domain.errors import LostRace
from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.ports.storage import Store, UnitOfWork


class Fault(Enum):
    """What happens to a call."""

    REFUSED = auto()
    """Another transaction was faster: the library repeats the call by itself."""
    LOST = auto()
    """The connection breaks, or whatever else an environment may do."""
    STOPPED = auto()
    """The program is told to stop, as by Ctrl-C."""


class Side(Enum):
    """Where a place is."""

    BEGINNING = auto()
    """At a statement that only begins a transaction."""
    WITHIN = auto()
    """Before a commit, or in a transaction that has none."""
    AFTER_COMMIT = auto()


MOST_REFUSALS: Final = repeating._ATTEMPTS - 1
"""How often in a row a transaction can be refused without a word to the caller."""

Raise: TypeAlias = Callable[[Fault], None]
"""Makes a fault happen."""


@attrs.define
class Places:
    """Counts the places that a call comes by, and lets faults happen at some of them."""

    sides: list[Side] = attrs.field(factory=list)
    """The places passed since it was last emptied."""
    beginnings: set[int] = attrs.field(factory=set)
    """Those of the places with which a transaction begins."""
    fault: tuple[int, Fault] | None = None
    """What is to happen, once, and at which of the places, from 0."""
    refused_from: int | None = None
    """Each transaction is refused: at its place of this number, then at the one after, and so on.

    This goes on until it has no such place, or has been refused as often as it is repeated.
    """
    after_commit: Callable[[], None] | None = None
    _passed: int = 0
    """Places of the transaction that is running."""
    _attempts: int = 0
    """How often it has been refused."""

    def begin(self) -> None:
        """Begin a transaction."""
        self.beginnings.add(len(self.sides))
        self._passed = 0

    def pause(self, attempts: int) -> None:
        """Note that a call is about to be repeated; nobody else is there to wait for."""
        self._attempts = attempts

    def come_by(self, side: Side, make: Raise) -> None:
        """Pass a place."""
        place = len(self.sides)
        self.sides.append(side)
        if side is Side.AFTER_COMMIT:
            self._attempts = 0
            if self.after_commit is not None:
                self.after_commit()
        if self.fault is not None and self.fault[0] == place:
            fault = self.fault[1]
            self.fault = None
            make(fault)
        if (
            self.refused_from is not None
            and side is not Side.AFTER_COMMIT
            and self._passed == self.refused_from + self._attempts
            and self._attempts < MOST_REFUSALS
        ):
            make(Fault.REFUSED)
        self._passed += 1

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Begin to count, and let nothing happen after the end."""
        self.sides.clear()
        self.beginnings.clear()
        self._attempts = 0
        try:
            yield
        finally:
            self.fault = self.refused_from = self.after_commit = None


def watch(store: Store, places: Places) -> Store:
    """Return the store with every call on it coming by the places."""
    if isinstance(store, MemoryStore):
        return _WatchedMemoryStore(store, places)
    assert isinstance(store, SqlStore)
    _watch_engine(store, places)
    return store


def _watch_engine(store: SqlStore, places: Places) -> None:
    driver = _DRIVERS[store.engine.dialect.name]
    dialect = store.engine.dialect
    commit = dialect.do_commit

    def before_statement(
        cursor: DBAPICursor, statement: str, _parameters: object, context: ExecutionContext
    ) -> None:
        del cursor
        raw = context.root_connection.connection.driver_connection
        begins = statement.startswith(("BEGIN", "SET TRANSACTION", "START TRANSACTION"))
        places.come_by(Side.BEGINNING if begins else Side.WITHIN, lambda fault: driver(raw, fault))

    def watched_commit(dbapi_connection: PoolProxiedConnection) -> None:
        raw = dbapi_connection.driver_connection
        places.come_by(Side.WITHIN, lambda fault: driver(raw, fault))
        commit(dbapi_connection)
        places.come_by(Side.AFTER_COMMIT, lambda fault: driver(raw, fault))

    def begin(*_: object) -> None:
        places.begin()

    event.listen(store.engine, "checkout", begin)
    for name in ("do_execute", "do_execute_no_params", "do_executemany"):
        event.listen(store.engine, name, before_statement)
    # There is no event between a commit and its answer.
    dialect.do_commit = watched_commit  # type: ignore[method-assign]


def _on_sqlite(_connection: sqlite3.Connection, fault: Fault) -> None:
    if fault is Fault.STOPPED:
        raise KeyboardInterrupt
    name, words = {
        Fault.REFUSED: ("SQLITE_BUSY", "database is locked"),
        Fault.LOST: ("SQLITE_IOERR", "disk I/O error"),
    }[fault]
    error = sqlite3.OperationalError(words)
    error.sqlite_errorname = name
    raise error


def _on_postgresql(connection: psycopg.Connection, fault: Fault) -> None:
    match fault:
        case Fault.REFUSED:
            # By the server itself, which takes nothing more in this transaction.
            connection.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
        case Fault.LOST:
            connection.close()
            raise psycopg.OperationalError("the connection is lost")
        case Fault.STOPPED:
            raise KeyboardInterrupt


def _on_mariadb(connection: pymysql.Connection, fault: Fault) -> None:
    match fault:
        case Fault.REFUSED:
            # As the server does with whom it chooses in a deadlock.
            connection.rollback()
            raise pymysql.err.OperationalError(1213, "Deadlock found")
        case Fault.LOST:
            # What its `close` does when nobody answers any more.
            connection._force_close()  # type: ignore[attr-defined]  # the stubs leave it out
            raise pymysql.err.OperationalError(2013, "Lost connection to server")
        case Fault.STOPPED:
            raise KeyboardInterrupt


# Any: a connection is of its driver's class.
_DRIVERS: Final[dict[str, Callable[[Any, Fault], None]]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
    "mysql": _on_mariadb,
    "mariadb": _on_mariadb,
}


def _in_memory(fault: Fault) -> None:
    match fault:
        case Fault.REFUSED:
            raise LostRace("another thread was faster")
        case Fault.LOST:
            raise MemoryError
        case Fault.STOPPED:
            raise KeyboardInterrupt


class _WatchedMemoryStore:
    def __init__(self, store: MemoryStore, places: Places) -> None:
        self._store = store
        self._places = places

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        self._places.begin()
        self._places.come_by(Side.WITHIN, _in_memory)
        watched = _Watched(self._store.begin(seller_id, read_only=read_only), self._places)
        # cast: it has whatever the unit of work has.
        return cast("UnitOfWork", watched)

    def sellers(self) -> tuple[SellerId, ...]:
        self._places.begin()
        self._places.come_by(Side.WITHIN, _in_memory)
        return self._store.sellers()

    @property
    def outboxes(self) -> Outboxes:
        self._places.begin()
        # cast: as above.
        return cast("Outboxes", _Watched(self._store.outboxes, self._places))

    def close(self) -> None:
        self._store.close()


class _Watched:
    """A unit of work, or a part of it, of which every call comes by a place."""

    def __init__(self, inner: object, places: Places) -> None:
        self._inner = inner
        self._places = places

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._inner, name)
        if not callable(found):
            is_part = type(found).__module__.startswith(MemoryStore.__module__.rpartition(".")[0])
            return _Watched(found, self._places) if is_part else found

        def called(*args: object, **options: object) -> object:
            self._places.come_by(Side.WITHIN, _in_memory)
            result: object = found(*args, **options)
            if name == "commit":
                self._places.come_by(Side.AFTER_COMMIT, _in_memory)
            return result

        return called

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Any: it is what `begin` gave.
        inner: Any = self._inner
        inner.__exit__(kind, error, traceback)
