"""The stores that tests run over, by name: one more line here is one more adapter under test.

BACKORDERS_TEST_STORES names those to be tested, apart by commas, instead of those that need nothing
but the dev extra.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from backorders.adapters.memory import MemoryStore
from backorders.ports.storage import Store


def _memory(_folder: Path) -> Store:
    return MemoryStore()


def _sqlite(folder: Path) -> Store:
    # Imported here so that tests over the memory store alone run without the extra.
    from backorders.adapters.sql import SqlStore  # noqa: PLC0415

    return SqlStore.from_url(f"sqlite:///{folder / 'shop.db'}")


def _postgresql(_folder: Path) -> Store:
    from backorders.adapters.sql import SqlStore  # noqa: PLC0415 - as above
    from tests.support.postgresql import new_database, shared_server  # noqa: PLC0415

    database = new_database(shared_server())
    return SqlStore.from_url(database.render_as_string(hide_password=False))


def _mariadb(_folder: Path) -> Store:
    from backorders.adapters.sql import SqlStore  # noqa: PLC0415 - as above
    from tests.support.mariadb import new_database, shared_server  # noqa: PLC0415

    database = new_database(shared_server())
    return SqlStore.from_url(database.render_as_string(hide_password=False))


_EVERY: Mapping[str, Callable[[Path], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mariadb": _mariadb,
}

STORES: Mapping[str, Callable[[Path], Store]] = {
    name: _EVERY[name]
    for name in os.environ.get("BACKORDERS_TEST_STORES", "memory,sqlite,postgresql").split(",")
}
"""Name → a function that makes an empty store, which may keep its files in the folder."""
