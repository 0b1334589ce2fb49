"""Stock and priorities in the naive model: who gains units, and who loses them."""

from collections.abc import Iterable, Mapping

import attrs

from backorders.domain.order import ClaimPolicy
from backorders.testing.model.desk import ModelDesk, ModelOutcome
from backorders.testing.model.orders import ModelOrder
from backorders.testing.model.refusing import ModelRefusal


@attrs.define
class ModelStock(ModelDesk):
    """Stock that comes and goes, and orders that move in the queue."""

    def change_stock(
        self,
        kind: str,
        reference: str,
        lines: Mapping[str, int],
        warehouse: str,
        inbound: str | None = None,
    ) -> ModelOutcome:
        """Book in, count or adjust (laws 3, 7, 13, 18)."""
        content = (warehouse, dict(lines), inbound)
        if (kind, reference) in self.papers:
            if self.papers[kind, reference] != content:
                raise ModelRefusal("ContentDiffers")
            return ModelOutcome(repeated=True)
        self.papers[kind, reference] = content
        if inbound is not None:
            self.deliveries.book_in(inbound, lines, warehouse, self.today)
        self._put_on_shelf(kind, lines, warehouse)

        def change() -> None:
            for sku in sorted(lines):
                while self.available(sku, warehouse) < 0:
                    holders = [
                        order for order in self.open_by_rank() if order.holds_units(sku, warehouse)
                    ]
                    if not holders:
                        raise ModelRefusal("StockBelowProcessed")
                    self.take_one(holders[-1], sku, warehouse)

        return self.reported(change)

    def _put_on_shelf(self, kind: str, lines: Mapping[str, int], warehouse: str) -> None:
        for sku, units in lines.items():
            there = self.on_hand.get((sku, warehouse), 0)
            now_there = units if kind == "count" else there + units
            if now_there < 0:
                raise ModelRefusal("StockBelowZero")
            if now_there != there:
                self.on_hand[sku, warehouse] = now_there

    def prioritise(self, order_id: str, priority: int, *, reallocate: bool) -> ModelOutcome:
        """Move an order in the queue; with `reallocate` at the cost of those behind (law 14)."""
        order = self.find_open(order_id)

        def change() -> None:
            order.priority = priority
            if reallocate:
                self._take_for(order)

        return self.reported(change)

    def _take_for(self, order: ModelOrder) -> None:
        """Take from those behind, lowest first, each unit that goes to the order.

        A YIELD order takes nothing unless all that it lacks comes together.
        """
        takes: list[tuple[str, str, str]] = []
        while more := self._more_that_help(takes, order):
            # A YIELD order gives back the rest, too. If that serves those ahead, others help now,
            # and again the lowest is the first.
            takes = more
        if order.claim is ClaimPolicy.YIELD and self._after(takes, order).is_short:
            return
        for holder_id, sku, warehouse in takes:
            self.take_one(self.orders[holder_id], sku, warehouse)

    def _more_that_help(
        self, takes: list[tuple[str, str, str]], order: ModelOrder
    ) -> list[tuple[str, str, str]]:
        """Return what is taken after going over those behind once; nothing if that is no more.

        That ends with the first YIELD order that loses a unit.
        """
        before = takes
        for sku in [sku for sku in order.skus() if order.lacks(sku)]:
            got = self._after(takes, order).holds_units(sku)
            behind = [other for other in self.open_by_rank() if other.rank > order.rank]
            for holder in behind[::-1]:
                for warehouse in self.warehouses(sku)[::-1]:
                    if order.warehouse not in {None, warehouse}:
                        continue
                    for _ in range(holder.holds_units(sku, warehouse)):
                        trial = [*takes, (holder.order_id, sku, warehouse)]
                        better = self._after(trial, order).holds_units(sku)
                        if better > got:
                            takes, got = trial, better
                            if holder.claim is ClaimPolicy.YIELD:
                                return takes
        return [] if takes is before else takes

    def _after(self, takes: Iterable[tuple[str, str, str]], order: ModelOrder) -> ModelOrder:
        """Return the order as it would be after others lost units, if it took whatever there is."""
        world = self.copy()
        this = world.orders[order.order_id]
        this.claim = ClaimPolicy.HOLD
        for holder_id, sku, warehouse in takes:
            holder = world.orders[holder_id]
            # A YIELD order may have given it back already.
            if holder.holds_units(sku, warehouse):
                world.take_one(holder, sku, warehouse)
        world.serve_everybody()
        return this
