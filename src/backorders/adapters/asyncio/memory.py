"""The memory store on an event loop: whoever waits for a turn lets others go on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from typing import Final, TypeVar

from backorders.adapters.asyncio import bridge
from backorders.adapters.memory import MemoryOutboxes, MemoryStore, MemoryUnitOfWork
from backorders.adapters.memory.data import SellerData
from backorders.domain.errors import StoreUnusable
from backorders.domain.values import SellerId

_T = TypeVar("_T")

_SHORTEST: Final = 0.001
_LONGEST: Final = 0.05
"""Seconds between two looks whether it is one's turn, which double from one to the other."""


class AsyncMemoryStore:
    """A memory store, and how its calls are run on an event loop.

    A call on it is not interrupted: another task that meets it can only be one that has left a
    what-if open, or another thread.
    """

    def __init__(self, store: MemoryStore) -> None:
        self.sync = _TakingTurns(store)
        """The store, of which every call is made in `run`."""

    async def run(self, call: Callable[[], _T]) -> _T:
        """Return what a call comes to."""
        return await bridge.run(call)

    def wait(self, what: Awaitable[_T]) -> _T:
        """Return what can be awaited, from within a call that is being run."""
        return bridge.wait(what)


class _TakingTurns:
    """A memory store of which nobody keeps the event loop while waiting for a turn."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
        pause, until = _SHORTEST, monotonic() + self._store.patience
        while True:
            begun = self._store.begin_within(0, seller_id, read_only=read_only)
            if begun is not None:
                return begun
            if monotonic() >= until:
                raise StoreUnusable(
                    f"waited {self._store.patience} s for another unit of work of {seller_id!r}: "
                    "end it first"
                )
            bridge.wait(asyncio.sleep(pause))
            pause = min(2 * pause, _LONGEST)

    def sellers(self) -> tuple[SellerId, ...]:
        return self._store.sellers()

    @property
    def outboxes(self) -> MemoryOutboxes:
        return MemoryOutboxes(self._each_alone)

    def _each_alone(self) -> Iterator[tuple[SellerId, SellerData]]:
        for seller_id in self.sellers():
            with self.begin(seller_id, read_only=True) as uow:
                yield seller_id, uow.seller

    def close(self) -> None:
        self._store.close()
