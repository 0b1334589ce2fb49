"""Cancelling: at once while an order is open, by request once the warehouse has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from backorders.domain import lifecycle, limits, values
from backorders.domain.change import Change
from backorders.domain.events import CancellationRefused, CancellationRequested, OrderCancelled
from backorders.domain.notices import NotificationKind, ResolvedCancellation
from backorders.domain.order import Order
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import (
    order_of,
    settings_for_change,
    settings_of,
    shelf_of,
)
from backorders.usecases.settling import change_alone, settle
from backorders.usecases.telling import tell


def cancel_order(order_id: str, *, reason: str = "", uow: UnitOfWork, now: datetime) -> Order:
    """Take the order out of the backlog, and give what it held to whoever waits longest.

    Cancelling it again is a no-op. What was short frees nothing (law 3).
    """
    checked = values.order_id(order_id)
    why = values.reason(reason)
    order = order_of(uow, checked)
    cancelled = lifecycle.cancelled(order)
    if cancelled is order:
        return order
    because = f"cancel_order {checked}"
    return _cancel([(order, cancelled)], why, because=because, uow=uow, now=now)[checked]


def request_cancellation(order_id: str, *, uow: UnitOfWork, now: datetime) -> Order:
    """Ask the warehouse whether a processed order can still be cancelled; again is a no-op."""
    order = order_of(uow, values.order_id(order_id))
    requested = lifecycle.cancellation_requested(order)
    if requested is order:
        return order
    told = CancellationRequested(order.order_id, now)
    return change_alone(Change.of(order, requested, told), uow=uow, now=now)


def resolve_cancellation(order_id: str, *, accepted: bool, uow: UnitOfWork, now: datetime) -> Order:
    """Record the warehouse's answer: the order is cancelled and its units return, or it goes on."""
    checked = values.order_id(order_id)
    accepted = values.flag("accepted", accepted)
    order = order_of(uow, checked)
    resolved = lifecycle.cancellation_resolved(order, accepted=accepted)
    if resolved is order:
        return order
    if accepted:
        reason, because = "the warehouse accepted the request", f"resolve_cancellation {checked}"
        orders = _cancel([(order, resolved)], reason, because=because, uow=uow, now=now)
        resolved = orders[checked]
    else:
        told = CancellationRefused(order.order_id, now)
        resolved = change_alone(Change.of(order, resolved, told), uow=uow, now=now)
    content = ResolvedCancellation(order.order_id, accepted, now, settings_of(uow).time_zone)
    kind = NotificationKind.CANCELLATION_RESOLVED
    tell(kind, content, resolved.order_id, resolved.version, uow=uow, now=now)
    return resolved


def cancel_expired(*, older_than: timedelta, uow: UnitOfWork, now: datetime) -> tuple[OrderId, ...]:
    """Cancel the seller's back orders placed longer ago than that; return them in rank order.

    Judged once, at the start: what one of them gives back completes none of the others.
    """
    length = values.span("older_than", older_than)
    placed_before = values.before(now, length)
    expired: list[Order] = []
    while page := uow.orders.on_back_order(
        sku=None,
        placed_before=placed_before,
        after=expired[-1].rank if expired else None,
        limit=limits.PAGE,
    ):
        expired += page
    cancelled = [(order, lifecycle.cancelled(order)) for order in expired]
    reason = f"on back order for longer than {length}"
    _cancel(cancelled, reason, because="cancel_expired", uow=uow, now=now)
    return tuple(order.order_id for order in expired)


def _cancel(
    orders: Sequence[tuple[Order, Order]],
    reason: str,
    *,
    because: str,
    uow: UnitOfWork,
    now: datetime,
) -> Mapping[OrderId, Order]:
    """Put back what the orders held, then serve whoever waits for it."""
    settings = settings_for_change(uow)
    shelf = shelf_of(uow, settings, [order for order, _ in orders])
    changes = []
    for order, cancelled in orders:
        for line in order.lines:
            shelf.put_back(line.sku, line.allocations)
        told = OrderCancelled(order.order_id, now, reason)
        changes.append(Change.of(order, cancelled, told))
    freed = {line.sku for order, _ in orders for line in order.lines if line.allocated}
    return settle(uow, shelf, changes, freed=freed, because=because, now=now).orders
