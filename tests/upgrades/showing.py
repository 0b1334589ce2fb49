"""What the public face shows of a database, in plain values: the same after every upgrade."""

import json
from datetime import timedelta
from typing import Any, TypeAlias

from backorders import Backorders, Inbound, Order, Seller
from backorders.adapters.notifiers import MemoryNotifier
from backorders.ports.storage import Store
from tests.support.clock import START, SettableClock

# Any: what JSON holds.
Shown: TypeAlias = dict[str, Any]

_YEARS_LATER = START + timedelta(days=2000)


def shown(store: Store) -> Shown:
    """Return what there is, field by field: what later releases add does not count.

    The notices that wait are delivered.
    """
    app = Backorders(store, clock=SettableClock(_YEARS_LATER))
    told: Shown = {
        "sellers": {seller_id: _seller(store, app.seller(seller_id)) for seller_id in app.sellers()}
    }
    told["set aside"] = sorted(
        [failed.message_id, failed.seller_id, failed.recipient, failed.kind.value, failed.attempts]
        for failed in app.failed_notifications()
    )
    notifier = MemoryNotifier()
    app.deliver_notifications(notifier, limit=1000)
    told["delivered"] = sorted(
        [notice.message_id, notice.seller_id, notice.recipient, notice.kind.value]
        for notice in notifier.notices
    )
    again: Shown = json.loads(json.dumps(told, default=str))
    return again


def _seller(store: Store, seller: Seller) -> Shown:
    with store.begin(seller.seller_id, read_only=True) as uow:
        order_ids = sorted({line.order_id for line in uow.audit.lines()})
        skus = sorted({level.sku for level in uow.audit.levels()})
    settings, summary = seller.settings(), seller.summary()
    return {
        "settings": [
            settings.time_zone,
            settings.ship.value,
            settings.claim.value,
            settings.warehouses,
            settings.order_delay,
        ],
        "orders": {order_id: _order(seller, seller.order(order_id)) for order_id in order_ids},
        "back orders": [order.order_id for order in seller.back_orders(limit=1000).items],
        "stock": {
            sku: [[at.warehouse, at.on_hand, at.allocated] for at in seller.stock(sku)]
            for sku in skus
        },
        "short": [[each.sku, each.short, each.announced] for each in seller.restock_report()],
        "fill rates": [summary.order_fill_rate, summary.line_fill_rate, summary.unit_fill_rate],
        "users": [
            [user.user_id, user.email, sorted(kind.value for kind in user.opted_in)]
            for user in seller.users()
        ],
        "inbounds": {each.inbound_id: _inbound(seller, each) for each in seller.inbounds()},
        "verify": seller.verify(),
    }


def _order(seller: Seller, order: Order) -> Shown:
    return {
        "status": order.status.value,
        "placed at": order.placed_at,
        "priority": order.priority,
        "policies": [order.ship.value, order.claim.value, order.warehouse],
        "lines": [
            [line.sku, line.quantity, [[at.warehouse, at.quantity] for at in line.allocations]]
            for line in order.lines
        ],
        "holds": [[hold.reason.value, hold.until] for hold in order.holds],
        "split from": order.split_from,
        "cancellation requested": order.cancellation_requested,
        "history": [[type(event).__name__, event.at] for event in seller.history(order.order_id)],
    }


def _inbound(seller: Seller, inbound: Inbound) -> Shown:
    return {
        "status": inbound.status.value,
        "warehouse": inbound.warehouse,
        "days": [inbound.expected_on, inbound.arrived_at, inbound.due_on],
        "units": [inbound.lines, inbound.booked_in, inbound.discrepancies],
        "history": [
            [type(event).__name__, event.at] for event in seller.inbound_history(inbound.inbound_id)
        ],
    }
