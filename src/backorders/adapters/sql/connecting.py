"""Making an engine from a database URL, set up as the store wants it; and committing on it."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from backorders.domain.errors import InvalidValue, StoreUnusable

_PATIENCE = 30.0
"""Seconds to wait for SQLite's lock, or for a free connection: longer than any one call takes."""

_SYNCHRONOUS = ("FULL", "NORMAL", "EXTRA", "OFF")


def engine_from(url: str, *, synchronous: str, options: Mapping[str, object]) -> Engine:
    """Return an engine of which every connection is durable, strict and patient.

    Raises `StoreUnusable` for a URL that leads nowhere, and `InvalidValue` for an unknown
    `synchronous`, which is SQLite's.
    """
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, **_options(parsed, options))
    except (ArgumentError, NoSuchModuleError, TypeError, ModuleNotFoundError) as error:
        raise StoreUnusable(f"cannot make an engine for the database URL: {error}") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, synchronous)
    elif engine.dialect.name in {"mysql", "mariadb"}:
        _prepare_mariadb(engine)
    return engine


def _options(url: URL, given: Mapping[str, object]) -> dict[str, object]:
    """Return the engine's options: what was given, over what suits the database."""
    options: dict[str, object] = {}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": _PATIENCE, "check_same_thread": False}
        options["pool_timeout"] = _PATIENCE
        if url.database in (None, "", ":memory:"):
            # A database in memory is its connection: there is one, and whoever wants it waits.
            options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    return {**options, **given}


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    """See to it that every connection waits its turn, keeps to the constraints, and is durable."""
    if synchronous not in _SYNCHRONOUS:
        raise InvalidValue("synchronous", f"must be one of {', '.join(_SYNCHRONOUS)}")

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA synchronous = {synchronous}")
            cursor.execute("PRAGMA foreign_keys = ON")
        finally:
            cursor.close()


def _prepare_mariadb(engine: Engine) -> None:
    """See to it that every connection refuses what does not fit, instead of cutting it to fit."""

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'")
        finally:
            cursor.close()


def commit(connection: Connection) -> None:
    """Commit; when that fails, leave nothing begun behind.

    SQLAlchemy takes a transaction for ended whose commit has failed, and gives the connection back
    as it is. SQLite would go on with it, and keep everybody else out.
    """
    try:
        connection.commit()
    except Exception:
        if not connection.invalidated:
            try:
                connection.connection.rollback()
            except Exception:  # noqa: BLE001 - what matters is why the commit has failed
                connection.invalidate()
        raise


def give_back(connection: Connection) -> None:
    """Give a connection back, and undo what was not committed.

    When it breaks over this, the server does the undoing; whatever the call came to still holds.
    """
    try:
        connection.close()
    except DBAPIError:
        if not connection.closed:
            connection.invalidate()
            connection.close()
