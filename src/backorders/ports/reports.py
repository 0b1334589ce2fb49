"""What the reports need from a store: sums over its rows, so that no report reads every row."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing


class Reports(Protocol):
    """Sums over the seller's orders."""

    def standings(self, now: datetime) -> Iterable[Standing]:
        """Return the sums over the orders of each status that any order has, in no order.

        Of an order that went on back order after `now`, no time has passed.
        """
        ...

    def placed_by(self, instants: Sequence[datetime]) -> Sequence[Backlog]:
        """Return the backlog, and then that part of it which was placed by each of the instants."""
        ...

    def shortages(self) -> Iterable[Shortage]:
        """Return the sums over the waiting lines of each SKU that has any, in no order."""
        ...
