"""The store, and the transactions on it."""

import threading
from collections.abc import Callable, Collection, Iterator
from types import TracebackType
from typing import Self

from backorders.adapters.memory.answers import MemoryAnswers
from backorders.adapters.memory.audit import MemoryAudit
from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.feed import MemoryFeed, MemorySubscribers
from backorders.adapters.memory.inbounds import MemoryInbounds
from backorders.adapters.memory.journal import MemoryJournal, MemorySettings
from backorders.adapters.memory.notices import MemoryNotices, MemoryOutboxes, MemoryUsers
from backorders.adapters.memory.orders import MemoryOrders
from backorders.adapters.memory.reports import MemoryReports
from backorders.adapters.memory.stock import MemoryStock
from backorders.adapters.memory.turns import Turns
from backorders.adapters.memory.undoing import Undo
from backorders.domain import values
from backorders.domain.errors import StoreUnusable
from backorders.domain.values import SellerId, Sku


class MemoryUnitOfWork:
    """A transaction: the seller's lock, and a list of how to undo what was done."""

    def __init__(
        self, seller_id: SellerId, seller: SellerData, release: Callable[[], None]
    ) -> None:
        self._undo: Undo = []
        self._seller = seller
        self._release = release
        self.seller_id = seller_id
        self.seller = seller
        """All that is stored of the seller, for the store itself."""
        self.orders_per_commit: int | None = None
        self.unsettled: set[Sku] = set()
        self.wanted: Collection[Sku] = ()
        self.orders = MemoryOrders(seller, self._undo)
        self.stock = MemoryStock(seller, self._undo)
        self.inbounds = MemoryInbounds(seller, self._undo)
        self.answers = MemoryAnswers(seller, self._undo)
        self.journal = MemoryJournal(seller, self._undo)
        self.settings = MemorySettings(seller, self._undo)
        self.audit = MemoryAudit(seller)
        self.users = MemoryUsers(seller, self._undo)
        self.notices = MemoryNotices(seller, self._undo)
        self.reports = MemoryReports(seller)
        self.feed = MemoryFeed(seller_id, seller, self._undo)
        self.subscribers = MemorySubscribers(seller, self._undo)

    def commit(self) -> None:
        self._undo.clear()
        self._seller.is_known = self._seller.settings is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            while self._undo:
                self._undo.pop()()
        finally:
            self._release()


class MemoryStore:
    """A store in memory, gone with the process.

    Safe to use from several threads: each waits for its turn at a seller, `patience` seconds at
    most, and then raises `StoreUnusable`. Those that only read have it together; one that writes
    has it alone, and inside another unit of work of the same seller would wait for itself.
    """

    def __init__(self, *, patience: float = 30.0) -> None:
        self.patience = patience
        """How many seconds a unit of work waits for its turn."""
        self._sellers: dict[SellerId, SellerData] = {}
        self._turns: dict[SellerId, Turns] = {}
        self._guard = threading.Lock()
        self._closed = False

    def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
        """Return a unit of work for a seller, as soon as it is its turn."""
        begun = self.begin_within(self.patience, seller_id, read_only=read_only)
        if begun is None:
            raise StoreUnusable(
                f"waited {self.patience} s for another unit of work of {seller_id!r}: end it first"
            )
        return begun

    def begin_within(
        self, patience: float, seller_id: str, *, read_only: bool = False
    ) -> MemoryUnitOfWork | None:
        """Return a unit of work if it is its turn within so many seconds."""
        checked = values.seller_id(seller_id)
        with self._guard:
            if self._closed:
                raise StoreUnusable("the store is closed: make a new one")
            turns = self._turns.setdefault(checked, Turns())
            seller = self._sellers.setdefault(checked, SellerData())
        release = turns.take(read_only=read_only, patience=patience)
        return None if release is None else MemoryUnitOfWork(checked, seller, release)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        with self._guard:
            if self._closed:
                raise StoreUnusable("the store is closed: make a new one")
            known = [name for name, seller in self._sellers.items() if seller.is_known]
        return tuple(sorted(known))

    @property
    def outboxes(self) -> MemoryOutboxes:
        """What is to be told, of all sellers."""
        return MemoryOutboxes(self._each_alone)

    def _each_alone(self) -> Iterator[tuple[SellerId, SellerData]]:
        """Yield the data of each seller, sorted, while nobody writes to it."""
        for seller_id in self.sellers():
            with self.begin(seller_id, read_only=True):
                yield seller_id, self._sellers[seller_id]

    def close(self) -> None:
        """Forget everything; the store cannot be used any more."""
        with self._guard:
            self._closed = True
            self._sellers.clear()
