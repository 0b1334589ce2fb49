"""Sums over the orders of one seller."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.domain.explaining import Held, is_held_up
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Order, OrderStatus, Rank
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing, Times
from backorders.domain.values import OrderId, Sku

_MICROSECOND: Final = timedelta(microseconds=1)


@attrs.frozen
class MemoryReports:
    """Sums over the orders of one seller; see the port for what each method promises."""

    _seller: SellerData

    def standings(self, now: datetime) -> Iterator[Standing]:
        by_status: dict[OrderStatus, list[Order]] = {}
        for order in self._seller.orders.values():
            by_status.setdefault(order.status, []).append(order)
        for status, orders in by_status.items():
            since = [each.back_order_since for each in orders]
            times = [each.back_order_time for each in orders]
            yield Standing(
                status,
                len(orders),
                FirstAsk.sum(self._seller.first_asks[each.order_id] for each in orders),
                min(each.placed_at for each in orders),
                _times([max(now - at, timedelta()) for at in since if at is not None]),
                _times([time for time in times if time is not None]),
            )

    def placed_by(self, instants: Sequence[datetime]) -> Sequence[Backlog]:
        orders = [self._seller.orders[rank.order_id] for rank in self._seller.on_back_order]
        placed = [orders, *([o for o in orders if o.placed_at <= at] for at in instants)]
        return [Backlog(len(some), sum(_short(each) for each in some)) for some in placed]

    def shortages(self) -> Iterator[Shortage]:
        for sku, queue in self._seller.waiting.items():
            orders = {entry.rank.order_id: entry.rank.placed_at for entry in queue}
            oldest = min(orders.values())
            quantities = {
                (order_id, line.line_no): line.quantity
                for order_id in orders
                for line in self._seller.orders[order_id].lines
            }
            yield Shortage(
                sku,
                units=sum(entry.line.shortage for entry in queue),
                orders=len(orders),
                units_waiting=sum(quantities[e.rank.order_id, e.line_no] for e in queue),
                oldest=oldest,
                oldest_order=min(name for name, placed in orders.items() if placed == oldest),
            )

    def ahead(self, rank: Rank, skus: Collection[Sku]) -> Mapping[Sku, Backlog]:
        found = {}
        for sku in skus:
            lines = [entry for entry in self._seller.waiting.get(sku, ()) if entry.rank < rank]
            if lines:
                orders = {entry.rank for entry in lines}
                found[sku] = Backlog(len(orders), sum(entry.line.shortage for entry in lines))
        return found

    def held(self, skus: Collection[Sku], *, besides: OrderId) -> Mapping[Sku, Held]:
        found = {}
        for sku in skus:
            holders = self._seller.holding.get(sku, ())
            orders = [self._seller.orders[each] for each in holders if each != besides]
            if orders:
                held_up = [order for order in orders if is_held_up(order)]
                units, cannot_ship = (
                    sum(order.units_held[sku] for order in some) for some in (orders, held_up)
                )
                found[sku] = Held(units, cannot_ship)
        return found


def _short(order: Order) -> int:
    return sum(order.lacks().values())


def _times(lengths: Iterable[timedelta]) -> Times:
    return Times.sum(Times(1, length // _MICROSECOND, length) for length in lengths)
