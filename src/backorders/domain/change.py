"""An order through one call: as stored, as asked for, as settled; and what there is to tell of it.

Everything is told net over the call (law 12).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from backorders.domain.events import (
    LeftBackOrder,
    OrderEvent,
    UnitsAllocated,
    UnitsTaken,
    WentOnBackOrder,
)
from backorders.domain.order import Order, Stage
from backorders.domain.values import Sku


class Change(NamedTuple):
    """An order that a call changes."""

    stored: Order | None
    """As the store has it; `None`: it is new."""
    asked: Order
    """After what was asked of this very order, before any unit was given or taken."""
    settled: Order
    """After reprocessing."""
    was_on_back_order: bool
    """Whether it was on back order before the call; for a split-off order, within its parent."""
    told: tuple[OrderEvent, ...] = ()
    """What was asked of it, if anything was."""
    because: str | None = None
    """What caused the rest, when that is not the call as a whole."""

    @classmethod
    def of(cls, stored: Order, asked: Order, *told: OrderEvent) -> "Change":
        """Return the change of a stored order by what was asked of it."""
        return cls(stored, asked, asked, stored.is_on_back_order, told)

    @classmethod
    def new(
        cls,
        order: Order,
        *told: OrderEvent,
        was_on_back_order: bool = False,
        because: str | None = None,
    ) -> "Change":
        """Return the change that makes an order."""
        return cls(None, order, order, was_on_back_order, told, because)

    @classmethod
    def served(cls, waited: Order, order: Order) -> "Change":
        """Return the change of a stored order that waited, and got something."""
        return cls(waited, waited, order, waited.is_on_back_order)

    def then(self, settled: Order) -> "Change":
        """Return the change with the order as it went on."""
        return Change(
            self.stored, self.asked, settled, self.was_on_back_order, self.told, self.because
        )

    def telling(self, event: OrderEvent) -> "Change":
        """Return the change with one more thing that was asked."""
        return self._replace(told=(*self.told, event))

    @property
    def is_one(self) -> bool:
        """Whether anything is different from what is stored, or to be told."""
        return bool(self.told) or self.settled != self.stored

    @property
    def has_left_back_order(self) -> bool:
        """Whether nothing is short any more of an order that was short, and lives on."""
        return (
            self.was_on_back_order
            and self.settled.stage is not Stage.CANCELLED
            and not self.settled.is_on_back_order
        )

    @property
    def has_moved_units(self) -> bool:
        """Whether reprocessing gave or took any unit, though it may come to nothing, net."""
        return self.settled.lines is not self.asked.lines

    def moved(self) -> "Moved":
        """Return what it got and lost, net."""
        if not self.has_moved_units:
            return _NOTHING
        had, has = self.asked.units_held, self.settled.units_held
        gained: dict[Sku, int] = {}
        lost: dict[Sku, int] = {}
        for sku in had.keys() | has.keys():
            change = has.get(sku, 0) - had.get(sku, 0)
            if change > 0:
                gained[sku] = change
            elif change < 0:
                lost[sku] = -change
        return Moved(gained, lost)

    def lost(self) -> Mapping[Sku, int]:
        """Return SKU → units that were taken from it, net."""
        return self.moved().lost

    def events(self, at: datetime, because: str, moved: "Moved") -> list[OrderEvent]:
        """Return what there is to tell, in order: what was asked, what moved, what it came to."""
        order = self.settled
        told: list[OrderEvent] = list(self.told)
        because = self.because or because
        if moved.lost:
            told.append(UnitsTaken(order.order_id, at, moved.lost, because))
        if moved.gained:
            told.append(UnitsAllocated(order.order_id, at, moved.gained, because))
        if order.is_on_back_order and not self.was_on_back_order:
            told.append(WentOnBackOrder(order.order_id, at, order.lacks(), because))
        elif self.has_left_back_order:
            told.append(LeftBackOrder(order.order_id, at, because))
        return told


class Moved(NamedTuple):
    """What reprocessing gave to an order and took from it, net: SKU → units, without zeros."""

    gained: Mapping[Sku, int]
    lost: Mapping[Sku, int]


_NOTHING: Final = Moved({}, {})
