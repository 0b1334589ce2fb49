"""What a seller's orders lack, SKU by SKU: what is to be sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import attrs

from backorders.domain.values import OrderId, Sku


class Shortage(NamedTuple):
    """Sums over the lines of one SKU that wait."""

    sku: Sku
    units: int
    """Units short."""
    orders: int
    units_waiting: int
    """Units asked for on these lines, those included that they have already."""
    oldest: datetime
    """The first `placed_at` among their orders."""
    oldest_order: OrderId
    """The order that was placed then; of several, the first by id."""


@attrs.frozen
class Restock:
    """What a seller's orders lack of one SKU."""

    sku: Sku
    short: int
    """Units that orders on back order lack."""
    orders_waiting: int
    """Orders that lack any."""
    units_waiting: int
    """Units that they ask for on the lines that are short, with those that they have already."""
    announced: int
    """Units that are still to come from announced deliveries."""
    oldest_back_order: datetime
    """The `placed_at` of the order that has been waiting longest for it."""
    oldest_order: OrderId
    """That order; of several, the first by id."""

    @property
    def to_send(self) -> int:
        """Units that are short, and not announced."""
        return max(self.short - self.announced, 0)


def restock_report(
    shortages: Iterable[Shortage], announced: Mapping[Sku, int]
) -> tuple[Restock, ...]:
    """Return what is short, the largest shortage first, ties by SKU."""
    report = [
        Restock(
            sku=found.sku,
            short=found.units,
            orders_waiting=found.orders,
            units_waiting=found.units_waiting,
            announced=announced.get(found.sku, 0),
            oldest_back_order=found.oldest,
            oldest_order=found.oldest_order,
        )
        for found in shortages
    ]
    return tuple(sorted(report, key=lambda each: (-each.short, each.sku)))
