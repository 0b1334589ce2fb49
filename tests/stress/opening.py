"""The library over a store that counts how often a change was begun."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from backorders.domain.values import SellerId
from backorders.ports.clock import Clock, utc_now
from backorders.ports.notices import Outboxes
from backorders.ports.storage import UnitOfWork


class CountingStore:
    """A store, and how many units of work were begun on it to change something."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.begun = 0
        """More than there were calls by as many as were repeated because somebody was faster."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        """Begin a unit of work on the store."""
        self.begun += not read_only
        return self._store.begin(seller_id, read_only=read_only)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the store's sellers."""
        return self._store.sellers()

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told, of all the store's sellers."""
        return self._store.outboxes

    def close(self) -> None:
        """Close the store."""
        self._store.close()


@contextmanager
def opened(url: str, *, clock: Clock = utc_now) -> Iterator[tuple[Backorders, CountingStore]]:
    """Yield the library over the store at a URL, and the store."""
    with closing(CountingStore(SqlStore.from_url(url))) as store:
        yield Backorders(store, clock=clock), store
