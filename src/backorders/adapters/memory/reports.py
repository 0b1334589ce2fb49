"""Sums over the orders of one seller."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.domain import summing
from backorders.domain.explaining import Held
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Order, Rank
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing
from backorders.domain.values import OrderId, Sku


@attrs.frozen
class MemoryReports:
    """Sums over the orders of one seller; see the port for what each method promises."""

    _seller: SellerData

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterable[Standing]:
        as_added, left_out = self._seller.as_added, set(without)
        return summing.standings(
            (
                (order, FirstAsk.of(as_added[order_id]))
                for order_id, order in self._seller.orders.items()
                if order_id not in left_out
            ),
            now,
        )

    def placed_by(
        self, instants: Sequence[datetime], *, without: Collection[OrderId] = ()
    ) -> Sequence[Backlog]:
        return summing.backlogs(self._waiting(without), instants)

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterable[Shortage]:
        return summing.shortages(self._waiting(without))

    def first_asks(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, FirstAsk]:
        as_added = self._seller.as_added
        return {each: FirstAsk.of(as_added[each]) for each in order_ids if each in as_added}

    def ahead(
        self, rank: Rank, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Backlog]:
        found = {}
        left_out = set(without)
        for sku in skus:
            queue = self._seller.waiting.get(sku, ())
            lines = [e for e in queue if e.rank < rank and e.rank.order_id not in left_out]
            if lines:
                orders = {entry.rank for entry in lines}
                found[sku] = Backlog(len(orders), sum(entry.line.shortage for entry in lines))
        return found

    def held(
        self, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Held]:
        orders, left_out = self._seller.orders, set(without)
        return summing.joined_held(
            summing.held(orders[order_id], sku)
            for sku in skus
            for order_id in self._seller.holding.get(sku, ())
            if order_id not in left_out
        )

    def _waiting(self, without: Collection[OrderId]) -> Iterator[Order]:
        left_out = set(without)
        for rank in self._seller.on_back_order:
            if rank.order_id not in left_out:
                yield self._seller.orders[rank.order_id]
