"""What happened in a trial, and what the seller has chosen in it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from backorders.domain.backlog_days import Turn
from backorders.domain.events import Event, OrderEvent, StockEvent
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.settings import Settings
from backorders.domain.values import InboundId, OrderId
from backorders.ports.storage import Entry, Journal, SellerSettings


class TriedJournal:
    """Events in memory, after those below; see the port."""

    def __init__(self, base: Journal) -> None:
        self._base = base
        self._by_subject: dict[str, list[Entry]] = {}
        self.entries: list[Entry] = []
        """All of them, as they were appended."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Keep events."""
        self.entries += entries
        for entry in entries:
            self._by_subject.setdefault(entry.subject, []).append(entry)

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        """Return an order's events, first to last."""
        told = [
            event
            for event in self._told_of(order_id)
            if not isinstance(event, StockEvent | InboundEvent)
        ]
        return [*self._base.history(order_id), *told]

    def turns(self) -> Iterator[Turn]:
        """Return what begins or ends any order's time on back order, order by order."""
        own = {
            subject: [event for event in self._told_of(subject) if isinstance(event, Turn)]
            for subject in self._by_subject
        }
        for order_id, below in groupby(self._base.turns(), key=attrgetter("order_id")):
            yield from below
            yield from own.pop(order_id, ())
        for turns in own.values():
            yield from turns

    def inbound_history(self, inbound_id: InboundId) -> Sequence[InboundEvent]:
        """Return the events of an announced delivery, first to last."""
        told = [each for each in self._told_of(inbound_id) if isinstance(each, InboundEvent)]
        return [*self._base.inbound_history(inbound_id), *told]

    def write(self, base: Journal) -> None:
        """Append all of it to another journal."""
        if self.entries:
            base.append(self.entries)

    def _told_of(self, subject: str) -> list[Event]:
        entries = sorted(self._by_subject.get(subject, ()), key=lambda entry: entry.version)
        return [entry.event for entry in entries]


class TriedSettings:
    """Settings in memory, in the place of those below; see the port."""

    def __init__(self, base: SellerSettings) -> None:
        self._base = base
        self._put: Settings | None = None

    def get(self) -> Settings | None:
        """Return the settings, or `None` when nothing was ever stored for the seller."""
        return self._put or self._base.get()

    def put(self, settings: Settings) -> None:
        """Keep the settings."""
        self._put = settings

    def write(self, base: SellerSettings) -> None:
        """Write them, if there are any, in the place of others."""
        if self._put is not None:
            base.put(self._put)
