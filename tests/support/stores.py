"""The stores that tests run over, by name: one more line here is one more adapter under test.

BACKORDERS_TEST_STORES names those to be tested, apart by commas, instead of those that need nothing
but the dev extra.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from backorders.adapters.memory import MemoryStore
from backorders.ports.storage import Store


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'shop.db'}"


def _postgresql(_folder: Path) -> str:
    # Imported here so that tests over the memory store alone run without the extra.
    from tests.support.postgresql import new_database, shared_server  # noqa: PLC0415

    return new_database(shared_server()).render_as_string(hide_password=False)


def _mariadb(_folder: Path) -> str:
    from tests.support.mariadb import new_database, shared_server  # noqa: PLC0415 - as above

    return new_database(shared_server()).render_as_string(hide_password=False)


_DATABASES: Mapping[str, Callable[[Path], str]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mariadb": _mariadb,
}


def _memory(_folder: Path) -> Store:
    return MemoryStore()


def _in(database: Callable[[Path], str]) -> Callable[[Path], Store]:
    def make(folder: Path) -> Store:
        from backorders.adapters.sql import SqlStore  # noqa: PLC0415 - as above

        return SqlStore.from_url(database(folder))

    return make


_EVERY: Mapping[str, Callable[[Path], Store]] = {
    "memory": _memory,
    **{name: _in(database) for name, database in _DATABASES.items()},
}
_NAMES = os.environ.get("BACKORDERS_TEST_STORES", "memory,sqlite,postgresql").split(",")

DATABASES: Mapping[str, Callable[[Path], str]] = {
    name: _DATABASES[name] for name in _NAMES if name in _DATABASES
}
"""Name → a function that makes an empty database, and returns its URL."""

STORES: Mapping[str, Callable[[Path], Store]] = {name: _EVERY[name] for name in _NAMES}
"""Name → a function that makes an empty store, which may keep its files in the folder."""
