"""Where the demo works: in a file of its own, and never in somebody else's."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import CommandRefused
from backorders.adapters.cli.stores import file_of, open_store, url_of
from backorders.application import Backorders
from backorders.domain.errors import UnknownOrder

if TYPE_CHECKING:
    from backorders.adapters.sql import SqlStore

SELLER = "northwind"
_FILE = "backorders-demo.db"
_ONE_OF_ITS_ORDERS = "10248"
_INSTEAD = "name another one with --store"


def empty_store(wanted: str | None) -> tuple["SqlStore", str, bool]:
    """Return an empty store, its URL, and whether an earlier demo had to make room for it.

    Without a wish it is a file in the current folder, or in a temporary one when nothing can be
    written here. Refuses whatever holds anything that no demo has put there.
    """
    url = url_of(wanted or _default())
    file = file_of(url)
    if file is None:
        store = open_store(url)
        if SELLER in Backorders(store).sellers():
            store.close()
            problem = f"the database has a seller {SELLER!r} already"
            raise CommandRefused(problem, _INSTEAD)
        return store, url, False
    if not file.parent.is_dir():
        raise CommandRefused(f"there is no folder {file.parent}", "make it first")
    was_there = file.exists()
    if was_there:
        if not _is_own(file, url):
            problem = f"{file} holds something else, and the demo would overwrite it"
            raise CommandRefused(problem, _INSTEAD)
        for ending in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
    return open_store(url), url, was_there


def _default() -> str:
    if os.access(Path.cwd(), os.W_OK):
        return _FILE
    return str(Path(tempfile.mkdtemp(prefix="backorders-")) / _FILE)


def _is_own(file: Path, url: str) -> bool:
    """Return whether a file holds the demo's orders and nothing else; it is not changed by that."""
    from backorders.adapters.sql.schema import PREFIX

    if not file.is_file():
        return False
    try:
        # Immutable: not even files beside it are made.
        looked_at = f"{file.absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(looked_at, uri=True)) as opened:
            tables = [
                name
                for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
    except sqlite3.Error:
        return False
    if not tables or not all(name.startswith((PREFIX, "sqlite_")) for name in tables):
        return False
    # It is a database of this library: to open it changes nothing that matters.
    store = open_store(url)
    try:
        app = Backorders(store)
        if app.sellers() != (SELLER,):
            return not app.sellers()
        return app.seller(SELLER).order(_ONE_OF_ITS_ORDERS).split_from is None
    except UnknownOrder:
        return False
    finally:
        store.close()
