"""What happened to one seller, and what the seller has chosen."""

from collections.abc import Sequence
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo, cut
from backorders.domain.events import OrderEvent, StockEvent
from backorders.domain.settings import Settings
from backorders.domain.values import OrderId
from backorders.ports.storage import Entry


@attrs.frozen
class MemoryJournal:
    """Events of one seller."""

    _seller: SellerData
    _undo: Undo

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            entries_of = self._seller.journal.setdefault(entry.subject, [])
            self._undo.append(partial(cut, entries_of, len(entries_of)))
            entries_of.append(entry)

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        entries = sorted(self._seller.journal.get(order_id, ()), key=lambda each: each.version)
        return [entry.event for entry in entries if not isinstance(entry.event, StockEvent)]


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
