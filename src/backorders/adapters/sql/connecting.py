"""Making an engine from a database URL, set up as the store wants it; and committing on it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import AsyncAdaptedQueuePool, Connection, Engine, QueuePool, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError, NoSuchModuleError

from backorders.adapters.sql.engines import EXTRAS, engine_for
from backorders.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


def engine_from(url: str, *, synchronous: str, options: Mapping[str, object]) -> Engine:
    """Return an engine of which every connection is durable, strict and patient.

    Raises `StoreUnusable` for a URL that leads nowhere, and `InvalidValue` for an unknown
    `synchronous`, which is SQLite's.
    """
    with _told_of_the_url():
        parsed = make_url(url)
        kind = engine_for(parsed.get_backend_name())
        parsed = kind.with_driver(parsed, awaited=False)
        engine = create_engine(parsed, **_together(kind.options(parsed), options))
    kind.prepare(engine, synchronous)
    return engine


def async_engine_from(
    url: str, *, synchronous: str, options: Mapping[str, object]
) -> "AsyncEngine":
    """Return such an engine for an event loop; SQLite's driver for that is taken by itself."""
    with _told_of_the_url():
        # What it needs comes with an extra of its own.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        parsed = make_url(url)
        kind = engine_for(parsed.get_backend_name())
        parsed = kind.with_driver(parsed, awaited=True)
        suited = _together(kind.options(parsed), options)
        if suited.get("poolclass") is QueuePool:
            suited["poolclass"] = AsyncAdaptedQueuePool
        engine = create_async_engine(parsed, **suited)
    kind.prepare(engine.sync_engine, synchronous)
    return engine


@contextmanager
def _told_of_the_url() -> Iterator[None]:
    try:
        yield
    except (ArgumentError, InvalidRequestError, NoSuchModuleError, TypeError, ImportError) as error:
        problem = f"cannot make an engine for the database URL: {error}"
        extra = EXTRAS.get(error.name or "") if isinstance(error, ImportError) else None
        cure = f": pip install 'backorders[{extra}]'" if extra else ""
        raise StoreUnusable(problem + cure) from error


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
    except BaseException:
        # Whoever is stopped here, as a task that is cancelled, may have stopped its driver halfway.
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
    except BaseException as error:
        if not connection.closed:
            connection.invalidate()
            connection.close()
        if not isinstance(error, DBAPIError):
            raise
