"""Taking units back from orders that hold them, lowest rank first (laws 13 and 14)."""

from collections.abc import Callable, Collection, Iterator

import attrs

from backorders.domain import giving_up
from backorders.domain.change import Change
from backorders.domain.order import ClaimPolicy, Order, Rank, Stage
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import lock

_PAGE = 100
"""Orders read at once: most losses concern a few."""


@attrs.frozen
class Claim:
    """Which units are wanted back, and who may lose them."""

    sku: Sku
    warehouse: WarehouseId | None
    """The only warehouse whose units are of use; `None`: all are."""
    needed: Callable[[], int]
    """How many units are still needed, asked again after each order that lost some."""
    behind: Rank | None = None
    """Only orders ranked behind this lose any; `None`: all may."""
    sparing: Collection[OrderId] = ()
    """Orders that lose none."""


def take_back(uow: UnitOfWork, shelf: Shelf, claim: Claim, changes: dict[OrderId, Change]) -> None:
    """Take units from open orders until no more are needed; put it into `changes`."""
    if claim.needed() > 0:
        holders = holders_of(uow, shelf, claim, changes)
        taken = giving_up.take(holders, shelf, claim.sku, claim.warehouse, claim.needed)
        for holder, loser in taken:
            known = changes.get(holder.order_id) or Change.of(holder, holder)
            changes[holder.order_id] = known.then(loser)


def holders_of(
    uow: UnitOfWork, shelf: Shelf, claim: Claim, changes: dict[OrderId, Change]
) -> Iterator[Order]:
    """Yield open orders that hold units, lowest rank first, as this call has left them so far."""
    before: Rank | None = None
    while page := uow.orders.holders(claim.sku, claim.warehouse, Stage.OPEN, before, _PAGE):
        before = page[-1].rank
        # A YIELD order that loses a unit gives back all that it has, and may then be completed.
        lock(uow, shelf, {sku for o in page if o.claim is ClaimPolicy.YIELD for sku in o.skus})
        for order in page:
            if claim.behind is not None and order.rank <= claim.behind:
                return
            if order.order_id not in claim.sparing:
                known = changes.get(order.order_id)
                yield order if known is None else known.settled
