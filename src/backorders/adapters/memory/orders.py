"""The orders of one seller."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo
from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.errors import LostRace
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.paging import Placed
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Saved


@attrs.frozen
class MemoryOrders:
    """Orders of one seller; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        orders = self._seller.orders
        return {order_id: orders[order_id] for order_id in order_ids if order_id in orders}

    def contents(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, str]:
        contents = self._seller.contents
        return {order_id: contents[order_id] for order_id in order_ids if order_id in contents}

    def add(self, new: Sequence[NewOrder]) -> None:
        seller = self._seller
        added: list[Order] = []
        self._undo.append(partial(self._take_out, added))
        for order, content in new:
            if order.order_id in seller.orders:
                raise LostRace(f"order {order.order_id!r} has been placed meanwhile")
            added.append(order)
            seller.contents[order.order_id] = content
            seller.as_added[order.order_id] = order
            seller.replace(None, order)

    def _take_out(self, added: Sequence[Order]) -> None:
        for order in reversed(added):
            del self._seller.contents[order.order_id]
            del self._seller.as_added[order.order_id]
            self._seller.replace(order, None)

    def save(self, changed: Sequence[Saved]) -> None:
        for stored, order in changed:
            current = self._seller.orders.get(stored.order_id)
            if current is None or current.version != stored.version:
                raise LostRace(f"order {stored.order_id!r} has been changed meanwhile")
            self._seller.replace(current, order)
            self._undo.append(partial(self._seller.replace, order, current))

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        seller = self._seller
        return {sku: seller.waiting_after(sku, rank, limit) for sku, rank in after.items()}

    def backlog(self) -> Iterator[WaitingOrder]:
        return self._seller.backlog()

    def waiting_skus(self) -> Collection[Sku]:
        return list(self._seller.waiting)

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        seller = self._seller
        return {
            sku: seller.holders_before(sku, warehouse, stage, rank, limit)
            for sku, rank in before.items()
        }

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        return self._seller.back_orders_after(sku, placed_before, after, limit)

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        return self._seller.listed_after(status, after, limit, newest_first=newest_first)

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        return self._seller.with_holds_due(now)
