"""Where stress programs keep their data: a new, empty database for each run."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy.engine import URL

from tests.support import mariadb, postgresql

NewUrl: TypeAlias = Callable[[], str]
"""Returns the URL of a database in which there is nothing yet."""


@contextmanager
def in_files() -> Iterator[NewUrl]:
    """Yield what makes databases in a folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="stress"))

    def new() -> str:
        return f"sqlite:///{tempfile.mkdtemp(dir=folder)}/shop.db"

    try:
        yield new
    finally:
        shutil.rmtree(folder)


@contextmanager
def on_postgresql() -> Iterator[NewUrl]:
    """Yield what makes databases on a PostgreSQL server, started for this, that keeps its word."""
    with postgresql.running_server(postgresql.DURABLE) as server:
        yield lambda: _text(postgresql.new_database(server))


@contextmanager
def on_mariadb() -> Iterator[NewUrl]:
    """Yield what makes databases on a MariaDB server, started for this."""
    with mariadb.running_server() as server:
        yield lambda: _text(mariadb.new_database(server))


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


PLACES: Final[Mapping[str, Callable[[], AbstractContextManager[NewUrl]]]] = {
    "sqlite": in_files,
    "postgresql": on_postgresql,
    "mariadb": on_mariadb,
}
"""Name → what makes databases there."""
