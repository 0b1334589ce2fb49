"""All that a seller's face shows, for comparing before and after."""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from backorders import Inbound, Order, StockLevel
from backorders.application import Seller
from backorders.domain.errors import UnknownOrder
from backorders.domain.events import OrderEvent
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.settings import Settings

SKUS = ("A", "B", "C")
"""The SKUs of generated histories."""
ORDER_IDS = ("O1", "O2", "O3", "O4", "O5", "O6")
"""The ids under which generated histories place orders."""
NEW_IDS = ("N1", "N2")
"""The ids that generated histories name for the orders that they split off."""


@attrs.frozen
class State:
    """What one seller has, as read through the face."""

    orders: Mapping[str, Order]
    levels: Mapping[tuple[str, str], StockLevel]
    """(SKU, warehouse) → level."""
    histories: Mapping[str, tuple[OrderEvent, ...]]
    settings: Settings
    backlog: tuple[str, ...]
    inbounds: tuple[Inbound, ...]
    inbound_histories: Mapping[str, tuple[InboundEvent, ...]]

    def open_by_rank(self) -> list[Order]:
        """Return the orders on back order, first come first."""
        waiting = [order for order in self.orders.values() if order.is_on_back_order]
        return sorted(waiting, key=lambda order: order.rank)

    def available(self, sku: str, warehouse: str | None = None) -> int:
        """Return the units that nobody has: in one warehouse, or, with `None`, in all."""
        return sum(
            level.available
            for (of_sku, name), level in self.levels.items()
            if of_sku == sku and warehouse in (None, name)
        )


def dump(
    seller: Seller,
    order_ids: Iterable[str] = (*ORDER_IDS, *NEW_IDS),
    skus: Iterable[str] = SKUS,
) -> State:
    """Return everything about the orders, their split-off children, and the SKUs."""
    orders: dict[str, Order] = {}
    for order_id in order_ids:
        _gather(seller, order_id, orders)
    levels: dict[tuple[str, str], StockLevel] = {
        (sku, level.warehouse): level for sku in skus for level in seller.stock(sku)
    }
    inbounds = seller.inbounds()
    return State(
        orders=orders,
        levels=levels,
        histories={order_id: tuple(seller.history(order_id)) for order_id in orders},
        settings=seller.settings(),
        backlog=tuple(order.order_id for order in seller.back_orders(limit=1000).items),
        inbounds=inbounds,
        inbound_histories={
            each.inbound_id: tuple(seller.inbound_history(each.inbound_id)) for each in inbounds
        },
    )


def _gather(seller: Seller, order_id: str, orders: dict[str, Order]) -> None:
    try:
        orders[order_id] = seller.order(order_id)
    except UnknownOrder:
        return
    number = 2
    while (child := f"{order_id}-{number}") not in orders:
        _gather(seller, child, orders)
        if child not in orders:
            return
        number += 1


def holding(order: Order) -> Counter[tuple[str, str]]:
    """Return the units that an order holds, by (SKU, warehouse)."""
    return Counter(dict(order.holding().items()))


def held(order: Order, sku: str, warehouse: str | None = None) -> int:
    """Return the units of a SKU that an order holds: in one warehouse, or, with `None`, in all."""
    return sum(
        allocation.quantity
        for line in order.lines
        for allocation in line.allocations
        if line.sku == sku and warehouse in (None, allocation.warehouse)
    )
