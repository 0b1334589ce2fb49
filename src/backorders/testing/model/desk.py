"""The naive model's shelves and queue: everybody is served again after every change."""

import copy
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import attrs

from backorders.domain.order import ClaimPolicy, ShipPolicy, Stage
from backorders.testing.model.deliveries import ModelDeliveries
from backorders.testing.model.orders import ModelLine, ModelOrder
from backorders.testing.model.refusing import ModelRefusal


@attrs.frozen
class ModelOutcome:
    """What a call should report: order ids in rank order."""

    released: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    repeated: bool = False


@attrs.define
class ModelDesk:
    """What the rules know of one seller, and who is served."""

    orders: dict[str, ModelOrder] = attrs.field(factory=dict)
    contents: dict[str, object] = attrs.field(factory=dict)
    """Order id → the request that made it, as it was first made."""
    on_hand: dict[tuple[str, str], int] = attrs.field(factory=dict)
    """(SKU, warehouse) → units on the shelf."""
    papers: dict[tuple[str, str], object] = attrs.field(factory=dict)
    """(kind, id) → the content of a receipt, count or adjustment, or of an answer to many."""
    deliveries: ModelDeliveries = attrs.field(factory=ModelDeliveries)
    warehouse_order: tuple[str, ...] = ()
    ship: ShipPolicy = ShipPolicy.COMPLETE
    claim: ClaimPolicy = ClaimPolicy.HOLD
    order_delay: timedelta = timedelta(0)
    time_zone: str = "UTC"
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """What time it is."""

    @property
    def today(self) -> date:
        """The seller's own day."""
        return self.now.astimezone(ZoneInfo(self.time_zone)).date()

    def copy(self) -> Self:
        """Return a copy; what was asked is never changed, and is shared."""
        twin = copy.copy(self)
        twin.orders = {key: order.copy() for key, order in self.orders.items()}
        twin.contents = {**self.contents}
        twin.on_hand = {**self.on_hand}
        twin.papers = {**self.papers}
        twin.deliveries = self.deliveries.copy()
        return twin

    def become(self, other: Self) -> None:
        """Take over all that another one has."""
        for field in attrs.fields(type(self)):
            setattr(self, field.name, getattr(other, field.name))

    def configure(
        self,
        *,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
        warehouses: Sequence[str] | None = None,
        order_delay: timedelta | None = None,
        time_zone: str | None = None,
    ) -> None:
        """Choose for the orders and the drawing to come, and where days begin."""
        self.time_zone = time_zone or self.time_zone
        self.ship = ship or self.ship
        self.claim = claim or self.claim
        self.warehouse_order = self.warehouse_order if warehouses is None else tuple(warehouses)
        self.order_delay = self.order_delay if order_delay is None else order_delay

    def allocated(self, sku: str, warehouse: str) -> int:
        """Return the units of a level that are pinned to orders still in the building."""
        return sum(
            order.holds_units(sku, warehouse)
            for order in self.orders.values()
            if order.stage in {Stage.OPEN, Stage.PROCESSED}
        )

    def available(self, sku: str, warehouse: str) -> int:
        """Return the units of a level that nobody has."""
        return self.on_hand.get((sku, warehouse), 0) - self.allocated(sku, warehouse)

    def warehouses(self, sku: str) -> list[str]:
        """Return where a SKU has a level, in the seller's drawing order."""
        names = [warehouse for of_sku, warehouse in self.on_hand if of_sku == sku]
        first = [name for name in self.warehouse_order if name in names]
        return first + sorted(name for name in names if name not in first)

    def levels(self, sku: str) -> list[tuple[str, int, int]]:
        """Return (warehouse, on hand, allocated) of a SKU, by warehouse."""
        return [
            (warehouse, self.on_hand[sku, warehouse], self.allocated(sku, warehouse))
            for warehouse in sorted(self.warehouses(sku))
        ]

    def open_by_rank(self) -> list[ModelOrder]:
        """Return the open orders, first come first."""
        found = [order for order in self.orders.values() if order.stage is Stage.OPEN]
        return sorted(found, key=lambda order: order.rank)

    def back_orders(
        self, *, sku: str | None = None, placed_before: datetime | None = None
    ) -> list[str]:
        """Return the orders on back order, in rank order."""
        return [
            order.order_id
            for order in self.open_by_rank()
            if order.is_short
            and (sku is None or order.lacks(sku))
            and (placed_before is None or order.placed_at < placed_before)
        ]

    def serve_everybody(self) -> None:
        """Give every open order, in rank order, what the rules allow."""
        for order in self.open_by_rank():
            self.serve(order)

    def serve(self, order: ModelOrder) -> None:
        """Give one order what there is: a YIELD order all that it lacks, or nothing."""
        before = [line.copy() for line in order.lines]
        self._fill(order)
        if order.claim is ClaimPolicy.YIELD and order.is_short:
            order.lines = before

    def _fill(self, order: ModelOrder) -> None:
        """Pin units one by one: lines by number, warehouses first to last."""
        for line in order.lines:
            for place, unit in enumerate(line.units):
                if unit is None:
                    line.units[place] = next(
                        (
                            name
                            for name in self.warehouses(line.sku)
                            if order.warehouse in {None, name}
                            and self.available(line.sku, name) > 0
                        ),
                        None,
                    )

    def take_one(self, order: ModelOrder, sku: str, warehouse: str) -> None:
        """Take a unit from an order, last line first; YIELD gives back the rest, too (law 10)."""
        line = next(
            line for line in order.lines[::-1] if line.sku == sku and warehouse in line.units
        )
        line.units[line.units.index(warehouse)] = None
        if order.claim is ClaimPolicy.YIELD:
            order.lose_everything()

    def part(self, order: ModelOrder, sku: str, units: int) -> list[ModelLine]:
        """Take units of a SKU off an order's lines and return them, as lines (law 6).

        Short ones first, last line first; then allocated ones, last line first, and in a line the
        last of the warehouses first.
        """
        lines = [line for line in order.lines if line.sku == sku][::-1]
        gone = {line.line_no: ModelLine(line.line_no, sku, []) for line in lines}
        preference: list[str | None] = [*self.warehouses(sku)[::-1]]
        for _ in range(units):
            line, unit = next(
                (line, unit)
                for wanted in ([None], preference)
                for line in lines
                for unit in wanted
                if unit in line.units
            )
            line.units.remove(unit)
            gone[line.line_no].units.append(unit)
        order.lines = [line for line in order.lines if line.units]
        return [line for line in gone.values() if line.units]

    def find(self, order_id: str) -> ModelOrder:
        """Return an order that must be there."""
        if order_id not in self.orders:
            raise ModelRefusal("UnknownOrder")
        return self.orders[order_id]

    def find_open(self, order_id: str) -> ModelOrder:
        """Return an order that must be there, and open."""
        order = self.find(order_id)
        if order.stage is not Stage.OPEN:
            raise ModelRefusal("ActionRefused")
        return order

    def reprocess(self) -> ModelOutcome:
        """Serve everybody again, which should change nothing."""
        return self.reported(lambda: None)

    def reported(self, change: Callable[[], None]) -> ModelOutcome:
        """Make a change, serve everybody, and report the net of it (law 12)."""
        before = {key: order.copy() for key, order in self.orders.items()}
        change()
        self.serve_everybody()
        released: list[str] = []
        gained: list[str] = []
        lost: list[str] = []
        for order in self.open_by_rank():
            was = before[order.order_id]
            moved = [order.holds_units(sku) - was.holds_units(sku) for sku in order.skus()]
            if any(units > 0 for units in moved):
                (gained if order.is_short else released).append(order.order_id)
            if any(units < 0 for units in moved):
                lost.append(order.order_id)
        return ModelOutcome(tuple(released), tuple(gained), tuple(lost))
