"""Orders that hold what they cannot use yet, while others could go with it."""

from collections.abc import Mapping

import attrs

from backorders.domain.explaining import is_held_up
from backorders.domain.order import ClaimPolicy, Order
from backorders.domain.values import OrderId


@attrs.frozen
class Holdup:
    """An order in whose hands units are of no use, and whom they would release elsewhere."""

    order: Order
    releases: tuple[OrderId, ...]
    """The orders that are not on back order any more once it yields, in rank order."""

    @property
    def gives_back(self) -> Mapping[str, int]:
        """SKU → units that it holds, and would wait for again."""
        return dict[str, int](sorted(self.order.units_held.items()))


@attrs.frozen
class HoldupPage:
    """Some hold-ups of a longer list."""

    items: tuple[Holdup, ...]
    next: str | None
    """Where the following page starts: pass it as `after`. `None`: this was the last."""


def might_hold_up(order: Order) -> bool:
    """Return whether the order keeps units that cannot ship yet, and could do otherwise."""
    return order.claim is ClaimPolicy.HOLD and is_held_up(order) and bool(order.units_held)
