"""An order in the naive model, and what is to be seen of one."""

from datetime import datetime
from typing import TypeAlias

import attrs

from backorders.domain.order import ClaimPolicy, HoldReason, Order, OrderStatus, ShipPolicy, Stage

RankKey: TypeAlias = tuple[int, datetime, str, str]


@attrs.define
class ModelLine:
    """A line: for each unit the warehouse that it is pinned to, or `None` while it is short."""

    line_no: int
    sku: str
    units: list[str | None]

    def copy(self) -> "ModelLine":
        """Return a copy."""
        return ModelLine(self.line_no, self.sku, [*self.units])


@attrs.define
class ModelOrder:
    """An order, changed in place."""

    order_id: str
    first_id: str
    placed_at: datetime
    priority: int
    ship: ShipPolicy
    claim: ClaimPolicy
    warehouse: str | None
    lines: list[ModelLine]
    stage: Stage = Stage.OPEN
    holds: dict[HoldReason, datetime | None] = attrs.field(factory=dict)
    split_from: str | None = None
    cancellation_requested: bool = False

    def copy(self) -> "ModelOrder":
        """Return a copy."""
        return ModelOrder(
            self.order_id,
            self.first_id,
            self.placed_at,
            self.priority,
            self.ship,
            self.claim,
            self.warehouse,
            [line.copy() for line in self.lines],
            self.stage,
            {**self.holds},
            self.split_from,
            self.cancellation_requested,
        )

    @property
    def rank(self) -> RankKey:
        """Its place in the queue: the smaller goes first."""
        return (-self.priority, self.placed_at, self.first_id, self.order_id)

    @property
    def is_short(self) -> bool:
        """Whether it is on back order."""
        return self.stage is Stage.OPEN and any(None in line.units for line in self.lines)

    @property
    def status(self) -> OrderStatus:
        """Where it stands."""
        if self.stage is not Stage.OPEN:
            return OrderStatus[self.stage.name]
        if self.is_short:
            return OrderStatus.ON_BACK_ORDER
        return OrderStatus.ON_HOLD if self.holds else OrderStatus.READY

    def asks(self, sku: str) -> int:
        """Return how many units of a SKU it asks for."""
        return sum(len(line.units) for line in self.lines if line.sku == sku)

    def lacks(self, sku: str) -> int:
        """Return how many units of a SKU it is short of."""
        return sum(line.units.count(None) for line in self.lines if line.sku == sku)

    def holds_units(self, sku: str, warehouse: str | None = None) -> int:
        """Return how many units of a SKU it holds: in one warehouse, or, with `None`, in all."""
        return sum(
            unit is not None and warehouse in {None, unit}
            for line in self.lines
            if line.sku == sku
            for unit in line.units
        )

    def skus(self) -> list[str]:
        """Return the SKUs on its lines, sorted."""
        return sorted({line.sku for line in self.lines})

    def lose_everything(self) -> None:
        """Give back all units."""
        for line in self.lines:
            line.units = [None for _ in line.units]

    def shows(self) -> dict[str, object]:
        """Return what the library should show of it, field by field."""
        return {
            "order_id": self.order_id,
            "first_id": self.first_id,
            "placed_at": self.placed_at,
            "priority": self.priority,
            "ship": self.ship,
            "claim": self.claim,
            "warehouse": self.warehouse,
            "lines": [
                (
                    line.line_no,
                    line.sku,
                    len(line.units),
                    sorted((w, line.units.count(w)) for w in set(line.units) if w is not None),
                )
                for line in self.lines
            ],
            "stage": self.stage,
            "holds": sorted(((why.value, until) for why, until in self.holds.items()), key=str),
            "split_from": self.split_from,
            "cancellation_requested": self.cancellation_requested,
            "status": self.status,
            "shortages": {sku: self.lacks(sku) for sku in self.skus() if self.lacks(sku)}
            if self.stage is Stage.OPEN
            else {},
            "is_on_back_order": self.is_short,
        }


def shown(order: Order) -> dict[str, object]:
    """Return what the library shows of an order, in the same form."""
    return {
        "order_id": order.order_id,
        "first_id": order.first_id,
        "placed_at": order.placed_at,
        "priority": order.priority,
        "ship": order.ship,
        "claim": order.claim,
        "warehouse": order.warehouse,
        "lines": [
            (
                line.line_no,
                line.sku,
                line.quantity,
                [(each.warehouse, each.quantity) for each in line.allocations],
            )
            for line in order.lines
        ],
        "stage": order.stage,
        "holds": sorted(((hold.reason.value, hold.until) for hold in order.holds), key=str),
        "split_from": order.split_from,
        "cancellation_requested": order.cancellation_requested,
        "status": order.status,
        "shortages": dict(order.shortages),
        "is_on_back_order": order.is_on_back_order,
    }
