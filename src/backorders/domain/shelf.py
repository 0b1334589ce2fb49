"""The shelf as one call sees it: a working copy of the levels it has locked."""

from collections.abc import Iterable, Sequence
from copy import copy

import attrs

from backorders.domain import limits
from backorders.domain.errors import LevelTooLarge
from backorders.domain.making import pinned
from backorders.domain.order import Allocation
from backorders.domain.stock import StockLevel
from backorders.domain.values import Sku, WarehouseId


@attrs.define
class _Level:
    """One level while it is being worked on; allocated may exceed on hand only in between."""

    on_hand: int
    allocated: int
    owed: bool
    before: tuple[int, int, bool] | None
    """What is stored, or `None` when the level is new."""


@attrs.define
class Shelf:
    """The levels of the SKUs that a call has looked up, changed in place until they are saved.

    A SKU's warehouses stand in the seller's drawing order: those that the seller has put in order
    first to last, any other after them by name.
    """

    warehouse_order: Sequence[WarehouseId] = ()
    _levels: dict[Sku, dict[WarehouseId, _Level]] = attrs.field(factory=dict, init=False)
    _kept_back: set[Sku] = attrs.field(factory=set, init=False)
    """SKUs whose units are owed to the backlog, and not offered to anybody yet."""

    def put(self, skus: Iterable[Sku], levels: Iterable[StockLevel]) -> None:
        """Take in what is stored of `skus`; a SKU without any level is known to have none."""
        for sku in skus:
            self._levels[sku] = {}
        for level in levels:
            stored = (level.on_hand, level.allocated, level.owed)
            self._levels[level.sku][level.warehouse] = _Level(*stored, before=stored)
            if level.owed:
                self._kept_back.add(level.sku)
        for sku in skus:
            self._sort(sku)

    def missing(self, skus: Iterable[Sku]) -> list[Sku]:
        """Return which of `skus` have not been looked up, sorted: levels are locked in order."""
        return sorted({sku for sku in skus if sku not in self._levels})

    def copy(self) -> "Shelf":
        """Return a copy to try something on."""
        twin = Shelf(self.warehouse_order)
        twin._levels = {
            sku: {name: copy(level) for name, level in levels.items()}
            for sku, levels in self._levels.items()
        }
        twin._kept_back = set(self._kept_back)
        return twin

    def offer(self) -> set[Sku]:
        """Offer the units that are owed to the backlog, which is now walked; return their SKUs."""
        offered = set(self._kept_back)
        self._kept_back.clear()
        for sku in offered:
            self.owe({sku}, owed=False)
        return offered

    def kept_back(self) -> set[Sku]:
        """Return the SKUs of which units are owed to the backlog and have not been offered."""
        return {
            sku
            for sku in self._kept_back
            if any(level.on_hand > level.allocated for level in self._levels[sku].values())
        }

    def owe(self, skus: Iterable[Sku], *, owed: bool = True) -> None:
        """Note whether what is available of `skus` is still to be given to the backlog."""
        for sku in skus:
            for level in self._levels[sku].values():
                level.owed = owed

    def available(self, sku: Sku, warehouse: WarehouseId | None = None) -> int:
        """Return the units that can be drawn: in one warehouse, or, with `None`, in all.

        A SKU that has not been looked up has none to give.
        """
        levels = {} if sku in self._kept_back else self._levels.get(sku, {})
        if warehouse is None:
            return sum([max(level.on_hand - level.allocated, 0) for level in levels.values()])
        level = levels.get(warehouse)
        return 0 if level is None else max(level.on_hand - level.allocated, 0)

    def with_units(self, skus: Iterable[Sku]) -> set[Sku]:
        """Return which of `skus` have a unit left to give."""
        return {sku for sku in skus if self.available(sku)}

    def draw(self, sku: Sku, warehouse: WarehouseId | None, wanted: int) -> tuple[Allocation, ...]:
        """Allocate up to `wanted` units, warehouses first to last, and return where they are.

        A SKU that has not been looked up gives nothing.
        """
        drawn: tuple[Allocation, ...] = ()
        levels = self._levels.get(sku)
        if not levels or sku in self._kept_back:
            return drawn
        for name, level in levels.items():
            units = level.on_hand - level.allocated
            if units > 0 and (warehouse is None or name == warehouse):
                if units >= wanted:
                    level.allocated += wanted
                    return drawn + pinned(name, wanted) if drawn else pinned(name, wanted)
                level.allocated += units
                wanted -= units
                drawn += pinned(name, units)
        return drawn

    def put_back(self, sku: Sku, allocations: Iterable[Allocation]) -> None:
        """Free allocated units where they are."""
        for allocation in allocations:
            self._levels[sku][allocation.warehouse].allocated -= allocation.quantity

    def warehouses(self, sku: Sku) -> Sequence[WarehouseId]:
        """Return the SKU's warehouses: drawn from first to last, given up last to first."""
        return tuple(self._levels[sku])

    def on_hand(self, sku: Sku, warehouse: WarehouseId) -> int:
        """Return the units on one shelf, allocated or not."""
        level = self._levels[sku].get(warehouse)
        return 0 if level is None else level.on_hand

    def change_on_hand(self, sku: Sku, warehouse: WarehouseId, change: int) -> None:
        """Let units come or go; what is allocated stays, even when it is now too much.

        The caller takes back the `overdrawn` units before anything else is done.
        """
        levels = self._levels[sku]
        level = levels.get(warehouse)
        if level is None:
            level = levels[warehouse] = _Level(0, 0, sku in self._kept_back, before=None)
            self._sort(sku)
        level.on_hand += change
        if level.on_hand > limits.LEVEL:
            raise LevelTooLarge(sku, warehouse)

    def despatch(self, sku: Sku, allocation: Allocation) -> None:
        """Let allocated units leave the building: on hand and allocated both fall."""
        level = self._levels[sku][allocation.warehouse]
        level.on_hand -= allocation.quantity
        level.allocated -= allocation.quantity

    def overdrawn(self, sku: Sku, warehouse: WarehouseId) -> int:
        """Return how many more units are allocated on a level than are on hand."""
        level = self._levels[sku].get(warehouse)
        return 0 if level is None else max(level.allocated - level.on_hand, 0)

    def changes(self) -> list[StockLevel]:
        """Return the levels that differ from what is stored, by SKU and warehouse."""
        return [
            StockLevel(warehouse, sku, level.on_hand, level.allocated, level.owed)
            for sku in sorted(self._levels)
            for warehouse, level in _by_name(self._levels[sku])
            if level.before != (level.on_hand, level.allocated, level.owed)
        ]

    def _sort(self, sku: Sku) -> None:
        levels = self._levels[sku]
        if len(levels) > 1:
            places = {name: place for place, name in enumerate(self.warehouse_order)}
            last = len(places)
            names = sorted(levels, key=lambda name: (places.get(name, last), name))
            self._levels[sku] = {name: levels[name] for name in names}


def _by_name(levels: dict[WarehouseId, _Level]) -> Iterable[tuple[WarehouseId, _Level]]:
    return sorted(levels.items()) if len(levels) > 1 else levels.items()
