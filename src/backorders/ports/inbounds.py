"""What the use cases need from a store of announced deliveries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, Sku


class Place(NamedTuple):
    """Where a delivery stands among those that are listed: by day expected, then by id."""

    expected_on: date
    inbound_id: InboundId


class Coming(NamedTuple):
    """As much of an open delivery as tells when it will be on the shelf."""

    inbound_id: InboundId
    expected_on: date
    due_on: date | None
    """`None`: it has not arrived."""


class Inbounds(Protocol):
    """The seller's announced deliveries."""

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        """Return those of the deliveries that exist."""
        ...

    def add(self, inbound: Inbound) -> None:
        """Store a new delivery. Raises `LostRace` when its id has been taken meanwhile."""
        ...

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        """Write over a stored delivery, whose announced lines stay.

        Raises `LostRace` unless it has the version stored: here, or when it is committed.
        """
        ...

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        """Return the next deliveries, at most `limit`, by day expected and id, after a place.

        With `status`, those that have come so far. With `overdue`, those that are overdue on that
        day, or those that are not.
        """
        ...

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        """Return the first deliveries, by id, that are overdue on a day and not told to be."""
        ...

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        """Return the deliveries of which something is outstanding, by id.

        With `skus`, those of which any of these is.
        """
        ...

    def outstanding(self) -> Mapping[Sku, int]:
        """Return SKU → units outstanding, over all deliveries, without zeros.

        Outstanding are the announced units of a delivery that is not closed, less those booked in.
        """
        ...
