"""An event as others are told of it: with its place, and an id by which it is known again."""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple, TypeAlias, get_args

import attrs

from backorders.domain.events import Event, StockAdjusted, StockBookedIn, StockCounted
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.request import digest
from backorders.domain.values import SellerId

Plain: TypeAlias = str | int | bool | Mapping[str, "Plain"] | None
"""What JSON can hold."""

_OTHERS: Final[Mapping[type, str]] = {
    StockBookedIn: "receipt",
    StockCounted: "count",
    StockAdjusted: "adjustment",
    **dict.fromkeys(get_args(InboundEvent), "inbound"),
}


def kind_of(event: Event) -> str:
    """Return what an event is about: order, receipt, count, adjustment or inbound."""
    return _OTHERS.get(type(event), "order")


EVENTS: Final[Mapping[str, type[Event]]] = {
    kind.__name__: kind for part in get_args(Event) for kind in (get_args(part) or (part,))
}
"""Every event, by name."""


class Subject(NamedTuple):
    """What events are about. Those of one subject are told in their order."""

    kind: str
    """order, receipt, count, adjustment or inbound."""
    id: str


@attrs.frozen
class Happened:
    """An event with its place, as a subscriber is told of it."""

    seller_id: SellerId
    kind: str
    """What the event is about: order, receipt, count, adjustment or inbound."""
    subject: str
    """The id of that."""
    version: int
    """The version of the order or delivery that it led to; 1 for anything else."""
    place: int
    """Among the events of one version, from 0."""
    position: int
    """Among all events of the seller, in the order in which they are told, from 1."""
    event: Event

    @property
    def event_id(self) -> str:
        """32 hexadecimal digits, the same each time that the event is told."""
        whole = digest(self.seller_id, self.kind, self.subject, self.version, self.place)
        return whole[:32]

    @property
    def about(self) -> Subject:
        """What the event is about."""
        return Subject(self.kind, self.subject)

    def to_dict(self) -> dict[str, Plain]:
        """Return all of it in plain values, as JSON holds them."""
        return {
            "event_id": self.event_id,
            "type": type(self.event).__name__,
            "seller_id": self.seller_id,
            "kind": self.kind,
            "subject": self.subject,
            "version": self.version,
            "place": self.place,
            "position": self.position,
            "event": {
                field.name: _plain(getattr(self.event, field.name))
                for field in attrs.fields(type(self.event))
            },
        }


def _plain(value: object) -> Plain:
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)
