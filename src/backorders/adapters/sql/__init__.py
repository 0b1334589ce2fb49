"""A store in a SQL database: SQLAlchemy Core over SQLite, PostgreSQL or MariaDB."""

from backorders.adapters.sql.schema import HEAD
from backorders.adapters.sql.store import SqlStore
from backorders.adapters.sql.unit_of_work import JoinedUnitOfWork, SqlUnitOfWork

__all__ = ["HEAD", "JoinedUnitOfWork", "SqlStore", "SqlUnitOfWork"]
