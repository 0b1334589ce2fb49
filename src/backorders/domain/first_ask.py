"""What an order got when it was placed: the ground of the fill rates."""

from collections.abc import Iterable

import attrs

from backorders.domain.order import Order


@attrs.frozen
class FirstAsk:
    """How much was asked for when orders were placed, and how much of it there was at once.

    It is kept as it was: whatever is edited, split, taken or delivered later changes nothing of it.
    """

    orders: int = 0
    orders_filled: int = 0
    """Orders that got all they asked for."""
    lines: int = 0
    lines_filled: int = 0
    """Lines that got all they asked for."""
    units: int = 0
    units_filled: int = 0
    """Units that were there."""

    @classmethod
    def of(cls, new: Order) -> "FirstAsk":
        """Return that of an order as it is added; one that a split made was never placed."""
        if new.split_from is not None:
            return cls()
        filled = sum([1 for line in new.lines if line.allocated == line.quantity])
        return cls(
            orders=1,
            orders_filled=int(filled == len(new.lines)),
            lines=len(new.lines),
            lines_filled=filled,
            units=sum([line.quantity for line in new.lines]),
            units_filled=sum([line.allocated for line in new.lines]),
        )

    @classmethod
    def sum(cls, parts: Iterable["FirstAsk"]) -> "FirstAsk":
        """Return that of all of them together."""
        every = list(parts)
        return cls(
            orders=sum([part.orders for part in every]),
            orders_filled=sum([part.orders_filled for part in every]),
            lines=sum([part.lines for part in every]),
            lines_filled=sum([part.lines_filled for part in every]),
            units=sum([part.units for part in every]),
            units_filled=sum([part.units_filled for part in every]),
        )
