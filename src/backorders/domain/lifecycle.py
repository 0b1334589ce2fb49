"""What may happen to an order in which status: the status table, row by row, as pure functions.

Each returns the order as it then is, the same object when the call is a no-op, or raises
`ActionRefused`, which names the order, its status, and what to do instead.
"""

from datetime import datetime

import attrs

from backorders.domain.errors import ActionRefused
from backorders.domain.order import ClaimPolicy, Hold, HoldReason, Order, ShipPolicy, Stage

_FROZEN = {
    Stage.PROCESSED: "it is with the warehouse: request its cancellation, or place a new order",
    Stage.DESPATCHED: "it has left the building: place a new order",
    Stage.CANCELLED: "place a new order",
}


def refused(order: Order, action: str, instead: str) -> ActionRefused:
    """Return the error for an action that the order's status does not allow."""
    return ActionRefused(order.order_id, order.status.name, action, instead)


def must_be_open(order: Order, action: str) -> None:
    """Refuse the action unless the order is open."""
    if order.stage is not Stage.OPEN:
        raise refused(order, action, _FROZEN[order.stage])


def cancelled(order: Order) -> Order:
    """Return the order as cancelled; what it held is the caller's to put back on the shelf."""
    match order.stage:
        case Stage.CANCELLED:
            return order
        case Stage.PROCESSED:
            instead = "it is with the warehouse: request its cancellation"
            raise refused(order, "cancel", instead)
        case Stage.DESPATCHED:
            raise refused(order, "cancel", "it has left the building: await its return")
        case Stage.OPEN:  # pragma: no branch - the last there is
            return _as_cancelled(order)


def cancellation_requested(order: Order) -> Order:
    """Return the order with the warehouse asked whether it can still be cancelled."""
    match order.stage:
        case Stage.CANCELLED:
            return order
        case Stage.PROCESSED if order.cancellation_requested:
            return order
        case Stage.PROCESSED:
            return attrs.evolve(order, cancellation_requested=True)
        case Stage.OPEN:
            raise refused(order, "request the cancellation of", "cancel it outright")
        case Stage.DESPATCHED:  # pragma: no branch - the last there is
            instead = "it has left the building: await its return"
            raise refused(order, "request the cancellation of", instead)


def cancellation_resolved(order: Order, *, accepted: bool) -> Order:
    """Return the order as the warehouse's answer leaves it: cancelled, or processed as before."""
    if accepted and order.stage is Stage.CANCELLED:
        return order
    if not order.cancellation_requested:
        action = "resolve the cancellation of"
        raise refused(order, action, "request its cancellation first, while it is PROCESSED")
    return _as_cancelled(order) if accepted else attrs.evolve(order, cancellation_requested=False)


def with_policies(order: Order, ship: ShipPolicy | None, claim: ClaimPolicy | None) -> Order:
    """Return the order with other policies; `None` leaves one as it is. It holds what it held."""
    must_be_open(order, "change the policies of")
    wanted = (ship or order.ship, claim or order.claim)
    if wanted == (order.ship, order.claim):
        return order
    return attrs.evolve(order, ship=wanted[0], claim=wanted[1])


def held(order: Order, hold: Hold) -> Order:
    """Return the order with a hold; the same reason again replaces its `until`."""
    must_be_open(order, "hold")
    if hold in order.holds:
        return order
    others = [other for other in order.holds if other.reason is not hold.reason]
    return attrs.evolve(order, holds=[*others, hold])


def released(order: Order, reason: HoldReason) -> Order:
    """Return the order without the hold of this reason; one that does not stand is a no-op."""
    left = [hold for hold in order.holds if hold.reason is not reason]
    return order if len(left) == len(order.holds) else attrs.evolve(order, holds=left)


def without_due_holds(order: Order, now: datetime) -> Order:
    """Return the order without the holds that have run out."""
    return attrs.evolve(order, holds=[hold for hold in order.holds if not hold.is_due(now)])


def must_be_processable(order: Order, now: datetime) -> bool:
    """Refuse processing where the table says no; return whether anything is left to be done.

    An AS_AVAILABLE order with a shortage passes: it is split first.
    """
    if order.stage is Stage.PROCESSED:
        return False
    must_be_open(order, "process")
    hold = next((hold for hold in order.holds if not hold.is_due(now)), None)
    if hold is not None:
        until = "" if hold.until is None else f", or wait until {hold.until.isoformat()}"
        instead = f"release its hold {hold.reason.name}{until}"
        raise refused(order, "process", instead)
    if order.is_on_back_order and order.ship is ShipPolicy.COMPLETE:
        raise refused(order, "process", f"{shortage_in_words(order)}: answer the back order first")
    return True


def processed(order: Order) -> Order:
    """Return the order as handed to the warehouse; holds that have run out are gone."""
    return attrs.evolve(order, stage=Stage.PROCESSED, holds=())


def despatched(order: Order) -> Order:
    """Return the order as having left the building; it keeps the record of what it held."""
    match order.stage:
        case Stage.DESPATCHED:
            return order
        case Stage.PROCESSED if order.cancellation_requested:
            raise refused(order, "despatch", "its cancellation is requested: resolve that first")
        case Stage.PROCESSED:
            return attrs.evolve(order, stage=Stage.DESPATCHED)
        case Stage.OPEN:
            raise refused(order, "despatch", "process it first")
        case Stage.CANCELLED:  # pragma: no branch - the last there is
            raise refused(order, "despatch", "place a new order")


def shortage_in_words(order: Order) -> str:
    """Return the order's shortage in words, the first few SKUs of it.

    The whole of it is in `Order.shortages`.
    """
    few = 5
    short = [f"{units} of {sku!r}" for sku, units in sorted(order.lacks().items())]
    rest = "" if len(short) <= few else f" and {len(short) - few} SKUs more"
    return f"it is short of {', '.join(short[:few])}{rest}"


def _as_cancelled(order: Order) -> Order:
    lines = [line.with_allocations(()) for line in order.lines]
    return attrs.evolve(
        order, stage=Stage.CANCELLED, holds=(), cancellation_requested=False, lines=lines
    )
