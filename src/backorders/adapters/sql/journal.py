"""Events in SQL: each as JSON, with the name of its class as its type."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, get_args

import attrs
import msgspec

from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.session import Session
from backorders.domain.events import (
    OrderEvent,
    StockAdjusted,
    StockBookedIn,
    StockCounted,
)
from backorders.domain.values import OrderId
from backorders.ports.storage import Entry

_ORDER: Final = "order"
_KINDS: Final = {StockBookedIn: "receipt", StockCounted: "count", StockAdjusted: "adjustment"}
_ORDER_EVENTS: Final = {event.__name__: event for event in get_args(OrderEvent)}


@attrs.frozen
class SqlJournal:
    """Events of one seller; see the port for what each method promises."""

    _session: Session

    def append(self, entries: Sequence[Entry]) -> None:
        seller_no = self._session.seller_no
        places: Counter[tuple[str, str, int]] = Counter()
        rows: list[Row] = []
        for subject, version, event in entries:
            key = (_KINDS.get(type(event), _ORDER), subject, version)
            text = msgspec.json.encode([type(event).__name__, event]).decode()
            rows.append((seller_no, *key, places[key], text))
            places[key] += 1
        self._session.insert(self._session.tables.journal, rows)

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        found = self._session.read(
            self._session.queries.history,
            {"seller_no": self._session.seller_no, "kind": _ORDER, "subject": order_id},
        )
        return [_event(text) for (text,) in found]


def _event(text: str) -> OrderEvent:
    name, fields = msgspec.json.decode(text, type=tuple[str, msgspec.Raw])
    event: OrderEvent = msgspec.json.decode(fields, type=_ORDER_EVENTS[name])
    return event
