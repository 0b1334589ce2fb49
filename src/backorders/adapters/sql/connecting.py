"""Making an engine from a database URL, set up as the store wants it; and committing on it."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from backorders.adapters.sql.engines import engine_for
from backorders.domain.errors import StoreUnusable


def engine_from(url: str, *, synchronous: str, options: Mapping[str, object]) -> Engine:
    """Return an engine of which every connection is durable, strict and patient.

    Raises `StoreUnusable` for a URL that leads nowhere, and `InvalidValue` for an unknown
    `synchronous`, which is SQLite's.
    """
    try:
        parsed = make_url(url)
        kind = engine_for(parsed.get_backend_name())
        engine = create_engine(parsed, **_together(kind.options(parsed), options))
    except (ArgumentError, NoSuchModuleError, TypeError, ModuleNotFoundError) as error:
        raise StoreUnusable(f"cannot make an engine for the database URL: {error}") from error
    kind.prepare(engine, synchronous)
    return engine


def _together(suited: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    """Return what a host has chosen, over what suits the database; also of the driver's options."""
    both = {**suited, **given}
    ours, theirs = suited.get("connect_args"), given.get("connect_args")
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        both["connect_args"] = {**ours, **theirs}
    return both


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
