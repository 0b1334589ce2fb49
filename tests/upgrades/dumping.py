"""Dumps: a database as text, made and read back by what each engine has for its backups."""

import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
import pymysql
from pymysql.constants import CLIENT
from sqlalchemy.engine import URL, make_url

from tests.support import mariadb, postgresql

DUMPS: Final = Path(__file__).parent / "dumps"
"""A folder for each revision: a dump for each engine, and what it shows."""


def dump_of(store: str, revision: str) -> Path:
    """Return where a store's dump of a revision is."""
    return DUMPS / revision / f"{store}.sql"


def shown_of(revision: str) -> Path:
    """Return where it stands what the dumps of a revision show."""
    return DUMPS / revision / "shows.json"


def dump(store: str, url: str) -> str:
    """Return all that is in a database, as statements."""
    return _DUMP[store](make_url(url))


def restore(store: str, url: str, statements: str) -> None:
    """Run a dump's statements in an empty database."""
    _RESTORE[store](make_url(url), statements)


def schema_of(store: str, url: str) -> Counter[str]:
    """Return the parts that a database's tables and indexes are made of, in no order.

    A part that was added later stands elsewhere than one that was there from the beginning. Which
    revision it is, and what is in the tables, is left out.
    """
    statements = [
        statement
        for statement in dump(store, url).split(";\n")
        if statement.startswith(("CREATE", "ALTER")) and "alembic_version" not in statement
    ]
    parts = (part for each in statements for line in each.splitlines() for part in _apart(line))
    return Counter(part.strip().replace('"', "") for part in parts if part.strip())


def _apart(line: str) -> list[str]:
    """Return what stands in a line between the commas that are not within brackets."""
    return re.split(r",(?![^(]*\))", line)


def _dump_sqlite(url: URL) -> str:
    with closing(sqlite3.connect(str(url.database))) as connection:
        return "".join(f"{line}\n" for line in connection.iterdump())


def _restore_sqlite(url: URL, statements: str) -> None:
    with closing(sqlite3.connect(str(url.database))) as connection:
        connection.executescript(statements)


def _dump_postgresql(url: URL) -> str:
    options = ["--inserts", "--no-owner", "--no-privileges", "--no-comments"]
    program = postgresql.installed() / "bin" / "pg_dump"
    told = _told([str(program), *options, postgresql.libpq_url(url)])
    # Settings that older servers do not know, commands to its own client, and comments.
    kept = [line for line in told.splitlines() if not line.startswith(("SET ", "\\", "--"))]
    return "".join(f"{line}\n" for line in kept if line)


def _restore_postgresql(url: URL, statements: str) -> None:
    with psycopg.connect(postgresql.libpq_url(url), autocommit=True) as connection:
        connection.execute(statements.encode())


def _dump_mariadb(url: URL) -> str:
    program = mariadb.program("mariadb-dump")
    where = {
        "--socket": url.query.get("unix_socket"),
        "--host": url.host,
        "--port": url.port,
        "--user": url.username,
        "--password": url.password,
    }
    options = ["--no-defaults", "--compact", "--skip-extended-insert", "--single-transaction"]
    options += [f"{name}={value}" for name, value in where.items() if value is not None]
    told = _told([program, *options, "--default-character-set=utf8mb4", str(url.database)])
    # A command to its own client.
    return "".join(f"{line}\n" for line in told.splitlines() if not line.startswith("/*M!"))


def _restore_mariadb(url: URL, statements: str) -> None:
    socket = url.query.get("unix_socket")
    connection = pymysql.connect(
        unix_socket=str(socket) if socket else None,
        host=url.host,
        port=url.port or 0,
        user=url.username,
        password=url.password or "",
        database=url.database,
        client_flag=CLIENT.MULTI_STATEMENTS,
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        # A table may come before the one that it refers to.
        cursor.execute(f"SET foreign_key_checks = 0; {statements}")
        while cursor.nextset():
            pass


def _told(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


_DUMP: Final[Mapping[str, Callable[[URL], str]]] = {
    "sqlite": _dump_sqlite,
    "postgresql": _dump_postgresql,
    "mariadb": _dump_mariadb,
}
_RESTORE: Final[Mapping[str, Callable[[URL, str], None]]] = {
    "sqlite": _restore_sqlite,
    "postgresql": _restore_postgresql,
    "mariadb": _restore_mariadb,
}
