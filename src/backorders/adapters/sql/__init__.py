"""A store in a SQL database: SQLAlchemy Core over SQLite or PostgreSQL."""

from backorders.adapters.sql.store import SqlStore, SqlUnitOfWork

__all__ = ["SqlStore", "SqlUnitOfWork"]
