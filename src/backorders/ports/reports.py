"""What the reports need from a store: sums over its rows, so that no report reads every row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from backorders.domain.explaining import Held
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Rank
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing
from backorders.domain.values import OrderId, Sku


class Reports(Protocol):
    """Sums over the seller's orders; those `without` are left out, as if they were not there."""

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterable[Standing]:
        """Return the sums over the orders of each status that any order has, in no order.

        Of an order that went on back order after `now`, no time has passed.
        """
        ...

    def placed_by(
        self, instants: Sequence[datetime], *, without: Collection[OrderId] = ()
    ) -> Sequence[Backlog]:
        """Return the backlog, and then that part of it which was placed by each of the instants."""
        ...

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterable[Shortage]:
        """Return the sums over the waiting lines of each SKU that has any, in no order."""
        ...

    def ahead(
        self, rank: Rank, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Backlog]:
        """Return, for each SKU that an order of a better rank lacks, how many do, and how much."""
        ...

    def held(
        self, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Held]:
        """Return, for each SKU that an order holds units of, how many are held.

        Only open and processed orders hold anything. What is held up is for `is_held_up` to say.
        """
        ...

    def first_asks(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, FirstAsk]:
        """Return what was asked for and there at first, of those of the orders that exist."""
        ...
