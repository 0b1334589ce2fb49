"""A store in a SQL database."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Self

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backorders.adapters.sql.connecting import commit, engine_from, give_back
from backorders.adapters.sql.engines import engine_for
from backorders.adapters.sql.every_seller import SqlOutboxes, ids_of, sellers
from backorders.adapters.sql.migrating import migrate, revision
from backorders.adapters.sql.row_level_security import put_up_wall, see_every_seller, see_only
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.schema import PREFIX, tables
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.sold_out import SoldOut
from backorders.adapters.sql.statements import Statements
from backorders.adapters.sql.unit_of_work import JoinedUnitOfWork, SqlUnitOfWork
from backorders.domain import limits, values
from backorders.domain.errors import InvalidValue, StoreUnusable
from backorders.domain.values import SellerId


class SqlStore:
    """A store in SQLite, PostgreSQL or MariaDB.

    `SqlStore(engine)` works with a host's engine and leaves the schema to `migrate()`. The tables
    can live in a `schema` and under a `prefix` of the host's choice. A backlog longer than
    `orders_per_commit` is reprocessed in several commits, so that none holds its locks for long.
    With `row_level_security`, PostgreSQL itself shows a transaction one seller's rows only.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        schema: str | None = None,
        prefix: str = PREFIX,
        orders_per_commit: int = 5000,
        row_level_security: bool = False,
    ) -> None:
        values.whole_number("orders_per_commit", orders_per_commit, least=1, most=limits.QUANTITY)
        self._orders_per_commit = orders_per_commit
        self._row_level_security = row_level_security
        self._kind = engine_for(engine.dialect.name)
        self._tables = tables(
            schema=schema, prefix=prefix, partial_indexes=self._kind.partial_indexes
        )
        self._statements = Statements(self._kind, self._tables, engine.dialect)
        if row_level_security and not self._kind.has_row_level_security:
            raise InvalidValue("row_level_security", "needs PostgreSQL: no other engine has it")
        self._sold_out = SoldOut()
        self._owns_engine = False
        self._closed = False
        self.engine = engine
        """The engine that connections come from."""
        self.metadata = self._tables.metadata
        """The tables, for hosts that migrate with a tool of their own."""

    @classmethod
    def from_url(
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
        """Return a store at a database URL, with its schema made or migrated.

        `synchronous` is SQLite's: with FULL a commit survives a power cut, with NORMAL the last
        ones may be lost, but nothing is torn. `engine_options` are passed to SQLAlchemy's engine.
        Without `migrates`, the schema is left to `migrate()`.
        """
        engine = engine_from(url, synchronous=synchronous, options=engine_options or {})
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
            store.migrate()
        except BaseException:
            store.close()
            raise
        return store

    def migrate(self) -> None:
        """Make the schema in an empty database, or bring an older one up to date.

        Safe to call from several processes at once; one of them does it.
        """
        try:
            with self.engine.connect() as connection:
                self._kind.begin(connection, read_only=False)
                with self._kind.alone(connection):
                    migrate(connection, self._tables, self._kind)
                    if self._row_level_security:
                        put_up_wall(connection, self._tables)
                    commit(connection)
        except DBAPIError as error:
            raise self._understood(error) from error

    def revision(self) -> str | None:
        """Return the revision of the tables that are there; `None`: there are none yet.

        That of this release is `HEAD`, in `backorders.adapters.sql`.
        """
        try:
            with self.engine.connect() as connection:
                self._kind.begin(connection, read_only=True)
                return revision(connection, self._tables)
        except DBAPIError as error:
            raise self._understood(error) from error

    def begin(self, seller_id: str, *, read_only: bool = False) -> SqlUnitOfWork:
        """Return a unit of work on a connection of its own."""
        checked = values.seller_id(seller_id)
        see = partial(see_only, seller_id=checked)
        connection = self._connect(see, read_only=read_only)
        session = Session(connection, self._statements, checked)
        uow = SqlUnitOfWork(session, connection, self._sold_out)
        uow.orders_per_commit = self._orders_per_commit
        return uow

    def join(self, connection: Connection, seller_id: str) -> JoinedUnitOfWork:
        """Return a unit of work inside a host's transaction: the host commits or rolls back.

        On SQLite the transaction becomes a writing one at once, if none has begun.
        """
        checked = values.seller_id(seller_id)
        self._kind.join(connection)
        if self._row_level_security:
            see_only(connection, checked)
        # The host commits, and nobody could write then what was left for later.
        session = Session(connection, self._statements, checked, defers=False)
        return JoinedUnitOfWork(session, connection, self._sold_out)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        return ids_of(self._read_of_all(sellers(self._tables)))

    @property
    def outboxes(self) -> SqlOutboxes:
        """What is to be told, of all sellers."""
        return SqlOutboxes(self._tables, self._read_of_all)

    def close(self) -> None:
        """Give the connections back; a host's engine stays open."""
        self._closed = True
        if self._owns_engine:
            self.engine.dispose()

    def _read_of_all(self, statement: Executable) -> Found:
        connection = self._connect(see_every_seller, read_only=True)
        try:
            return connection.execute(statement).all()
        except DBAPIError as error:
            raise self._understood(error) from error
        finally:
            give_back(connection)

    def _connect(self, see: Callable[[Connection], None], *, read_only: bool) -> Connection:
        """Return a connection in a transaction that sees what `see` lets it.

        One that has died in the pool is replaced, if this sends anything; if not, by the session.
        """
        if self._closed:
            raise StoreUnusable("the store is closed: make a new one")
        try:
            connection = self.engine.connect()
        except DBAPIError as error:
            raise StoreUnusable(f"the database cannot be reached: {error.orig}") from error
        except PoolTimeout as error:
            raise StoreUnusable(f"no connection became free: {error}") from error
        try:
            try:
                self._begin(connection, see, read_only=read_only)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                connection.rollback()
                self._begin(connection, see, read_only=read_only)
        except BaseException as error:
            give_back(connection)
            if not isinstance(error, DBAPIError):
                raise
            raise self._understood(error) from error
        return connection

    def _begin(
        self, connection: Connection, see: Callable[[Connection], None], *, read_only: bool
    ) -> None:
        self._kind.begin(connection, read_only=read_only)
        if self._row_level_security:
            see(connection)

    def _understood(self, error: DBAPIError) -> Exception:
        return self._kind.understood(error) or error
