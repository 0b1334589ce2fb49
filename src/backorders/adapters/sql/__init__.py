"""A store in a SQL database: SQLAlchemy Core over SQLite, PostgreSQL or MariaDB."""

from typing import TYPE_CHECKING

from backorders.ports.extras import needs

with needs("sql", "a SQL store"):
    from backorders.adapters.sql.schema import HEAD
    from backorders.adapters.sql.store import SqlStore
    from backorders.adapters.sql.unit_of_work import JoinedUnitOfWork, SqlUnitOfWork

if TYPE_CHECKING:
    from backorders.adapters.sql.asynchronous import AsyncSqlStore

__all__ = ["HEAD", "AsyncSqlStore", "JoinedUnitOfWork", "SqlStore", "SqlUnitOfWork"]


def __getattr__(name: str) -> object:
    """Return what only programs on an event loop need, and what needs an extra of its own."""
    if name == "AsyncSqlStore":
        from backorders.adapters.sql.asynchronous import AsyncSqlStore  # noqa: PLC0415 - as said

        return AsyncSqlStore
    raise AttributeError(name)
