"""From what a user types to a store."""

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

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


def place_of(wanted: str | None) -> str:
    """Return the URL of the store that is named, or of the default one."""
    return url_of(wanted or str(default_file()))


def opened(wanted: str | None, *, creates: bool, note: Callable[[str], None]) -> "SqlStore":
    """Return the store that is named, or the default one, with tables of this release.

    One that is not there yet is made with `creates`, and that is noted; otherwise it raises
    `StoreUnusable`: who mistypes a name must not find an empty desk. Tables of an earlier release
    are left to `db migrate`, as others may be at work on them.
    """
    url = place_of(wanted)
    file = file_of(url)
    if file is not None and not file.exists():
        if not creates:
            problem = f"there is no store {shown(url)}"
            raise StoreUnusable(f"{problem}: name another with --store, or backorders db migrate")
        _make_room(file, named=wanted is not None)
    store = open_store(url, migrates=False)
    try:
        state = state_of(store.revision())
        if state == "missing" and creates:
            store.migrate()
            note(f"a new store: {shown(url)}")
        else:
            _must_be({"current"}, state, url)
    except BaseException:
        store.close()
        raise
    return store


def migrated(wanted: str | None) -> "SqlStore":
    """Return the store that is named, or the default one, made or brought up to date."""
    url = place_of(wanted)
    file = file_of(url)
    if file is not None and not file.exists():
        _make_room(file, named=wanted is not None)
    store = open_store(url, migrates=False)
    try:
        _must_be({"missing", "older", "current"}, state_of(store.revision()), url)
        store.migrate()
    except BaseException:
        store.close()
        raise
    return store


def state_of(revision: str | None) -> str:
    """Return how tables of a revision stand to this release, as `db status` says it."""
    from backorders.adapters.sql import HEAD

    if revision is None:
        return "missing"
    if revision == HEAD:
        return "current"
    return "older" if revision < HEAD else "newer"


def _must_be(wanted: Collection[str], state: str, url: str) -> None:
    if state not in wanted:
        raise StoreUnusable(f"{_STATES[state]} in {shown(url)}: {_INSTEAD[state]}")


_STATES = {
    "missing": "there are no tables",
    "older": "the tables are of an earlier release",
    "newer": "the tables are of a later release",
}
_INSTEAD = {
    "missing": "backorders db migrate makes them",
    "older": "make a copy, then backorders db migrate brings them up to date",
    "newer": "update backorders",
}


def open_store(url: str, *, migrates: bool = True) -> "SqlStore":
    """Return the store at a URL; raises `StoreUnusable` when it cannot be reached."""
    from backorders.adapters.sql import SqlStore

    return SqlStore.from_url(url, migrates=migrates)


def _make_room(file: Path, *, named: bool) -> None:
    """See to it that a file can be made: the data folder is, any other is not."""
    if not named:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.parent.is_dir():
        raise StoreUnusable(f"there is no folder {file.parent}: make it first")
