"""Sums over what is stored of one seller."""

from collections import Counter
from collections.abc import Iterator

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.domain.order import Stage
from backorders.domain.stock import StockLevel
from backorders.domain.values import Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit


@attrs.frozen
class MemoryAudit:
    """Sums over what is stored of one seller."""

    _seller: SellerData

    def levels(self) -> Iterator[LevelAudit]:
        pinned: Counter[tuple[WarehouseId, Sku]] = Counter()
        moved: Counter[tuple[WarehouseId, Sku]] = Counter()
        for order in self._seller.orders.values():
            if order.stage in (Stage.OPEN, Stage.PROCESSED):
                for (sku, warehouse), units in order.holding().items():
                    pinned[warehouse, sku] += units
        for movement in self._seller.movements:
            moved[movement.warehouse, movement.sku] += movement.quantity
        stored = {
            (level.warehouse, level.sku): level
            for levels in self._seller.levels.values()
            for level in levels.values()
        }
        for key in stored.keys() | pinned.keys() | moved.keys():
            level = stored.get(key, StockLevel(*key, on_hand=0))
            yield LevelAudit(*key, level.on_hand, level.allocated, pinned[key], moved[key])

    def lines(self) -> Iterator[LineAudit]:
        return self._seller.audit()
