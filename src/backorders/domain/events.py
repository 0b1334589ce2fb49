"""What happened, as frozen values: stored in the commit that they tell of.

Within an order they are in the order in which they happened. `because` names the call and the id
that caused an event which the order itself was not asked for: `book_in R1`, `cancel_order O7`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

import attrs

from backorders.domain.inbound_events import InboundEvent
from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy
from backorders.domain.values import InboundId, OrderId, ReferenceId, Sku, WarehouseId


def _sorted(units: Mapping[Sku, int]) -> Mapping[Sku, int]:
    return dict(sorted(units.items())) if len(units) > 1 else dict(units)


@attrs.frozen(weakref_slot=False)
class OrderPlaced:
    """An order came in."""

    order_id: OrderId
    at: datetime
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units asked for."""
    allocated: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units that it got at once."""


@attrs.frozen
class OrderEdited:
    """The seller changed what is on the order."""

    order_id: OrderId
    at: datetime
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units more, or, negative, fewer; what stayed the same is not named."""


@attrs.frozen
class OrderSplit:
    """Part of the order went to a new one."""

    order_id: OrderId
    at: datetime
    created: OrderId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units that went."""


@attrs.frozen
class OrderCreated:
    """The order was split off from another."""

    order_id: OrderId
    at: datetime
    split_from: OrderId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units that it was given to wait for or to ship."""
    short: Mapping[Sku, int] = attrs.field(factory=dict, converter=_sorted)
    """SKU → units of them that were short: it is on back order, but not newly so."""


@attrs.frozen
class OrderPrioritised:
    """The order got another priority."""

    order_id: OrderId
    at: datetime
    before: int
    priority: int


@attrs.frozen
class PoliciesChanged:
    """The order has other policies."""

    order_id: OrderId
    at: datetime
    ship: ShipPolicy
    claim: ClaimPolicy
    given_back: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units that it gave back, because it now takes all that it lacks at once, or nothing."""


@attrs.frozen
class HoldPlaced:
    """The order must not be processed yet."""

    order_id: OrderId
    at: datetime
    reason: HoldReason
    until: datetime | None


@attrs.frozen
class HoldReleased:
    """A hold is gone: released, or, when `due`, run out."""

    order_id: OrderId
    at: datetime
    reason: HoldReason
    due: bool


@attrs.frozen
class CancellationRequested:
    """The warehouse was asked whether the processed order can still be cancelled."""

    order_id: OrderId
    at: datetime


@attrs.frozen
class CancellationRefused:
    """The warehouse could not cancel it any more."""

    order_id: OrderId
    at: datetime


@attrs.frozen
class OrderCancelled:
    """The order is cancelled; what it held went back to the shelf."""

    order_id: OrderId
    at: datetime
    reason: str


@attrs.frozen
class OrderProcessed:
    """The order was handed to the warehouse."""

    order_id: OrderId
    at: datetime


@attrs.frozen
class OrderDespatched:
    """The order left the building."""

    order_id: OrderId
    at: datetime


@attrs.frozen
class UnitsAllocated:
    """The order got units."""

    order_id: OrderId
    at: datetime
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    because: str


@attrs.frozen
class UnitsTaken:
    """The order lost units that it held."""

    order_id: OrderId
    at: datetime
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    because: str


@attrs.frozen
class WentOnBackOrder:
    """The order is short now, and was not before."""

    order_id: OrderId
    at: datetime
    short: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units short."""
    because: str


@attrs.frozen
class LeftBackOrder:
    """The order was short, and is not any more: it got units, or was made smaller."""

    order_id: OrderId
    at: datetime
    because: str


@attrs.frozen
class StockBookedIn:
    """A delivery was counted onto the shelf."""

    reference: ReferenceId
    at: datetime
    warehouse: WarehouseId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    inbound: InboundId | None = None
    """The announced delivery that it is of."""


@attrs.frozen
class StockCounted:
    """A stocktake found so many units."""

    reference: ReferenceId
    at: datetime
    warehouse: WarehouseId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units found on the shelf."""
    reason: str


@attrs.frozen
class StockAdjusted:
    """Stock was corrected by so many units."""

    reference: ReferenceId
    at: datetime
    warehouse: WarehouseId
    units: Mapping[Sku, int] = attrs.field(converter=_sorted)
    """SKU → units more, or, negative, fewer."""
    reason: str


OrderEvent: TypeAlias = (
    OrderPlaced
    | OrderEdited
    | OrderSplit
    | OrderCreated
    | OrderPrioritised
    | PoliciesChanged
    | HoldPlaced
    | HoldReleased
    | CancellationRequested
    | CancellationRefused
    | OrderCancelled
    | OrderProcessed
    | OrderDespatched
    | UnitsAllocated
    | UnitsTaken
    | WentOnBackOrder
    | LeftBackOrder
)
StockEvent: TypeAlias = StockBookedIn | StockCounted | StockAdjusted
Event: TypeAlias = OrderEvent | StockEvent | InboundEvent
