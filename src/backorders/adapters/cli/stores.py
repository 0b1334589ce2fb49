"""From what a user types to a store."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import CommandRefused
from backorders.domain.errors import StoreUnusable

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


def default_file() -> Path:
    """Return the file that is the store when none is named: in the user's data folder."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "backorders" / "backorders.db"


def shown(url: str) -> str:
    """Return where a store is, for people: a file with its folder, or a URL without a password."""
    from sqlalchemy.engine import make_url

    file = file_of(url)
    return str(file.absolute()) if file else make_url(url).render_as_string(hide_password=True)


def opened(wanted: str | None, *, creates: bool, note: Callable[[str], None]) -> "SqlStore":
    """Return the store that is named, or the default one.

    A SQLite file that is not there is made with `creates`, which is noted; otherwise it raises
    `StoreUnusable`: who mistypes a name must not find an empty desk.
    """
    url = url_of(wanted or str(default_file()))
    file = file_of(url)
    if file is None or file.exists():
        return open_store(url)
    if not creates:
        problem = f"there is no store {file.absolute()}"
        raise StoreUnusable(f"{problem}: name another with --store, or backorders db migrate")
    if not wanted:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.parent.is_dir():
        raise StoreUnusable(f"there is no folder {file.parent}: make it first")
    store = open_store(url)
    note(f"a new store: {file.absolute()}")
    return store


def open_store(url: str) -> "SqlStore":
    """Return the store at a URL; raises `StoreUnusable` when it cannot be reached."""
    try:
        from backorders.adapters.sql import SqlStore
    except ModuleNotFoundError as missing:
        problem = f"a SQL store needs the package {missing.name}"
        raise CommandRefused(problem, "pip install 'backorders[cli]'") from missing
    return SqlStore.from_url(url)
