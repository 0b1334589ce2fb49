"""One seller's story: what a process was told on the database, and what there must be afterwards.

The same calls are made on a store in memory, to which nothing can happen. The database must have
what there is in memory, before or after the call during which something happened.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Final

from backorders import Backorders, NotificationKind, usecases
from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import BackordersError, LostRace, StoreUnusable
from backorders.domain.stock import StockChange
from backorders.domain.values import ReferenceId, SellerId, Sku
from backorders.ports.storage import Store
from backorders.testing.commands import Command, command
from backorders.testing.histories import SKUS, START, History
from tests.support.clock import SettableClock

_STEP: Final = timedelta(hours=3)
_FAR: Final = datetime(9000, 1, 1, tzinfo=UTC)
_BACKLOG: Final = 10_000
_WITH_ID: Final = frozenset(
    {"place_order", "place_orders", "book_in", "count_stock", "adjust_stock"}
)

_PAPERS: Final = {
    "book_in": StockChange.RECEIPT,
    "count_stock": StockChange.COUNT,
    "adjust_stock": StockChange.ADJUSTMENT,
}


def calls(seed: int) -> Iterator[Command]:
    """Yield what happens to a seller, on whose desk somebody wants to be told of everything."""
    first = (
        command("add_user", "ann", email="ann@example.com"),
        *(command("opt_in", "ann", kind) for kind in NotificationKind),
    )
    return chain(first, History(seed))


def at(number: int) -> datetime:
    """Return the time of a call, by its number."""
    return START + number * _STEP


def make(asked: Command, number: int, store: Store, seller_id: str) -> object:
    """Make a call at its time; return what it comes to, in a form that compares.

    Raises what is no answer: a store that cannot be asked, races without end.
    """
    app = Backorders(store, clock=SettableClock(at(number)))
    result = asked.on(app.seller(seller_id))
    if isinstance(result, StoreUnusable | LostRace):
        raise result
    return (type(result), str(result)) if isinstance(result, BackordersError) else result


def is_refusal(told: object) -> bool:
    """Return whether what `make` returned tells of an error."""
    return isinstance(told, tuple) and len(told) == 2 and isinstance(told[0], type)


class Story:
    """What should have become of one seller by now."""

    def __init__(self, seller_id: str, seed: int) -> None:
        self.seller_id = SellerId(seller_id)
        self.seed = seed
        self.next = 0
        """The number of the first call of which it is not known that it was made."""
        self._memory = MemoryStore()
        self._calls: list[Command] = []
        self._done: set[int] = set()
        self._more = calls(seed)

    def call(self, number: int) -> Command:
        """Return the call of this number."""
        self._calls += islice(self._more, max(0, number + 1 - len(self._calls)))
        return self._calls[number]

    def done_with_id(self) -> list[int]:
        """Return the numbers of the calls that were done and must do nothing a second time."""
        return sorted(n for n in self._done if self._calls[n].name in _WITH_ID)

    def make(self, number: int, *, when: int | None = None) -> object:
        """Make a call in memory, by default at its own time."""
        moment = number if when is None else when
        told = make(self.call(number), moment, self._memory, self.seller_id)
        if not is_refusal(told):
            self._done.add(number)
        return told

    def everything(self, store: Store | None = None) -> object:
        """Return all that there is in a store, or in memory, with the papers of the story."""
        stored = store or self._memory
        with stored.begin(self.seller_id, read_only=True) as uow:
            papers = [uow.stock.document(kind, reference) for kind, reference in self._papers()]
        return everything(stored, self.seller_id), papers

    def _papers(self) -> Iterator[tuple[StockChange, ReferenceId]]:
        """Yield the papers that were handed in: a count may change nothing else."""
        for asked in map(self.call, range(self.next + 1)):
            if asked.name in _PAPERS:
                yield _PAPERS[asked.name], ReferenceId(str(asked.args[0]))


def everything(store: Store, seller_id: SellerId) -> object:
    """Return all that a store has of a seller: orders, events, shelves, queue, notices, sums."""
    outbox = [
        message_id
        for whose, message_id in store.outboxes.due(_FAR, _FAR, _BACKLOG)
        if whose == seller_id
    ]
    with store.begin(seller_id, read_only=True) as uow:
        orders = uow.orders.find({line.order_id for line in uow.audit.lines()})
        backlog = uow.orders.on_back_order(sku=None, placed_before=None, after=None, limit=_BACKLOG)
        return (
            orders,
            {order_id: tuple(uow.journal.history(order_id)) for order_id in orders},
            tuple(uow.stock.levels([Sku(sku) for sku in SKUS])),
            tuple(order.order_id for order in backlog),
            uow.settings.get(),
            tuple(uow.users.every()),
            tuple(uow.notices.noted(_FAR, _FAR)),
            {message_id: uow.notices.content(message_id) for message_id in outbox},
            usecases.verify(uow=uow),
        )
