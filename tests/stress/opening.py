"""The library over a store that counts how often a change was begun."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.unit_of_work import SqlUnitOfWork
from backorders.ports.clock import Clock, utc_now


class CountingStore(SqlStore):
    """A store that counts the units of work that are begun on it to change something."""

    begun = 0
    """More than there were calls by as many as were repeated because somebody was faster."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> SqlUnitOfWork:
        """Begin a unit of work on the store."""
        self.begun += not read_only
        return super().begin(seller_id, read_only=read_only)


@contextmanager
def opened(url: str, *, clock: Clock = utc_now) -> Iterator[tuple[Backorders, CountingStore]]:
    """Yield the library over the store at a URL, and the store."""
    with closing(CountingStore.from_url(url)) as store:
        yield Backorders(store, clock=clock), store
