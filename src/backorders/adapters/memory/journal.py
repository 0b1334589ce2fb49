"""What happened to one seller, and what the seller has chosen."""

from collections.abc import Iterator, Sequence
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo
from backorders.domain.backlog_days import Turn
from backorders.domain.events import Event, OrderEvent, StockEvent
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.settings import Settings
from backorders.domain.values import InboundId, OrderId
from backorders.ports.storage import Entry


@attrs.frozen
class MemoryJournal:
    """Events of one seller."""

    _seller: SellerData
    _undo: Undo

    def append(self, entries: Sequence[Entry]) -> None:
        journal = self._seller.journal
        self._undo.append(partial(self._take_out, entries))
        for entry in entries:
            known = journal.get(entry.subject)
            if known is None:
                journal[entry.subject] = [entry]
            else:
                known.append(entry)
        if entries:
            self._seller.appended.append(tuple(entries))

    def _take_out(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._seller.appended.pop()
        for entry in reversed(entries):
            self._seller.journal[entry.subject].pop()

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        told = self._told_of(order_id)
        return [event for event in told if not isinstance(event, StockEvent | InboundEvent)]

    def turns(self) -> Iterator[Turn]:
        for subject in self._seller.journal:
            for event in self._told_of(subject):
                if isinstance(event, Turn):
                    yield event

    def inbound_history(self, inbound_id: InboundId) -> Sequence[InboundEvent]:
        return [event for event in self._told_of(inbound_id) if isinstance(event, InboundEvent)]

    def _told_of(self, subject: str) -> list[Event]:
        entries = sorted(self._seller.journal.get(subject, ()), key=lambda each: each.version)
        return [entry.event for entry in entries]


@attrs.frozen
class MemorySettings:
    """What one seller has chosen."""

    _seller: SellerData
    _undo: Undo

    def get(self) -> Settings | None:
        return self._seller.settings

    def put(self, settings: Settings) -> None:
        self._undo.append(partial(setattr, self._seller, "settings", self._seller.settings))
        self._seller.settings = settings
