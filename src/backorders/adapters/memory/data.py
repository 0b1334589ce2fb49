"""All that is stored of one seller, and the indexes that find it."""

from bisect import bisect_left, insort
from typing import NamedTuple, TypeVar

import attrs

from backorders.domain.allocation import WaitingLine
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Order, Rank, Stage
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import OrderId, ReferenceId, Sku, WarehouseId
from backorders.ports.storage import Entry


class _Waiting(NamedTuple):
    """A waiting line with what orders it in the backlog of its SKU."""

    rank: Rank
    line_no: int
    line: WaitingLine


_Placed = TypeVar("_Placed", Rank, _Waiting)


@attrs.define
class SellerData:
    """All that is stored of one seller, and the indexes that find it."""

    orders: dict[OrderId, Order] = attrs.field(factory=dict)
    contents: dict[OrderId, str] = attrs.field(factory=dict)
    first_asks: dict[OrderId, FirstAsk] = attrs.field(factory=dict)
    levels: dict[Sku, dict[WarehouseId, StockLevel]] = attrs.field(factory=dict)
    documents: dict[tuple[StockChange, ReferenceId], StockDocument] = attrs.field(factory=dict)
    movements: list[Movement] = attrs.field(factory=list)
    journal: dict[str, list[Entry]] = attrs.field(factory=dict)
    settings: Settings | None = None
    is_known: bool = False
    """Whether settings have been committed: from then on the seller exists."""
    waiting: dict[Sku, list[_Waiting]] = attrs.field(factory=dict)
    """Per SKU the lines of open orders with a shortage, in rank order."""
    on_back_order: list[Rank] = attrs.field(factory=list)
    holding: dict[Sku, dict[OrderId, None]] = attrs.field(factory=dict)
    """Per SKU the open and processed orders that hold units of it."""
    with_ending_holds: dict[OrderId, None] = attrs.field(factory=dict)

    def replace(self, old: Order | None, new: Order | None) -> None:
        """Put `new` in the place of `old`, in every index; `None` is no order."""
        if old is not None:
            self._forget(old)
            del self.orders[old.order_id]
        if new is not None:
            self.orders[new.order_id] = new
            self._index(new)

    def _index(self, order: Order) -> None:
        rank: Rank | None = None
        for entry, sku in _waiting_lines(order):
            rank = entry.rank
            _insert(self.waiting.setdefault(sku, []), entry)
        if rank is not None:
            _insert(self.on_back_order, rank)
        if order.stage is Stage.OPEN and any(hold.until is not None for hold in order.holds):
            self.with_ending_holds[order.order_id] = None
        if order.stage in (Stage.OPEN, Stage.PROCESSED):
            for line in order.lines:
                if line.allocated:
                    self.holding.setdefault(line.sku, {})[order.order_id] = None

    def _forget(self, order: Order) -> None:
        rank: Rank | None = None
        for entry, sku in _waiting_lines(order):
            rank = entry.rank
            queue = self.waiting[sku]
            del queue[bisect_left(queue, entry)]
            if not queue:
                del self.waiting[sku]
        if rank is not None:
            del self.on_back_order[bisect_left(self.on_back_order, rank)]
        self.with_ending_holds.pop(order.order_id, None)
        for line in order.lines:
            if line.allocated and line.sku in self.holding:
                self.holding[line.sku].pop(order.order_id, None)


def _insert(queue: list[_Placed], entry: _Placed) -> None:
    # Most orders are the last in the queue: appending spares the search.
    if not queue or queue[-1] < entry:
        queue.append(entry)
    else:
        insort(queue, entry)


def _waiting_lines(order: Order) -> list[tuple[_Waiting, Sku]]:
    found: list[tuple[_Waiting, Sku]] = []
    if order.is_on_back_order:
        rank = order.rank
        for line in order.lines:
            if line.allocated < line.quantity:
                waiting = WaitingLine(rank, order.warehouse, order.claim, line.shortage)
                found.append((_Waiting(rank, line.line_no, waiting), line.sku))
    return found
