"""Sums over what is stored and what is tried."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from backorders.domain import summing
from backorders.domain.explaining import Held
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Order, Rank
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing
from backorders.domain.values import OrderId, Sku
from backorders.ports.reports import Reports
from backorders.usecases.trying.orders import TriedOrders


class TriedReports:
    """The sums below without the orders that were changed, and those over what they are now."""

    def __init__(self, base: Reports, orders: TriedOrders) -> None:
        self._base = base
        self._orders = orders

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterable[Standing]:
        """Return the sums over the orders of each status that any order has, in no order."""
        own = list(self._own(without))
        first_asks = self.first_asks([order.order_id for order in own])
        mine = summing.standings([(each, first_asks[each.order_id]) for each in own], now)
        below = self._base.standings(now, without=self._covered(without))
        return summing.joined_standings([*below, *mine])

    def placed_by(
        self, instants: Sequence[datetime], *, without: Collection[OrderId] = ()
    ) -> Sequence[Backlog]:
        """Return the backlog, and then that part of it which was placed by each instant."""
        below = self._base.placed_by(instants, without=self._covered(without))
        return summing.joined_backlogs(below, summing.backlogs(self._own(without), instants))

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterable[Shortage]:
        """Return the sums over the waiting lines of each SKU that has any, in no order."""
        below = self._base.shortages(without=self._covered(without))
        return summing.joined_shortages([*below, *summing.shortages(self._own(without))])

    def ahead(
        self, rank: Rank, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Backlog]:
        """Return, for each SKU that an order of a better rank lacks, how many do, and how much."""
        below = self._base.ahead(rank, skus, without=self._covered(without))
        mine = summing.ahead(self._own(without), rank, skus)
        none = Backlog(0, 0)
        return {
            sku: summing.joined_backlogs([below.get(sku, none)], [mine.get(sku, none)])[0]
            for sku in below.keys() | mine.keys()
        }

    def held(
        self, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Held]:
        """Return, for each SKU that an order holds units of, how many are held."""
        own, left_out = self._orders.own, set(without)
        mine = [
            summing.held(own.orders[order_id], sku)
            for sku in skus
            for order_id in own.holding.get(sku, ())
            if order_id not in left_out
        ]
        below = self._base.held(skus, without=self._covered(without))
        return summing.joined_held([*below.items(), *mine])

    def first_asks(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, FirstAsk]:
        """Return what was asked for and there at first, of those of the orders that exist."""
        added = self._orders.added
        below = self._base.first_asks(order_ids)
        mine = {each: FirstAsk.of(added[each].order) for each in order_ids if each in added}
        return {**below, **mine}

    def _own(self, without: Collection[OrderId]) -> Iterator[Order]:
        left_out = set(without)
        for order_id, order in self._orders.own.orders.items():
            if order_id not in left_out:
                yield order

    def _covered(self, without: Collection[OrderId]) -> Collection[OrderId]:
        return self._orders.stored.keys() | set(without)
