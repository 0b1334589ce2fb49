"""Announced deliveries, as documents."""

from collections.abc import Sequence
from typing import TypedDict

from backorders.adapters.cli.documents import maybe_instant, units
from backorders.domain.inbound import Inbound


class InboundDocument(TypedDict):
    """An announced delivery; its days are the seller's local ones."""

    inbound_id: str
    status: str
    cancelled: bool
    warehouse: str
    expected_on: str
    arrived_at: str | None
    due_on: str | None
    lines: dict[str, int]
    booked_in: dict[str, int]
    outstanding: dict[str, int]
    discrepancies: dict[str, int]


class InboundsDocument(TypedDict):
    """Some deliveries; `next` is what --after takes for more, or null."""

    inbounds: list[InboundDocument]
    next: str | None


def of_inbound(inbound: Inbound) -> InboundDocument:
    """Return a delivery as a document."""
    return {
        "inbound_id": inbound.inbound_id,
        "status": inbound.status.value,
        "cancelled": inbound.cancelled,
        "warehouse": inbound.warehouse,
        "expected_on": inbound.expected_on.isoformat(),
        "arrived_at": maybe_instant(inbound.arrived_at),
        "due_on": None if inbound.due_on is None else inbound.due_on.isoformat(),
        "lines": units(inbound.lines),
        "booked_in": units(inbound.booked_in),
        "outstanding": units(inbound.outstanding),
        "discrepancies": dict(inbound.discrepancies),
    }


def of_inbounds(inbounds: Sequence[Inbound], after: str | None) -> InboundsDocument:
    """Return deliveries as a document."""
    return {"inbounds": [of_inbound(each) for each in inbounds], "next": after}
