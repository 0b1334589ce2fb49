"""New databases for both sides: files of SQLite, and those of a PostgreSQL server."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import URL

from backorders.adapters.sql import SqlStore
from benchmarks.desk import Desk
from benchmarks.floors import PostgresqlFloor, Sql, SqliteFloor
from benchmarks.workload import Workload
from tests.support.postgresql import libpq_url, new_database


class Databases(Protocol):
    """Where both sides get new databases of one engine."""

    name: str

    @contextmanager
    def url(self) -> Iterator[str]:
        """Yield the URL of a new database, which goes with the end."""
        ...

    def floor(self, url: str, load: Workload, *, waiting: bool) -> Sql:
        """Return raw SQL on a database."""
        ...


class SqliteFiles:
    """SQLite, each in a folder of its own."""

    name = "SQLite"

    @contextmanager
    def url(self) -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'shop.db'}"

    def floor(self, url: str, load: Workload, *, waiting: bool) -> Sql:
        return SqliteFloor(load, Path(url.removeprefix("sqlite:///")), waiting=waiting)


class PostgresqlServer:
    """PostgreSQL, on a server that waits for the disk, as one in use does."""

    name = "PostgreSQL"

    def __init__(self, server: URL) -> None:
        self._server = server

    @contextmanager
    def url(self) -> Iterator[str]:
        made = new_database(self._server)
        yield made.render_as_string(hide_password=False)
        with psycopg.connect(libpq_url(self._server), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{made.database}" WITH (FORCE)'.encode())

    def floor(self, url: str, load: Workload, *, waiting: bool) -> Sql:
        return PostgresqlFloor(load, url.replace("+psycopg", "", 1), waiting=waiting)


@contextmanager
def floor(databases: Databases, load: Workload, *, waiting: bool = False) -> Iterator[Sql]:
    """Yield raw SQL on a new database; with `waiting`, with every order in it."""
    with databases.url() as url, closing(databases.floor(url, load, waiting=waiting)) as made:
        yield made


@contextmanager
def desk(databases: Databases, load: Workload, *, waiting: bool = False) -> Iterator[Desk]:
    """Yield the library on a new database; with `waiting`, with every order in it."""
    with databases.url() as url, closing(SqlStore.from_url(url)) as store:
        yield Desk(store, load, waiting=waiting)
