"""Which SKUs seemed to be sold out when they were last looked at.

When everything is sold, a flash sale goes on: each order is only put in line. Had each the SKU to
itself until its commit is on the disk, that would be one order after the other, however many
processes there are. So orders for what seems to be sold out lock it together: none of them decides
anything, and a delivery, which decides, waits for all of them and sees them all.

This is a guess. Whoever finds that it is wrong has lost a race, and locks the SKU alone.
"""

from collections.abc import Collection
from typing import Final

from backorders.domain.values import SellerId, Sku

_MOST: Final = 10_000
"""SKUs that are kept in mind: what is forgotten is locked alone once more."""


class SoldOut:
    """What one store believes; its transactions may be in several threads."""

    def __init__(self) -> None:
        self._skus: dict[tuple[SellerId, Sku], None] = {}
        self._given_up = False

    def are(self, seller_id: SellerId, skus: Collection[Sku]) -> bool:
        """Return whether all of the SKUs seem to be sold out."""
        known = self._skus
        return not self._given_up and all((seller_id, sku) in known for sku in skus)

    def note(self, seller_id: SellerId, skus: Collection[Sku], left: Collection[Sku]) -> None:
        """Note what was found: of `skus`, those not in `left` are sold out."""
        for sku in skus:
            if sku in left:
                self._skus.pop((seller_id, sku), None)
            else:
                if len(self._skus) >= _MOST:
                    self._skus.clear()
                self._skus[seller_id, sku] = None

    def give_up(self) -> None:
        """Never guess again: transactions here do not see what they have waited for."""
        self._given_up = True
