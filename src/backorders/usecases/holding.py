"""Holds: reasons why an order must not go to the warehouse yet."""

from datetime import datetime

from backorders.domain import lifecycle, values
from backorders.domain.change import Change
from backorders.domain.events import HoldPlaced, HoldReleased
from backorders.domain.order import Hold, HoldReason, Order
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of
from backorders.usecases.settling import change_alone, settle


def hold_order(
    order_id: str,
    reason: HoldReason,
    *,
    until: datetime | None = None,
    uow: UnitOfWork,
    now: datetime,
) -> Order:
    """Return the order with a hold; the same reason again replaces its `until`.

    A held order keeps its rank and its units. Raises `ActionRefused` unless the order is open.
    """
    checked_id = values.order_id(order_id)
    why = values.member("reason", reason, HoldReason)
    hold = Hold(why, None if until is None else values.instant("until", until))
    order = order_of(uow, checked_id)
    held = lifecycle.held(order, hold)
    if held is order:
        return order
    told = HoldPlaced(checked_id, now, hold.reason, hold.until)
    return change_alone(Change.of(order, held, told), uow=uow, now=now)


def release_hold(order_id: str, reason: HoldReason, *, uow: UnitOfWork, now: datetime) -> Order:
    """Return the order without the hold of this reason; one that does not stand is a no-op."""
    checked_id = values.order_id(order_id)
    why = values.member("reason", reason, HoldReason)
    order = order_of(uow, checked_id)
    released = lifecycle.released(order, why)
    if released is order:
        return order
    told = HoldReleased(checked_id, now, why, due=False)
    return change_alone(Change.of(order, released, told), uow=uow, now=now)


def release_due_holds(*, uow: UnitOfWork, now: datetime) -> tuple[OrderId, ...]:
    """Clear away the holds of the seller that have run out; return their orders, by id."""
    order_ids = uow.orders.with_due_holds(now)
    found = uow.orders.find(order_ids)
    changes = []
    for order_id in order_ids:
        order = found[order_id]
        told = [
            HoldReleased(order_id, now, hold.reason, due=True)
            for hold in order.holds
            if hold.is_due(now)
        ]
        changes.append(Change.of(order, lifecycle.without_due_holds(order, now), *told))
    if changes:
        settle(uow, Shelf(), changes, because="release_due_holds", now=now)
    return tuple(order_ids)
