"""The store in a SQL database, for programs on an event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Self, TypeVar

from backorders.adapters.sql.connecting import async_engine_from
from backorders.adapters.sql.schema import PREFIX
from backorders.adapters.sql.store import SqlStore
from backorders.ports.extras import needs

with needs("async", "awaiting calls"):
    # SQLAlchemy itself says of it only that it is not there.
    import greenlet  # noqa: F401 - it must be there
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.util import await_only, greenlet_spawn

_T = TypeVar("_T")


class AsyncSqlStore:
    """A store in SQLite or PostgreSQL, over a driver that lets others go on while it waits.

    It is `SqlStore` itself, run so that each wait for the database is one of the event loop.
    `AsyncSqlStore(engine)` works with a host's engine and leaves the schema to `migrate()`.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        schema: str | None = None,
        prefix: str = PREFIX,
        orders_per_commit: int = 5000,
        row_level_security: bool = False,
    ) -> None:
        self._owns_engine = False
        self.engine = engine
        """The engine that connections come from."""
        self.sync = SqlStore(
            engine.sync_engine,
            schema=schema,
            prefix=prefix,
            orders_per_commit=orders_per_commit,
            row_level_security=row_level_security,
        )
        """The store, of which every call must be made in `run`, or in SQLAlchemy's `run_sync`."""

    @classmethod
    async def from_url(
        cls,
        url: str,
        *,
        schema: str | None = None,
        prefix: str = PREFIX,
        orders_per_commit: int = 5000,
        row_level_security: bool = False,
        synchronous: str = "FULL",
        engine_options: Mapping[str, object] | None = None,
        migrates: bool = True,
    ) -> Self:
        """Return a store at a database URL, as `SqlStore.from_url` does.

        `sqlite:///…` takes aiosqlite; `postgresql+psycopg://…` is psycopg in either case.
        """
        engine = async_engine_from(url, synchronous=synchronous, options=engine_options or {})
        store = cls(
            engine,
            schema=schema,
            prefix=prefix,
            orders_per_commit=orders_per_commit,
            row_level_security=row_level_security,
        )
        store._owns_engine = True
        if not migrates:
            return store
        try:
            await store.migrate()
        except BaseException:
            await store.close()
            raise
        return store

    async def migrate(self) -> None:
        """Make the schema in an empty database, or bring an older one up to date."""
        await self.run(self.sync.migrate)

    async def run(self, call: Callable[[], _T]) -> _T:
        """Return what a call on the store comes to; its waits are those of the event loop.

        A call whose task is cancelled is cancelled once, and waited for while it takes back what it
        did: a driver that is stopped while it closes may never come to an end.
        """
        running = asyncio.ensure_future(greenlet_spawn(call))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            running.cancel()
            while not running.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([running])
            if not running.cancelled():
                # It is asked for, so that nobody is told that an error was never looked at.
                running.exception()
            raise

    def wait(self, what: Awaitable[_T]) -> _T:
        """Return what can be awaited, from within a call that is being run."""
        return await_only(what)

    async def close(self) -> None:
        """Give the connections back; a host's engine stays open."""
        self.sync.close()
        if self._owns_engine:
            await self.engine.dispose()
