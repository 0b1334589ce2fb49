"""An announced delivery: what is to come, how far it has come, and what differs in the end."""

import enum
from collections.abc import Mapping
from datetime import date, datetime

import attrs

from backorders.domain.errors import ContentDiffers, InboundRefused
from backorders.domain.values import InboundId, SellerId, Sku, WarehouseId


class InboundStatus(enum.Enum):
    """How far a delivery has come."""

    ANNOUNCED = "announced"
    """Expected, or under way."""
    ARRIVED = "arrived"
    """In the building, being unloaded, counted and put away: not stock before it is booked in."""
    CLOSED = "closed"
    """Nothing more of it is to come."""


def _by_sku(units: Mapping[Sku, int]) -> Mapping[Sku, int]:
    return dict(sorted(units.items()))


@attrs.frozen
class Inbound:
    """An announced delivery. All its days are the seller's local ones."""

    seller_id: SellerId
    inbound_id: InboundId
    warehouse: WarehouseId
    lines: Mapping[Sku, int] = attrs.field(converter=_by_sku)
    """SKU → units announced."""
    expected_on: date
    """The day on which it is to arrive."""
    status: InboundStatus = InboundStatus.ANNOUNCED
    arrived_at: datetime | None = None
    due_on: date | None = None
    """The day by which it is to be booked in; there is none before it has arrived."""
    booked_in: Mapping[Sku, int] = attrs.field(factory=dict, converter=_by_sku)
    """SKU → units booked in so far, announced or not, over all its receipts."""
    cancelled: bool = False
    """Whether it was called off: closed, without anything having been missing."""
    overdue_told: bool = False
    """Whether it has been announced that it is overdue."""
    version: int = 1
    """How often it has been written; a store refuses to write over a version it does not know."""

    @property
    def outstanding(self) -> Mapping[Sku, int]:
        """SKU → announced units that are still to be booked in, without zeros."""
        if self.status is InboundStatus.CLOSED:
            return {}
        left = {sku: units - self.booked_in.get(sku, 0) for sku, units in self.lines.items()}
        return {sku: units for sku, units in left.items() if units > 0}

    @property
    def discrepancies(self) -> Mapping[str, int]:
        """SKU → booked in less announced, so far, without zeros; none of one that was called off.

        A SKU that was not announced has as many as were booked in.
        """
        if self.cancelled:
            return {}
        every = sorted(self.lines.keys() | self.booked_in.keys())
        found = {sku: self.booked_in.get(sku, 0) - self.lines.get(sku, 0) for sku in every}
        return dict[str, int]((sku, units) for sku, units in found.items() if units)

    def is_overdue(self, today: date) -> bool:
        """Return whether it has arrived, is past its due date, and is not closed."""
        arrived = self.status is InboundStatus.ARRIVED
        return arrived and self.due_on is not None and self.due_on < today

    def is_late(self, today: date) -> bool:
        """Return whether it is overdue, or has not arrived though it was expected before today."""
        awaited = self.status is InboundStatus.ANNOUNCED
        return self.is_overdue(today) or (awaited and self.expected_on < today)

    def announced_again(self, other: "Inbound") -> "Inbound":
        """Return the delivery as announced again: the same, or expected on another day.

        Raises `ContentDiffers` for other lines or another warehouse. Only what has not arrived can
        be expected on another day.
        """
        if (other.lines, other.warehouse) != (self.lines, self.warehouse):
            raise ContentDiffers("delivery", self.inbound_id)
        if other.expected_on == self.expected_on:
            return self
        if self.status is not InboundStatus.ANNOUNCED:
            raise self._refused(
                "expect it on another day", "announce what is to come under a new id"
            )
        return attrs.evolve(self, expected_on=other.expected_on)

    def arrived(self, at: datetime, due_on: date) -> "Inbound":
        """Return the delivery as arrived."""
        return attrs.evolve(self, status=InboundStatus.ARRIVED, arrived_at=at, due_on=due_on)

    def with_receipt(self, units: Mapping[Sku, int], warehouse: WarehouseId) -> "Inbound":
        """Return the arrived delivery with so many more units booked in: announced ones or not."""
        if warehouse != self.warehouse:
            raise self._refused(
                f"book it in at {warehouse!r}", f"it is announced for {self.warehouse!r}: say so"
            )
        booked = {sku: self.booked_in.get(sku, 0) + more for sku, more in units.items()}
        return attrs.evolve(self, booked_in={**self.booked_in, **booked})

    def told_overdue(self) -> "Inbound":
        """Return the delivery as one of which it has been announced that it is overdue."""
        return attrs.evolve(self, overdue_told=True)

    def closed(self) -> "Inbound":
        """Return the delivery as closed; one that is closed already is returned as it is."""
        if self.status is InboundStatus.CLOSED:
            return self
        return attrs.evolve(self, status=InboundStatus.CLOSED)

    def called_off(self) -> "Inbound":
        """Return the delivery as called off; one that is already is returned as it is.

        Nothing may have been booked in: what has come, has come.
        """
        if self.cancelled:
            return self
        if self.status is InboundStatus.CLOSED or self.booked_in:
            what = "is closed" if self.status is InboundStatus.CLOSED else "has units booked in"
            raise self._refused(
                "cancel it", f"it {what}: close it, and adjust the stock if need be"
            )
        return attrs.evolve(self, status=InboundStatus.CLOSED, cancelled=True)

    def must_be_open(self, action: str) -> None:
        """Refuse the action if nothing more of the delivery is to come."""
        if self.status is InboundStatus.CLOSED:
            raise self._refused(
                action, "announce what has come under a new id, or book it in without one"
            )

    def _refused(self, action: str, instead: str) -> InboundRefused:
        status = "CANCELLED" if self.cancelled else self.status.name
        return InboundRefused(self.inbound_id, status, action, instead)
