"""Announced deliveries in the naive model: what is to come, and what has come of it (law 23)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import attrs

from backorders.domain.inbound import Inbound, InboundStatus
from backorders.testing.model.refusing import ModelRefusal

_WORKING_DAYS: Final = 2
_SATURDAY: Final = 5


@attrs.define
class ModelDelivery:
    """A delivery, changed in place."""

    inbound_id: str
    lines: dict[str, int]
    warehouse: str
    expected_on: date
    status: InboundStatus = InboundStatus.ANNOUNCED
    booked_in: Counter[str] = attrs.field(factory=Counter)
    cancelled: bool = False
    due_on: date | None = None
    """The day by which it is to be on the shelf; there is none before it has arrived."""

    def copy(self) -> "ModelDelivery":
        """Return a copy."""
        return ModelDelivery(
            self.inbound_id,
            {**self.lines},
            self.warehouse,
            self.expected_on,
            self.status,
            Counter(self.booked_in),
            self.cancelled,
            self.due_on,
        )

    def outstanding(self) -> dict[str, int]:
        """Return SKU → units that are still to come."""
        if self.status is InboundStatus.CLOSED:
            return {}
        left = {sku: units - self.booked_in[sku] for sku, units in self.lines.items()}
        return {sku: units for sku, units in left.items() if units > 0}

    def is_late(self, today: date) -> bool:
        """Return whether it should have come, or have been booked in, before today."""
        if self.status is InboundStatus.ARRIVED:
            return self.due_on is not None and today > self.due_on
        return self.status is InboundStatus.ANNOUNCED and today > self.expected_on

    def shows(self) -> dict[str, object]:
        """Return what the library should show of it."""
        every = sorted({*self.lines, *self.booked_in})
        differs = {sku: self.booked_in[sku] - self.lines.get(sku, 0) for sku in every}
        return {
            "inbound_id": self.inbound_id,
            "lines": self.lines,
            "warehouse": self.warehouse,
            "expected_on": self.expected_on,
            "status": self.status,
            "booked_in": dict(self.booked_in),
            "cancelled": self.cancelled,
            "due_on": self.due_on,
            "discrepancies": {}
            if self.cancelled
            else {sku: units for sku, units in differs.items() if units},
        }


def shown_delivery(inbound: Inbound) -> dict[str, object]:
    """Return what the library shows of a delivery, in the same form."""
    return {
        "inbound_id": inbound.inbound_id,
        "lines": dict(inbound.lines),
        "warehouse": inbound.warehouse,
        "expected_on": inbound.expected_on,
        "status": inbound.status,
        "booked_in": dict(inbound.booked_in),
        "cancelled": inbound.cancelled,
        "due_on": inbound.due_on,
        "discrepancies": dict(inbound.discrepancies),
    }


@attrs.define
class ModelDeliveries:
    """The deliveries of one seller."""

    by_id: dict[str, ModelDelivery] = attrs.field(factory=dict)

    def copy(self) -> "ModelDeliveries":
        """Return a copy."""
        return ModelDeliveries({key: each.copy() for key, each in self.by_id.items()})

    def find(self, inbound_id: str) -> ModelDelivery:
        """Return a delivery that must be there."""
        if inbound_id not in self.by_id:
            raise ModelRefusal("UnknownInbound")
        return self.by_id[inbound_id]

    def find_open(self, inbound_id: str) -> ModelDelivery:
        """Return a delivery that must be there, and of which more may come."""
        known = self.find(inbound_id)
        if known.status is InboundStatus.CLOSED:
            raise ModelRefusal("InboundRefused")
        return known

    def announce(
        self, inbound_id: str, lines: Mapping[str, int], expected_on: date, warehouse: str
    ) -> ModelDelivery:
        """Announce a delivery, or move one that has not arrived to another day."""
        new = ModelDelivery(inbound_id, dict(sorted(lines.items())), warehouse, expected_on)
        known = self.by_id.setdefault(inbound_id, new)
        if (known.lines, known.warehouse) != (new.lines, new.warehouse):
            raise ModelRefusal("ContentDiffers")
        if known.expected_on != expected_on:
            if known.status is not InboundStatus.ANNOUNCED:
                raise ModelRefusal("InboundRefused")
            known.expected_on = expected_on
        return known

    def arrive(self, inbound_id: str, today: date) -> ModelDelivery:
        """Let a delivery come into the building, if it has not."""
        known = self.find_open(inbound_id)
        if known.status is InboundStatus.ANNOUNCED:
            known.status, known.due_on = InboundStatus.ARRIVED, working_days_after(today)
        return known

    def close(self, inbound_id: str) -> ModelDelivery:
        """Expect no more of a delivery."""
        known = self.find(inbound_id)
        known.status = InboundStatus.CLOSED
        return known

    def cancel(self, inbound_id: str) -> ModelDelivery:
        """Call a delivery off of which nothing was booked in."""
        known = self.find(inbound_id)
        if not known.cancelled:
            if known.status is InboundStatus.CLOSED or known.booked_in:
                raise ModelRefusal("InboundRefused")
            known.status, known.cancelled = InboundStatus.CLOSED, True
        return known

    def book_in(
        self, inbound_id: str, lines: Mapping[str, int], warehouse: str, today: date
    ) -> None:
        """Note a receipt with the delivery that it is of, which has arrived by then."""
        known = self.arrive(inbound_id, today)
        if known.warehouse != warehouse:
            raise ModelRefusal("InboundRefused")
        known.booked_in.update(lines)

    def coming(self, today: date) -> list[tuple[date, ModelDelivery]]:
        """Return what is to come and is not late: by the day on which it is on the shelf, by id."""
        days = [
            (each.due_on or working_days_after(each.expected_on), each)
            for each in self.by_id.values()
            if each.outstanding() and not each.is_late(today)
        ]
        return sorted(days, key=lambda day: (day[0], day[1].inbound_id))

    def late(self, today: date) -> list[ModelDelivery]:
        """Return what is late, by id."""
        return [each for _, each in sorted(self.by_id.items()) if each.is_late(today)]


def working_days_after(day: date) -> date:
    """Return the day by which what arrives on a day is on the shelf, outside of the peak season."""
    left = _WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day
