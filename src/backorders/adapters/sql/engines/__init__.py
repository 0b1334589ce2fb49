"""What differs between database engines, in one place: everything else is the same SQL.

A set of rows goes in as one JSON document, with a statement whose text does not depend on how many
they are.
"""

from typing import Final

from backorders.adapters.sql.engines.engine import Columns, Engine, KeyLocks, Parameters
from backorders.adapters.sql.engines.mariadb import Mariadb
from backorders.adapters.sql.engines.postgresql import Postgresql
from backorders.adapters.sql.engines.sqlite import Sqlite
from backorders.domain.errors import StoreUnusable

__all__ = ["EXTRAS", "Columns", "Engine", "KeyLocks", "Parameters", "engine_for"]

EXTRAS: Final = {"psycopg": "postgres", "pymysql": "mysql", "aiosqlite": "async"}
"""Driver → the extra that brings it."""


def engine_for(dialect: str) -> Engine:
    """Return the engine of a dialect's name, or raise `StoreUnusable`."""
    engines: dict[str, type[Engine]] = {
        "sqlite": Sqlite,
        "postgresql": Postgresql,
        "mysql": Mariadb,
        "mariadb": Mariadb,
    }
    if dialect in engines:
        return engines[dialect]()
    raise StoreUnusable(f"no support for {dialect!r}: use SQLite, PostgreSQL or MariaDB")
