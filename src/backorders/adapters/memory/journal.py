"""What happened to one seller, and what the seller has chosen."""

from collections.abc import Sequence
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo
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
        journal = self._seller.journal
        self._undo.append(partial(self._take_out, entries))
        for entry in entries:
            known = journal.get(entry.subject)
            if known is None:
                journal[entry.subject] = [entry]
            else:
                known.append(entry)

    def _take_out(self, entries: Sequence[Entry]) -> None:
        for entry in reversed(entries):
            self._seller.journal[entry.subject].pop()

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
