"""The transactions on a SQL store, and what they can do."""

from collections.abc import Collection
from types import TracebackType
from typing import Self

import attrs
from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.answers import SqlAnswers
from backorders.adapters.sql.audit import SqlAudit
from backorders.adapters.sql.connecting import commit, give_back
from backorders.adapters.sql.feed import SqlFeed, SqlSubscribers
from backorders.adapters.sql.inbounds import SqlInbounds
from backorders.adapters.sql.journal import SqlJournal
from backorders.adapters.sql.locks import Locks
from backorders.adapters.sql.notices import SqlNotices
from backorders.adapters.sql.orders import SqlOrders
from backorders.adapters.sql.reports import SqlReports
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.sold_out import SoldOut
from backorders.adapters.sql.stock import SqlStock
from backorders.adapters.sql.users import SqlUsers
from backorders.domain.errors import OutcomeUnknown
from backorders.domain.settings import Settings
from backorders.domain.values import Sku


@attrs.frozen
class SqlSettings:
    """What one seller has chosen."""

    _session: Session

    def get(self) -> Settings | None:
        return self._session.settings

    def put(self, settings: Settings) -> None:
        self._session.put_settings(settings)


class SqlUnitOfWork:
    """A transaction for one seller; see the port."""

    orders_per_commit: int | None = None

    def __init__(self, session: Session, connection: Connection, sold_out: SoldOut) -> None:
        self._connection = connection
        self._session = session
        self.seller_id = session.seller_id
        self.unsettled: set[Sku] = set()
        self.orders = SqlOrders(session)
        self._locks = Locks(session, sold_out)
        self.stock = SqlStock(session, self._locks)
        self.inbounds = SqlInbounds(session)
        self.answers = SqlAnswers(session)
        self.journal = SqlJournal(session)
        self.settings = SqlSettings(session)
        self.audit = SqlAudit(session)
        self.reports = SqlReports(session)
        self.users = SqlUsers(session)
        self.notices = SqlNotices(session)
        self.feed = SqlFeed(session)
        self.subscribers = SqlSubscribers(session)

    @property
    def wanted(self) -> Collection[Sku]:
        return self._locks.wanted

    def commit(self) -> None:
        self._session.flush()
        try:
            commit(self._connection)
        except DBAPIError as error:
            if error.connection_invalidated:
                raise OutcomeUnknown(
                    "the connection broke while committing: repeat the call with the same id"
                ) from error
            raise self._session.understood(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        give_back(self._connection)


class JoinedUnitOfWork(SqlUnitOfWork):
    """A part of a host's transaction, which the host commits or rolls back.

    Leaving it by an exception undoes what was done in it; leaving it otherwise keeps that, for the
    host to commit. Used without `with`, an exception leaves the undoing to the host too.
    """

    _savepoint: NestedTransaction | None = None

    def commit(self) -> None:
        """Do nothing: this is the host's to do."""

    def __enter__(self) -> Self:
        self._savepoint = self._connection.begin_nested()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._savepoint is not None and self._savepoint.is_active:
            if kind is None:
                self._savepoint.commit()
            else:
                self._savepoint.rollback()
