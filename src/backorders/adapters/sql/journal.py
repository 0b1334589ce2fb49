"""Events in SQL: each as JSON, with the name of its class as its type."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar, get_args

import attrs

from backorders.adapters.sql.rows import Row, from_tagged, to_tagged
from backorders.adapters.sql.session import Session
from backorders.domain.backlog_days import Turn
from backorders.domain.events import OrderEvent
from backorders.domain.happened import kind_of
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.values import InboundId, OrderId
from backorders.ports.storage import Entry

_Event = TypeVar("_Event")
_ORDER: Final = "order"
_INBOUND: Final = "inbound"
_ORDER_EVENTS: Final = {event.__name__: event for event in get_args(OrderEvent)}
_TURNS: Final[Mapping[str, type[Turn]]] = {event.__name__: event for event in get_args(Turn)}
_INBOUND_EVENTS: Final = {event.__name__: event for event in get_args(InboundEvent)}


@attrs.frozen
class SqlJournal:
    """Events of one seller; see the port for what each method promises."""

    _session: Session

    def append(self, entries: Sequence[Entry]) -> None:
        seller_no = self._session.seller_no
        places: Counter[tuple[str, str, int]] = Counter()
        rows: list[Row] = []
        for subject, version, event in entries:
            key = (kind_of(event), subject, version)
            text = to_tagged(event)
            rows.append((seller_no, *key, places[key], text, None))
            places[key] += 1
        self._session.insert(self._session.tables.journal, rows)

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        return self._told_of(_ORDER, order_id, _ORDER_EVENTS)

    def turns(self) -> Iterator[Turn]:
        found = self._session.read(
            self._session.queries.turns, {"seller_no": self._session.seller_no}
        )
        for (text,) in found:
            yield from_tagged(text, _TURNS)

    def inbound_history(self, inbound_id: InboundId) -> Sequence[InboundEvent]:
        return self._told_of(_INBOUND, inbound_id, _INBOUND_EVENTS)

    def _told_of(
        self, kind: str, subject: str, events: Mapping[str, type[_Event]]
    ) -> Sequence[_Event]:
        found = self._session.read(
            self._session.queries.history,
            {"seller_no": self._session.seller_no, "kind": kind, "subject": subject},
        )
        return [from_tagged(text, events) for (text,) in found]
