"""A store in a SQL database: SQLAlchemy Core over SQLite or PostgreSQL."""

from backorders.adapters.sql.store import JoinedUnitOfWork, SqlStore, SqlUnitOfWork

__all__ = ["JoinedUnitOfWork", "SqlStore", "SqlUnitOfWork"]
