"""What happened, as documents."""

import enum
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

import attrs

from backorders.adapters.cli.documents import instant
from backorders.domain.events import OrderEvent
from backorders.domain.inbound_events import InboundEvent


class EventDocument(TypedDict):
    """Something that happened; what is in `details` is said in the reference of events."""

    event: str
    at: str
    details: dict[str, object]


class HistoryDocument(TypedDict):
    """What happened to an order or a delivery, first to last."""

    subject: str
    events: list[EventDocument]


def of_events(subject: str, events: Sequence[OrderEvent | InboundEvent]) -> HistoryDocument:
    """Return a history as a document."""
    return {"subject": subject, "events": [_of_event(event) for event in events]}


def _of_event(event: OrderEvent | InboundEvent) -> EventDocument:
    told = {
        field.name: _plain(getattr(event, field.name))
        for field in attrs.fields(type(event))
        if field.name not in {"order_id", "inbound_id", "at"}
    }
    return {"event": type(event).__name__, "at": instant(event.at), "details": told}


def _plain(value: object) -> object:
    match value:
        case enum.Enum():
            return value.value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case dict():
            return dict(value)
        case _:
            return value
