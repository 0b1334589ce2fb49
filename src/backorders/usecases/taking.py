"""Taking units back from orders that hold them, lowest rank first (laws 13 and 14)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from backorders.domain import giving_up
from backorders.domain.change import Change
from backorders.domain.order import ClaimPolicy, Order, Rank, Stage
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import lock

_PAGE = 100
"""Orders of one SKU that are read at once, at most: most losses concern a few."""


@attrs.frozen
class Claim:
    """Which units are wanted back, and who may lose them."""

    sku: Sku
    needed: Callable[[], int]
    """How many units are still needed, asked again after each order that lost some."""
    behind: Rank | None = None
    """Only orders ranked behind this lose any; `None`: all may."""
    sparing: Collection[OrderId] = ()
    """Orders that lose none."""


class Holders:
    """The open orders that hold units, in one warehouse or in any, lowest rank first.

    Those of many SKUs are read at once. What a YIELD order has is locked with it: one that loses a
    unit gives back all of it, and may then be completed.
    """

    def __init__(self, uow: UnitOfWork, shelf: Shelf, warehouse: WarehouseId | None) -> None:
        self._uow = uow
        self._shelf = shelf
        self._read: dict[Sku, list[Order]] = {}
        self._ended: set[Sku] = set()
        self.warehouse = warehouse

    def read_ahead(self, needed: Mapping[Sku, int]) -> None:
        """Read as many of each SKU as it takes to give up so many units, if there are."""
        lacking = {sku: units for sku, units in needed.items() if units > 0}
        while lacking:
            for sku, orders in self._more(lacking, min(_PAGE, max(lacking.values()))).items():
                lacking[sku] -= sum(self._held(sku, order) for order in orders)
            lacking = {
                sku: units for sku, units in lacking.items() if units > 0 and sku not in self._ended
            }

    def of(self, sku: Sku) -> Iterator[Order]:
        """Yield those of a SKU, as they are stored; what was not read ahead is read on the way."""
        read = self._read.setdefault(sku, [])
        place = 0
        while place < len(read) or (sku not in self._ended and self._more([sku], _PAGE)[sku]):
            yield read[place]
            place += 1

    def _more(self, skus: Iterable[Sku], limit: int) -> Mapping[Sku, Sequence[Order]]:
        """Read the next orders of each SKU, so many at most."""
        before = {sku: read[-1].rank if (read := self._read.get(sku)) else None for sku in skus}
        found = self._uow.orders.holders(before, self.warehouse, Stage.OPEN, limit)
        for sku in before:
            self._read.setdefault(sku, []).extend(found[sku])
            if len(found[sku]) < limit:
                self._ended.add(sku)
        yielding = (o for orders in found.values() for o in orders if o.claim is ClaimPolicy.YIELD)
        lock(self._uow, self._shelf, {sku for order in yielding for sku in order.skus})
        return found

    def _held(self, sku: Sku, order: Order) -> int:
        """Return how many units of a SKU the order would have to give up."""
        if self.warehouse is not None:
            return order.holding().get((sku, self.warehouse), 0)
        return order.units_held.get(sku, 0)


def take_back(holders: Holders, shelf: Shelf, claim: Claim, changes: dict[OrderId, Change]) -> None:
    """Take units from open orders until no more are needed; put it into `changes`."""
    if claim.needed() > 0:
        losing = losers(holders, claim, changes)
        taken = giving_up.take(losing, shelf, claim.sku, holders.warehouse, claim.needed)
        for holder, loser in taken:
            known = changes.get(holder.order_id) or Change.of(holder, holder)
            changes[holder.order_id] = known.then(loser)


def losers(holders: Holders, claim: Claim, changes: dict[OrderId, Change]) -> Iterator[Order]:
    """Yield the orders that may lose units, lowest rank first, as this call has left them."""
    for order in holders.of(claim.sku):
        if claim.behind is not None and order.rank <= claim.behind:
            return
        if order.order_id not in claim.sparing:
            known = changes.get(order.order_id)
            yield order if known is None else known.settled
