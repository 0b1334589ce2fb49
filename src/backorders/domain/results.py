"""What calls return besides orders."""

import attrs

from backorders.domain.order import Order
from backorders.domain.values import OrderId


@attrs.frozen
class Reprocessed:
    """What one call changed for waiting orders: order ids in rank order, net over the call."""

    released: tuple[OrderId, ...] = ()
    """No longer on back order."""
    gained: tuple[OrderId, ...] = ()
    """Got units, but are still short."""
    lost: tuple[OrderId, ...] = ()
    """Lost units; one that lost of one SKU and got of another is in two of the three."""
    repeated: bool = False
    """The same count or adjustment had been handed in before: nothing was done."""


@attrs.frozen
class BookedIn:
    """What a receipt released: order ids in rank order."""

    released: tuple[OrderId, ...] = ()
    """No longer on back order."""
    gained: tuple[OrderId, ...] = ()
    """Got units, but are still short."""
    repeated: bool = False
    """The same receipt had been handed in before: nothing was done."""


@attrs.frozen
class Page:
    """Some orders of a longer list."""

    items: tuple[Order, ...]
    next: str | None
    """Where the following page starts: pass it as `after`. `None`: this was the last."""
