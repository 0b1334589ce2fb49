"""A promise: when a back order can be released, what that hangs on, and why there is no date."""

import enum
from collections.abc import Mapping
from datetime import date

import attrs

from backorders.domain.listing_words import listed, units_of
from backorders.domain.order import ClaimPolicy, OrderStatus
from backorders.domain.values import InboundId, OrderId, Sku, WarehouseId


class Prospect(enum.Enum):
    """Why a promise is what it is."""

    COVERED = "covered"
    """Announced deliveries bring all that the order lacks."""
    BEING_SERVED = "being_served"
    """Units are there, and the queue is being served with them just now."""
    NOT_SHORT = "not_short"
    """The order lacks nothing, or asks for nothing any more."""
    NOTHING_ANNOUNCED = "nothing_announced"
    """No delivery of something that it lacks is announced."""
    LATE = "late"
    """What is announced of something that it lacks is late, and what is late is not counted."""
    ELSEWHERE = "elsewhere"
    """What is announced of something that it lacks is for warehouses that it may not draw on."""
    NOT_ENOUGH = "not_enough"
    """What is announced is not enough for the order and those who get it first."""


@attrs.frozen
class DeliveryShare:
    """What one announced delivery gives an order."""

    inbound_id: InboundId
    on: date
    """The day on which it will be on the shelf."""
    units: Mapping[Sku, int]
    """SKU → units."""


@attrs.frozen
class Promise:
    """When a back order can be released, if all that is announced comes and is booked in on time.

    It is worked out anew each time, and blocks nothing. Days are the seller's local ones.
    """

    order_id: OrderId
    on: date | None
    """The day on which the order can be released; `None`: there is none, see `reason`."""
    prospect: Prospect
    """The reason, as a value."""
    status: OrderStatus
    claim: ClaimPolicy
    warehouse: WarehouseId | None
    """The only warehouse that the order may draw on; `None`: every one."""
    shares: tuple[DeliveryShare, ...] = ()
    """What each delivery gives the order, first to last, also where that is not all it lacks."""
    missing: Mapping[Sku, int] = attrs.field(factory=dict)
    """SKU → units that it will still lack when all that is announced has come."""
    because_of: tuple[Sku, ...] = ()
    """The SKUs that stand in the way of a date, if the prospect is about some of them."""
    late: tuple[InboundId, ...] = ()
    """Late deliveries of what will be missing, which are not counted; by id."""

    @property
    def deliveries(self) -> tuple[InboundId, ...]:
        """The announced deliveries that give the order units, first to last."""
        return tuple(share.inbound_id for share in self.shares)

    @property
    def reason(self) -> str:
        """The same in a plain sentence."""
        match self.prospect:
            case Prospect.NOT_SHORT:
                return f"Nothing is short: the order is {self.status.name}."
            case Prospect.BEING_SERVED:
                return "The queue is being served just now, and there is enough for this order."
            case Prospect.COVERED:
                brought = listed(
                    f"{share.inbound_id!r} brings {units_of(share.units)} on {share.on}"
                    for share in self.shares
                )
                return f"It can be released on {self.on}: {brought}."
            case _:
                return f"No date: {self._in_the_way()}"

    def _in_the_way(self) -> str:
        late = listed(map(repr, self.late)) if self.late else ""
        ending = f" Late, and not counted: {late}." if late else ""
        if self.prospect is Prospect.NOT_ENOUGH and self.claim is ClaimPolicy.YIELD:
            return (
                "what is announced, and is not for others, never holds all that the order lacks "
                f"at once, and it takes all or nothing (YIELD).{ending}"
            )
        skus = listed(map(repr, self.because_of))
        if self.prospect is Prospect.NOTHING_ANNOUNCED:
            return f"no delivery of {skus} is announced."
        if self.prospect is Prospect.LATE:
            return f"what is announced of {skus} is late, and what is late is not counted: {late}."
        if self.prospect is Prospect.ELSEWHERE:
            return (
                f"what is announced of {skus} is not for the warehouse {self.warehouse!r}, on "
                "which alone the order draws."
            )
        short = units_of({sku: self.missing[sku] for sku in self.because_of})
        return (
            f"what is announced of {skus} is not enough for the order and those ahead of it: "
            f"{short} will still be short.{ending}"
        )
