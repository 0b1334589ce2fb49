"""What happened to an announced delivery, as frozen values, like the events of orders."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

import attrs

from backorders.domain.values import InboundId, ReferenceId, Sku, WarehouseId


def _sorted(units: Mapping[Sku, int]) -> Mapping[Sku, int]:
    return dict(sorted(units.items()))


@attrs.frozen
class InboundAnnounced:
    """A delivery is to come."""

    inbound_id: InboundId
    at: datetime
    warehouse: WarehouseId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units announced."""
    expected_on: date


@attrs.frozen
class InboundMoved:
    """It is expected on another day."""

    inbound_id: InboundId
    at: datetime
    before: date
    """The day on which it was expected so far."""
    expected_on: date


@attrs.frozen
class InboundArrived:
    """It is in the building."""

    inbound_id: InboundId
    at: datetime
    arrived_at: datetime
    due_on: date
    """The day by which it is to be booked in."""


@attrs.frozen
class InboundBookedIn:
    """Some of it, or something else that came with it, was counted onto the shelf."""

    inbound_id: InboundId
    at: datetime
    receipt: ReferenceId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)


@attrs.frozen
class InboundClosed:
    """Nothing more of it is to come."""

    inbound_id: InboundId
    at: datetime
    discrepancies: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units booked in less units announced, without zeros."""


@attrs.frozen
class InboundCancelled:
    """It was called off before any of it was booked in."""

    inbound_id: InboundId
    at: datetime


InboundEvent: TypeAlias = (
    InboundAnnounced
    | InboundMoved
    | InboundArrived
    | InboundBookedIn
    | InboundClosed
    | InboundCancelled
)
