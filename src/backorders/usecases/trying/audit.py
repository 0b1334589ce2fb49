"""Sums over what is stored and what is tried."""

from collections import Counter
from collections.abc import Iterator

from backorders.domain.order import Order, Stage
from backorders.domain.stock import StockLevel
from backorders.domain.values import Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit
from backorders.ports.storage import Audit
from backorders.usecases.trying.orders import TriedOrders
from backorders.usecases.trying.stock import TriedStock


class TriedAudit:
    """The sums below, with what was tried taken in; see the port."""

    def __init__(self, base: Audit, orders: TriedOrders, stock: TriedStock) -> None:
        self._base = base
        self._orders = orders
        self._stock = stock

    def levels(self) -> Iterator[LevelAudit]:
        """Return every level, and wherever else units are pinned or moved, in no order."""
        saved = dict(self._stock.saved)
        pinned: Counter[tuple[WarehouseId, Sku]] = Counter()
        for order in self._orders.own.orders.values():
            pinned.update(_pinned(order))
        for order in self._orders.stored.values():
            pinned.subtract(_pinned(order))
        moved: Counter[tuple[WarehouseId, Sku]] = Counter()
        for movement in self._stock.movements:
            moved[movement.warehouse, movement.sku] += movement.quantity
        for level in self._base.levels():
            key = (level.warehouse, level.sku)
            new = saved.pop(key, level)
            yield LevelAudit(
                *key,
                new.on_hand,
                new.allocated,
                level.allocations + pinned.pop(key, 0),
                level.movements + moved.pop(key, 0),
            )
        for key in saved.keys() | pinned.keys() | moved.keys():
            made = saved.get(key, StockLevel(*key, on_hand=0))
            yield LevelAudit(*key, made.on_hand, made.allocated, pinned[key], moved[key])

    def lines(self) -> Iterator[LineAudit]:
        """Return every line with what its allocations come to, in no order."""
        own = self._orders.own
        yield from (line for line in self._base.lines() if line.order_id not in own.orders)
        yield from own.audit()


def _pinned(order: Order) -> Counter[tuple[WarehouseId, Sku]]:
    held = order.holding() if order.stage in (Stage.OPEN, Stage.PROCESSED) else {}
    return Counter({(name, sku): units for (sku, name), units in held.items()})
