"""Handing orders to the warehouse, and letting them leave the building."""

from datetime import datetime

from backorders.domain import lifecycle, values
from backorders.domain.change import Change
from backorders.domain.errors import SplitRefused
from backorders.domain.events import OrderDespatched, OrderProcessed
from backorders.domain.order import Order
from backorders.domain.request import split_content
from backorders.domain.stock import Movement, MovementKind
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of, settings_for_change, shelf_of
from backorders.usecases.settling import change_alone, settle
from backorders.usecases.splitting import split_off


def process_order(order_id: str, *, uow: UnitOfWork, now: datetime) -> Order:
    """Return the order as handed to the warehouse; again is a no-op.

    An AS_AVAILABLE order with a shortage is split first: what can ship now goes under the order's
    id, the rest stays open under a new one. Raises `ActionRefused`, naming the hold or the shortage
    that stands in the way.
    """
    order = order_of(uow, values.order_id(order_id))
    if not lifecycle.must_be_processable(order, now):
        return order
    told = OrderProcessed(order.order_id, now)
    if not order.is_on_back_order:
        return change_alone(Change.of(order, lifecycle.processed(order), told), uow=uow, now=now)
    return _process_what_can_ship(order, told, uow=uow, now=now)


def despatch_order(order_id: str, *, uow: UnitOfWork, now: datetime) -> Order:
    """Return the order as having left the building; on hand and allocated both fall."""
    order = order_of(uow, values.order_id(order_id))
    despatched = lifecycle.despatched(order)
    if despatched is order:
        return order
    shelf = shelf_of(uow, settings_for_change(uow), [order])
    for line in order.lines:
        for allocation in line.allocations:
            shelf.despatch(line.sku, allocation)
    uow.stock.move(
        [
            Movement(MovementKind.DESPATCH, order.order_id, warehouse, sku, -units, now)
            for (sku, warehouse), units in sorted(order.holding().items())
        ]
    )
    told = OrderDespatched(order.order_id, now)
    change = Change.of(order, despatched, told)
    because = f"despatch_order {order.order_id}"
    return settle(uow, shelf, [change], because=because, now=now).orders[order.order_id]


def _process_what_can_ship(
    order: Order, told: OrderProcessed, *, uow: UnitOfWork, now: datetime
) -> Order:
    shelf = shelf_of(uow, settings_for_change(uow), [order])
    try:
        original, created = split_off(order, None, None, shelf, uow=uow, now=now)
    except SplitRefused:
        instead = f"{lifecycle.shortage_in_words(order)} and nothing of it could ship now"
        raise lifecycle.refused(order, "process", instead) from None
    original = original.then(lifecycle.processed(original.settled)).telling(told)
    created_id: OrderId = created.asked.order_id
    outcome = settle(
        uow,
        shelf,
        [original, created],
        contents={created_id: split_content(order.order_id, None)},
        because=f"process_order {order.order_id}",
        now=now,
    )
    return outcome.orders[order.order_id]
