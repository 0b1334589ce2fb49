"""What could be sent instead of a product: the host knows."""

from collections.abc import Iterable
from typing import Final, Protocol

from backorders.domain.values import SellerId, Sku


class Substitutes(Protocol):
    """Knows which products a seller offers in place of another.

    It is asked outside of any transaction.
    """

    def substitutes_for(self, seller_id: SellerId, sku: Sku) -> Iterable[str]:
        """Return the SKUs that may be sent instead, the best first; none if there are none."""
        ...


class NoSubstitutes:
    """Nothing can be sent instead of anything."""

    def substitutes_for(self, seller_id: SellerId, sku: Sku) -> Iterable[str]:
        """Return nothing."""
        del seller_id, sku
        return ()


NO_SUBSTITUTES: Final = NoSubstitutes()
"""What a library knows that was given no others."""
