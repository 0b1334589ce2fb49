"""What calls return besides orders."""

import attrs

from backorders.domain.order import Order
from backorders.domain.stock import StockLevel


@attrs.frozen
class Reprocessed:
    """What one call changed for waiting orders: order ids in rank order, net over the call."""

    released: tuple[str, ...] = ()
    """No longer on back order."""
    gained: tuple[str, ...] = ()
    """Got units, but are still short."""
    lost: tuple[str, ...] = ()
    """Lost units; one that lost of one SKU and got of another is in two of the three."""
    repeated: bool = False
    """The same count or adjustment had been handed in before: nothing was done."""

    def then(self, more: "Reprocessed") -> "Reprocessed":
        """Return the report of both, `more` having gone on where this one stopped."""
        return Reprocessed(
            (*self.released, *more.released),
            _still_short(self.gained, more),
            (*self.lost, *more.lost),
            self.repeated,
        )


@attrs.frozen
class BookedIn:
    """What a receipt released: order ids in rank order."""

    released: tuple[str, ...] = ()
    """No longer on back order."""
    gained: tuple[str, ...] = ()
    """Got units, but are still short."""
    repeated: bool = False
    """The same receipt had been handed in before: nothing was done."""

    def then(self, more: Reprocessed) -> "BookedIn":
        """Return the report of both, `more` having gone on where this one stopped."""
        released = (*self.released, *more.released)
        return BookedIn(released, _still_short(self.gained, more), self.repeated)


def _still_short(gained: tuple[str, ...], more: Reprocessed) -> tuple[str, ...]:
    released = set(more.released)
    return tuple(dict.fromkeys(o for o in (*gained, *more.gained) if o not in released))


@attrs.frozen
class Page:
    """Some orders of a longer list."""

    items: tuple[Order, ...]
    next: str | None
    """Where the following page starts: pass it as `after`. `None`: this was the last."""


@attrs.frozen
class LevelPage:
    """Some stock levels of a longer list."""

    items: tuple[StockLevel, ...]
    next: str | None
    """Where the following page starts: pass it as `after`. `None`: this was the last."""
