"""What has been committed for a seller, as told by what was written: the store must have it all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from backorders.domain.answering import Answered, Answering, answer_key
from backorders.domain.events import OrderEvent, StockEvent
from backorders.domain.inbound import Inbound
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.order import Order
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.verification import discrepancies
from backorders.ports.storage import Entry, NewOrder, Saved, UnitOfWork

_SOME: Final = 10_000
"""More than there are orders of a seller in a case."""


class Written(NamedTuple):
    """A call by which something was written in a unit of work."""

    port: str
    method: str
    # Any: what the method takes.
    args: tuple[Any, ...]


Writes: TypeAlias = Sequence[Written]


_WRITING: Final = frozenset(
    {("orders", "add"), ("orders", "save"), ("stock", "save"), ("stock", "add_document")}
    | {("stock", "move"), ("journal", "append"), ("inbounds", "add"), ("inbounds", "save")}
    | {("settings", "put"), ("answers", "add"), ("answers", "save")}
)
"""The calls on ports that change what books are kept of."""


def changes_anything(writes: Writes) -> bool:
    """Return whether a commit changes anything, or only ends a call that had nothing to do."""
    return any((written.port, written.method) in _WRITING for written in writes)


@attrs.define
class Books:
    """What has been committed for one seller."""

    orders: dict[str, Order] = attrs.field(factory=dict)
    contents: dict[str, str] = attrs.field(factory=dict)
    levels: dict[tuple[str, str], StockLevel] = attrs.field(factory=dict)
    """(SKU, warehouse) → level."""
    moved: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """(SKU, warehouse) → units that came, less those that went."""
    documents: dict[tuple[StockChange, str], StockDocument] = attrs.field(factory=dict)
    entries: dict[str, list[Entry]] = attrs.field(factory=dict)
    inbounds: dict[str, Inbound] = attrs.field(factory=dict)
    settings: Settings | None = None
    answers: dict[str, Answering] = attrs.field(factory=dict)
    """How far the answers to many orders have come, by their keys."""

    def enter(self, writes: Writes) -> None:  # noqa: C901, PLR0912 - a table
        """Take in what a commit has made last."""
        for written in writes:
            match (written.port, written.method):
                case ("orders", "add"):
                    self._add(*written.args)
                case ("orders", "save"):
                    self._save(*written.args)
                case ("stock", "save"):
                    self._save_levels(*written.args)
                case ("stock", "add_document"):
                    self._add_document(*written.args)
                case ("stock", "move"):
                    self._move(*written.args)
                case ("journal", "append"):
                    self._append(*written.args)
                case ("inbounds", "add"):
                    self._add_inbound(*written.args)
                case ("inbounds", "save"):
                    self._save_inbound(*written.args)
                case ("settings", "put"):
                    self.settings = written.args[0]
                case ("answers", "add"):
                    self.answers[written.args[0].key] = written.args[0]
                case ("answers", "save"):
                    self._save_answers(*written.args)
                case _:
                    # A port that came later: it is watched, but not kept books of.
                    pass

    @property
    def owes(self) -> bool:
        """Whether there are units that are still to be given to the backlog."""
        return any(level.owed for level in self.levels.values())

    def on_back_order(self) -> list[Order]:
        """Return the orders on back order, in rank order."""
        short = [order for order in self.orders.values() if order.is_on_back_order]
        return sorted(short, key=lambda order: order.rank)

    def history(self, order_id: str) -> list[OrderEvent]:
        """Return what was told of an order, first to last."""
        entries = sorted(self.entries.get(order_id, ()), key=lambda entry: entry.version)
        told = [entry.event for entry in entries]
        return [event for event in told if not isinstance(event, StockEvent | InboundEvent)]

    def levels_of(self, sku: str) -> tuple[StockLevel, ...]:
        """Return the levels of a SKU, by warehouse."""
        return tuple(level for (of, _), level in sorted(self.levels.items()) if of == sku)

    # What writes do

    def _add(self, new: Iterable[NewOrder]) -> None:
        for order, content in new:
            assert order.order_id not in self.orders, f"law 18: {order} was there before"
            self.orders[order.order_id] = order
            self.contents[order.order_id] = content

    def _save(self, changed: Iterable[Saved]) -> None:
        for stored, order in changed:
            known = self.orders.get(order.order_id)
            assert known == stored, f"law 19: {order} was written over {known}, not over {stored}"
            self.orders[order.order_id] = order

    def _save_levels(self, levels: Iterable[StockLevel]) -> None:
        for level in levels:
            self.levels[level.sku, level.warehouse] = level

    def _add_document(self, document: StockDocument) -> None:
        key = (document.kind, str(document.reference))
        assert key not in self.documents, f"law 18: {document} was there before"
        self.documents[key] = document

    def _move(self, movements: Iterable[Movement]) -> None:
        for movement in movements:
            self.moved[movement.sku, movement.warehouse] += movement.quantity

    def _add_inbound(self, inbound: Inbound) -> None:
        assert inbound.inbound_id not in self.inbounds, f"law 18: {inbound} was there before"
        self.inbounds[inbound.inbound_id] = inbound

    def _save_inbound(self, stored: Inbound, inbound: Inbound) -> None:
        known = self.inbounds.get(inbound.inbound_id)
        assert known == stored, f"law 19: {inbound} was written over {known}, not over {stored}"
        self.inbounds[inbound.inbound_id] = inbound

    def _save_answers(self, stored: Answering, given: Sequence[Answered]) -> None:
        known = self.answers.get(stored.key)
        assert known == stored, f"law 19: {stored} is gone on with, and not {known}"
        self.answers[stored.key] = stored.after(len(given))

    def _append(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.entries.setdefault(entry.subject, []).append(entry)


def compare(uow: UnitOfWork, books: Books, keys: Iterable[str], *, histories: bool) -> None:
    """Read all that is stored of a seller, and judge it by the books (laws 1, 2, 4 and 19).

    `keys` are those of all answers that are ever given, whether they have been or not.
    """
    ids = [order.order_id for order in books.orders.values()]
    found = uow.orders.find(ids)
    for order_id in ids:
        stored, order = found.get(order_id), books.orders[order_id]
        assert stored == order, f"law 19: stored is {stored}, committed was {order}"
        assert _times(stored) == _times(order), f"law 19: {order_id} was on back order otherwise"
    assert uow.orders.contents(ids) == books.contents, "law 18: what orders were placed as"
    skus = sorted({level.sku for level in books.levels.values()})
    levels = {(level.sku, level.warehouse): level for level in uow.stock.levels(skus)}
    assert levels == books.levels, f"law 19: stored are {levels}, committed were {books.levels}"
    assert uow.settings.get() == books.settings, "law 19: the settings"
    deliveries = uow.inbounds.find([inbound.inbound_id for inbound in books.inbounds.values()])
    assert deliveries == books.inbounds, f"law 19: {deliveries}, committed were {books.inbounds}"
    short = uow.orders.on_back_order(sku=None, placed_before=None, after=None, limit=_SOME)
    assert list(short) == books.on_back_order(), "the backlog is not that of the orders stored"
    answers = {key: uow.answers.find(answer_key(key)) for key in keys}
    known = {key: books.answers.get(key) for key in keys}
    assert answers == known, f"law 19: answered are {answers}, committed were {known}"
    wrong = list(discrepancies(uow.audit.levels(), uow.audit.lines()))
    assert not wrong, f"laws 1, 2 and 4: {wrong}"
    if histories:
        for document in books.documents.values():
            kept = uow.stock.document(document.kind, document.reference)
            assert kept is not None, f"law 18: {document} is not known any more"
            assert document.is_repeated_by(kept), f"law 18: {document} became {kept}"
        for order_id in ids:
            told = list(uow.journal.history(order_id))
            assert told == books.history(order_id), f"law 19: of {order_id} is told {told}"


def _times(order: Order) -> object:
    """Return what plays no part in whether two orders are equal."""
    return order.back_order_since, order.back_order_time
