"""From a URL to stores that a simulation can crash and open again.

Nobody moves while another one has the baton, so a store that makes wait would wait for ever: here
each refuses at once instead, and the simulation lets others go on before it tries again.
"""

from typing import Final

from backorders.adapters.memory import MemoryStore, MemoryUnitOfWork
from backorders.ports.storage import Store
from backorders.testing.simulation.playing import Place
from backorders.testing.simulation.world import Open

MEMORY: Final = "memory"
_POSTGRESQL_WAITS: Final = "-c lock_timeout=20ms"


class _Remaining(MemoryStore):
    """A store in memory that outlives a crash, as what it stands for would."""

    def __init__(self, orders_per_commit: int | None) -> None:
        super().__init__(patience=0.0)
        self._orders_per_commit = orders_per_commit

    def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = self._orders_per_commit
        return uow

    def close(self) -> None:
        pass


def place_at(url: str, *, orders_per_commit: int | None = None) -> Place:
    """Return where to play: `memory`, a new store for each case, or the database at a URL.

    With `orders_per_commit`, long backlogs are cut into commits of so many orders.
    """
    if url == MEMORY:
        return lambda: _in_memory(orders_per_commit)

    def open_database() -> Store:
        # Imported here: the memory store needs nothing but the core.
        from backorders.adapters.sql import SqlStore  # noqa: PLC0415

        if url.startswith("sqlite"):
            connecting: dict[str, object] = {"timeout": 0, "check_same_thread": False}
        else:
            connecting = {"options": _POSTGRESQL_WAITS}
        return SqlStore.from_url(
            url,
            orders_per_commit=orders_per_commit or 5000,
            synchronous="OFF",
            engine_options={"connect_args": connecting},
        )

    return lambda: open_database


def _in_memory(orders_per_commit: int | None) -> Open:
    store = _Remaining(orders_per_commit)
    return lambda: store
