"""From what a user types to a store."""

from pathlib import Path
from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import CommandRefused

if TYPE_CHECKING:
    from backorders.adapters.sql import SqlStore

_SQLITE = "sqlite:///"


def url_of(store: str) -> str:
    """Return the URL of a store that is given as a URL or as the path of a SQLite file.

    >>> url_of("shop.db")
    'sqlite:///shop.db'
    """
    return store if "://" in store else f"{_SQLITE}{store}"


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite URL; `None` for a server.

    >>> file_of("postgresql+psycopg://localhost/shop")
    """
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def open_store(url: str) -> "SqlStore":
    """Return the store at a URL; raises `StoreUnusable` when it cannot be reached."""
    try:
        from backorders.adapters.sql import SqlStore
    except ModuleNotFoundError as missing:
        problem = f"a SQL store needs the package {missing.name}"
        raise CommandRefused(problem, "pip install 'backorders[cli]'") from missing
    return SqlStore.from_url(url)
