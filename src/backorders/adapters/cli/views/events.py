"""What happened, for people."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

import attrs

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import in_words, moment, word
from backorders.domain.events import OrderEvent
from backorders.domain.inbound_events import InboundEvent

_SAID: dict[str, str] = {
    "because": "because of",
    "split_from": "from",
}
"""Field → how it is said, where its name would not do."""


def show_events(
    screen: Screen, events: Sequence[OrderEvent | InboundEvent], zone: ZoneInfo
) -> None:
    """Show a history, one event in a row."""
    screen.table(
        ["when", "what", "details"],
        [[moment(event.at, zone), _name(event), _details(event, zone)] for event in events],
    )


def _name(event: OrderEvent | InboundEvent) -> str:
    """Return the name of an event in words: `WentOnBackOrder` went on back order."""
    name = type(event).__name__.removeprefix("Order").removeprefix("Inbound")
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def _details(event: OrderEvent | InboundEvent, zone: ZoneInfo) -> str:
    told = []
    for field in attrs.fields(type(event)):
        value: object = getattr(event, field.name)
        if field.name not in {"order_id", "inbound_id", "at"} and value not in ("", None, {}):
            said = _SAID.get(field.name, word(field.name))
            told.append(f"{said}: {_value(value, zone)}")
    return "; ".join(told)


def _value(value: object, zone: ZoneInfo) -> str:
    match value:
        case dict():
            return in_words(value)
        case Enum():
            return word(str(value.value))
        case datetime():
            return moment(value, zone)
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
