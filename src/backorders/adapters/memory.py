"""A store in memory: for tests, tools, and services that need nothing to last.

One unit of work per seller runs at a time. It writes in place and keeps how to undo each step:
leaving it without `commit` takes the steps back.
"""

import threading
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

import attrs

from backorders.domain import values
from backorders.domain.allocation import WaitingLine
from backorders.domain.errors import LostRace, StoreUnusable
from backorders.domain.events import OrderEvent, StockEvent
from backorders.domain.order import Order, Rank, Stage
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import OrderId, ReferenceId, SellerId, Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit
from backorders.ports.storage import Entry, NewOrder, Saved

_Item = TypeVar("_Item")


class _Waiting(NamedTuple):
    """A waiting line with what orders it in the backlog of its SKU."""

    rank: Rank
    line_no: int
    line: WaitingLine


@attrs.define
class _Seller:
    """All that is stored of one seller, and the indexes that find it."""

    orders: dict[OrderId, Order] = attrs.field(factory=dict)
    contents: dict[OrderId, str] = attrs.field(factory=dict)
    levels: dict[Sku, dict[WarehouseId, StockLevel]] = attrs.field(factory=dict)
    documents: dict[tuple[StockChange, ReferenceId], StockDocument] = attrs.field(factory=dict)
    movements: list[Movement] = attrs.field(factory=list)
    journal: dict[str, list[Entry]] = attrs.field(factory=dict)
    settings: Settings | None = None
    is_known: bool = False
    """Whether settings have been committed: from then on the seller exists."""
    waiting: dict[Sku, list[_Waiting]] = attrs.field(factory=dict)
    """Per SKU the lines of open orders with a shortage, in rank order."""
    on_back_order: list[Rank] = attrs.field(factory=list)
    holding: dict[Sku, dict[OrderId, None]] = attrs.field(factory=dict)
    """Per SKU the open and processed orders that hold units of it."""
    with_ending_holds: dict[OrderId, None] = attrs.field(factory=dict)

    def replace(self, old: Order | None, new: Order | None) -> None:
        """Put `new` in the place of `old`, in every index; `None` is no order."""
        if old is not None:
            self._forget(old)
            del self.orders[old.order_id]
        if new is not None:
            self.orders[new.order_id] = new
            self._index(new)

    def _index(self, order: Order) -> None:
        if order.stage is Stage.OPEN:
            rank = order.rank
            waits = False
            for entry, sku in _waiting_lines(order, rank):
                waits = True
                # Most orders are the last in the queue: appending spares the search.
                queue = self.waiting.setdefault(sku, [])
                if not queue or queue[-1] < entry:
                    queue.append(entry)
                else:
                    insort(queue, entry)
            if waits:
                if not self.on_back_order or self.on_back_order[-1] < rank:
                    self.on_back_order.append(rank)
                else:
                    insort(self.on_back_order, rank)
            if any(hold.until is not None for hold in order.holds):
                self.with_ending_holds[order.order_id] = None
        if order.stage in (Stage.OPEN, Stage.PROCESSED):
            for line in order.lines:
                if line.allocated:
                    self.holding.setdefault(line.sku, {})[order.order_id] = None

    def _forget(self, order: Order) -> None:
        if order.stage is Stage.OPEN:
            rank = order.rank
            waits = False
            for entry, sku in _waiting_lines(order, rank):
                waits = True
                queue = self.waiting[sku]
                del queue[bisect_left(queue, entry)]
                if not queue:
                    del self.waiting[sku]
            if waits:
                del self.on_back_order[bisect_left(self.on_back_order, rank)]
            self.with_ending_holds.pop(order.order_id, None)
        for line in order.lines:
            if line.allocated and line.sku in self.holding:
                self.holding[line.sku].pop(order.order_id, None)


def _waiting_lines(order: Order, rank: Rank) -> Iterator[tuple[_Waiting, Sku]]:
    for line in order.lines:
        if line.allocated < line.quantity:
            found = WaitingLine(rank, order.warehouse, order.claim, line.shortage)
            yield _Waiting(rank, line.line_no, found), line.sku


@attrs.frozen
class _MemoryOrders:
    """Orders of one seller; see the port for what each method promises."""

    _seller: _Seller
    _undo: list[Callable[[], object]]

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        orders = self._seller.orders
        return {order_id: orders[order_id] for order_id in order_ids if order_id in orders}

    def contents(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, str]:
        contents = self._seller.contents
        return {order_id: contents[order_id] for order_id in order_ids if order_id in contents}

    def add(self, new: Sequence[NewOrder]) -> None:
        seller = self._seller
        for order, content in new:
            if order.order_id in seller.orders:
                raise LostRace(f"order {order.order_id!r} has been placed meanwhile")
            seller.contents[order.order_id] = content
            self._undo.append(partial(seller.contents.pop, order.order_id))
            self._replace(None, order)

    def save(self, changed: Sequence[Saved]) -> None:
        for stored, order in changed:
            current = self._seller.orders.get(stored.order_id)
            if current is None or current.version != stored.version:
                raise LostRace(f"order {stored.order_id!r} has been changed meanwhile")
            self._replace(current, order)

    def _replace(self, old: Order | None, new: Order) -> None:
        seller = self._seller
        seller.replace(old, new)
        self._undo.append(partial(seller.replace, new, old))

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        found = {}
        for sku, rank in after.items():
            queue = self._seller.waiting.get(sku, [])
            first = 0 if rank is None else bisect_right(queue, rank, key=lambda w: w.rank)
            found[sku] = [entry.line for entry in queue[first : first + limit]]
        return found

    def waiting_skus(self) -> Collection[Sku]:
        return list(self._seller.waiting)

    def holders(
        self,
        sku: Sku,
        warehouse: WarehouseId | None,
        stage: Stage,
        before: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        found = [
            order
            for order_id in self._seller.holding.get(sku, ())
            if (order := self._seller.orders[order_id]).stage is stage
            and (before is None or order.rank < before)
            and (warehouse is None or (sku, warehouse) in order.holding())
        ]
        found.sort(key=lambda order: order.rank, reverse=True)
        return found[:limit]

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        if sku is None:
            ranks: Sequence[Rank] = self._seller.on_back_order
        else:
            ranks = list(dict.fromkeys(w.rank for w in self._seller.waiting.get(sku, ())))
        first = 0 if after is None else bisect_right(ranks, after)
        found: list[Order] = []
        for place in range(first, len(ranks)):
            if len(found) == limit:
                break
            rank = ranks[place]
            if placed_before is None or rank.placed_at < placed_before:
                found.append(self._seller.orders[rank.order_id])
        return found

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        orders = self._seller.orders
        return sorted(
            order_id
            for order_id in self._seller.with_ending_holds
            if any(hold.is_due(now) for hold in orders[order_id].holds)
        )


@attrs.frozen
class _MemoryStock:
    """Shelves of one seller."""

    _seller: _Seller
    _undo: list[Callable[[], object]]

    def lock(self, skus: Sequence[Sku]) -> Sequence[StockLevel]:
        # The unit of work has the seller to itself.
        return [level for sku in skus for level in self.levels(sku)]

    def levels(self, sku: Sku) -> Sequence[StockLevel]:
        levels = self._seller.levels.get(sku, {})
        return [levels[warehouse] for warehouse in sorted(levels)]

    def save(self, levels: Sequence[StockLevel]) -> None:
        for level in levels:
            of_sku = self._seller.levels.setdefault(level.sku, {})
            old = of_sku.get(level.warehouse)
            of_sku[level.warehouse] = level
            self._undo.append(partial(_put_back, of_sku, level.warehouse, old))

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        return self._seller.documents.get((kind, reference))

    def add_document(self, document: StockDocument) -> None:
        key = (document.kind, document.reference)
        documents = self._seller.documents
        if key in documents:
            raise LostRace(f"{document.kind.value} {document.reference!r} came in meanwhile")
        documents[key] = document
        self._undo.append(partial(documents.pop, key))

    def move(self, movements: Sequence[Movement]) -> None:
        self._undo.append(partial(_cut, self._seller.movements, len(self._seller.movements)))
        self._seller.movements.extend(movements)


@attrs.frozen
class _MemoryJournal:
    """Events of one seller."""

    _seller: _Seller
    _undo: list[Callable[[], object]]

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            entries_of = self._seller.journal.setdefault(entry.subject, [])
            self._undo.append(partial(_cut, entries_of, len(entries_of)))
            entries_of.append(entry)

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        entries = sorted(self._seller.journal.get(order_id, ()), key=lambda each: each.version)
        return [entry.event for entry in entries if not isinstance(entry.event, StockEvent)]


@attrs.frozen
class _MemorySettings:
    """What one seller has chosen."""

    _seller: _Seller
    _undo: list[Callable[[], object]]

    def get(self) -> Settings | None:
        return self._seller.settings

    def put(self, settings: Settings) -> None:
        self._undo.append(partial(setattr, self._seller, "settings", self._seller.settings))
        self._seller.settings = settings


@attrs.frozen
class _MemoryAudit:
    """Sums over what is stored of one seller."""

    _seller: _Seller

    def levels(self) -> Iterator[LevelAudit]:
        pinned: Counter[tuple[WarehouseId, Sku]] = Counter()
        moved: Counter[tuple[WarehouseId, Sku]] = Counter()
        for order in self._seller.orders.values():
            if order.stage in (Stage.OPEN, Stage.PROCESSED):
                for (sku, warehouse), units in order.holding().items():
                    pinned[warehouse, sku] += units
        for movement in self._seller.movements:
            moved[movement.warehouse, movement.sku] += movement.quantity
        stored = {
            (level.warehouse, level.sku): level
            for levels in self._seller.levels.values()
            for level in levels.values()
        }
        for key in stored.keys() | pinned.keys() | moved.keys():
            level = stored.get(key, StockLevel(*key, on_hand=0))
            yield LevelAudit(*key, level.on_hand, level.allocated, pinned[key], moved[key])

    def lines(self) -> Iterator[LineAudit]:
        listed = {
            (entry.rank, entry.line_no, sku)
            for sku, queue in self._seller.waiting.items()
            for entry in queue
        }
        for order in self._seller.orders.values():
            for line in order.lines:
                yield LineAudit(
                    order.order_id,
                    line.line_no,
                    order.stage,
                    line.quantity,
                    line.allocated,
                    sum(allocation.quantity for allocation in line.allocations),
                    (order.rank, line.line_no, line.sku) in listed,
                )


class _MemoryUnitOfWork:
    """A transaction: the seller's lock, and a list of how to undo what was done."""

    def __init__(self, seller_id: SellerId, seller: _Seller, release: Callable[[], None]) -> None:
        self._undo: list[Callable[[], object]] = []
        self._seller = seller
        self._release = release
        self.seller_id = seller_id
        self.orders_per_commit: int | None = None
        self.unsettled: set[Sku] = set()
        self.orders = _MemoryOrders(seller, self._undo)
        self.stock = _MemoryStock(seller, self._undo)
        self.journal = _MemoryJournal(seller, self._undo)
        self.settings = _MemorySettings(seller, self._undo)
        self.audit = _MemoryAudit(seller)

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
    most, and then raises `StoreUnusable`. A unit of work inside another one of the same seller
    would wait for itself.
    """

    def __init__(self, *, patience: float = 30.0) -> None:
        self._patience = patience
        self._sellers: dict[SellerId, _Seller] = {}
        self._turns: dict[SellerId, threading.Lock] = {}
        self._guard = threading.Lock()
        self._closed = False

    def begin(self, seller_id: str, *, read_only: bool = False) -> _MemoryUnitOfWork:
        """Return a unit of work for a seller; reading alone waits for its turn as well."""
        del read_only
        checked = values.seller_id(seller_id)
        with self._guard:
            if self._closed:
                raise StoreUnusable("the store is closed: make a new one")
            turn = self._turns.setdefault(checked, threading.Lock())
            seller = self._sellers.setdefault(checked, _Seller())
        if not turn.acquire(timeout=self._patience):
            raise StoreUnusable(
                f"waited {self._patience} s for another unit of work of {checked!r}: end it first"
            )
        return _MemoryUnitOfWork(checked, seller, turn.release)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        with self._guard:
            if self._closed:
                raise StoreUnusable("the store is closed: make a new one")
            known = [name for name, seller in self._sellers.items() if seller.is_known]
        return tuple(sorted(known))

    def close(self) -> None:
        """Forget everything; the store cannot be used any more."""
        with self._guard:
            self._closed = True
            self._sellers.clear()


def _put_back(
    levels: dict[WarehouseId, StockLevel], warehouse: WarehouseId, old: StockLevel | None
) -> None:
    if old is None:
        del levels[warehouse]
    else:
        levels[warehouse] = old


def _cut(items: list[_Item], length: int) -> None:
    del items[length:]
