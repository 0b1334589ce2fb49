"""An order: what was asked for, what it holds, and the status that follows from both."""

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import attrs

from backorders.domain.errors import InvalidValue
from backorders.domain.opened import remade
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId


class ShipPolicy(enum.Enum):
    """What an order does with a shortage when it is processed."""

    COMPLETE = "complete"
    """Ships only when nothing is short."""
    AS_AVAILABLE = "as_available"
    """The allocated part is split off and ships now."""


class ClaimPolicy(enum.Enum):
    """What an order that cannot be completed does with the units it could get."""

    HOLD = "hold"
    """Takes and keeps them: strict first come, first served."""
    YIELD = "yield"
    """Takes nothing, so that later orders which can be completed may pass."""


class Stage(enum.Enum):
    """How far an order has come; the part of its status that is stored."""

    OPEN = "open"
    PROCESSED = "processed"
    DESPATCHED = "despatched"
    CANCELLED = "cancelled"


class OrderStatus(enum.Enum):
    """Where an order stands, derived from its stage, shortages and holds; first match wins."""

    CANCELLED = "cancelled"
    DESPATCHED = "despatched"
    PROCESSED = "processed"
    """Handed to the warehouse: frozen."""
    ON_BACK_ORDER = "on_back_order"
    """Open, and something is short."""
    ON_HOLD = "on_hold"
    """Open, nothing short, but a hold stands."""
    READY = "ready"
    """Open, nothing short, no hold."""


class HoldReason(enum.Enum):
    """Why a fully allocated order must not go to the warehouse yet."""

    ORDER_DELAY = "order_delay"
    FRAUD_RISK = "fraud_risk"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    OTHER = "other"


@attrs.frozen
class Hold:
    """A reason not to process an order yet, for good or until an instant."""

    reason: HoldReason
    until: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether the hold has run out and no longer stops processing."""
        return self.until is not None and self.until <= now


@attrs.frozen(weakref_slot=False)
class Allocation:
    """Units of one warehouse that are pinned to a line."""

    warehouse: WarehouseId
    quantity: int


class Rank(NamedTuple):
    """The place of an order in the queue; compares as the queue runs, first come smallest."""

    descending_priority: int
    """The priority with its sign turned, so that the higher goes first."""
    placed_at: datetime
    first_id: OrderId
    """The id under which the order was first placed: a split passes it on."""
    order_id: OrderId


def _by_warehouse(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    if allocations == ():
        return ()
    found = tuple(allocations)
    if len(found) == 1:
        return found
    return tuple(sorted(found, key=lambda allocation: allocation.warehouse))


@attrs.frozen(weakref_slot=False)
class OrderLine:
    """So many units of a SKU, and the units it holds: `0 <= allocated <= quantity` (law 4)."""

    line_no: int
    """From 1; a line keeps its number when others are removed."""
    sku: Sku
    quantity: int
    allocations: tuple[Allocation, ...] = attrs.field(default=(), converter=_by_warehouse)
    """By warehouse, one entry each."""
    allocated: int = attrs.field(init=False, repr=False, eq=False)
    """Units pinned to the line, over all warehouses."""

    def __attrs_post_init__(self) -> None:
        allocated = 0
        for allocation in self.allocations:
            allocated += allocation.quantity
        if not 0 <= allocated <= self.quantity:
            raise InvalidValue(
                "allocations", f"must come to 0 to {self.quantity} units, not {allocated}"
            )
        object.__setattr__(self, "allocated", allocated)

    def with_allocations(self, allocations: Iterable[Allocation]) -> "OrderLine":
        """Return the line holding these units and no others."""
        return OrderLine(self.line_no, self.sku, self.quantity, allocations)

    @property
    def shortage(self) -> int:
        """Units that the line still lacks."""
        return self.quantity - self.allocated


def _frozen_lines(lines: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    return tuple(lines)


def _sorted_holds(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    if holds == ():
        return ()
    return tuple(sorted(holds, key=lambda hold: hold.reason.value))


def is_short(stage: Stage, lines: Iterable[OrderLine]) -> bool:
    """Return whether an order in this stage is on back order with these lines."""
    if stage is Stage.OPEN:
        for line in lines:
            if line.allocated < line.quantity:
                return True
    return False


@attrs.frozen(weakref_slot=False)
class Order:
    """What a customer asked for. At least one line (law 5)."""

    seller_id: SellerId
    order_id: OrderId
    placed_at: datetime
    priority: int
    """Higher goes first."""
    ship: ShipPolicy
    claim: ClaimPolicy
    warehouse: WarehouseId | None
    """The only warehouse that it may draw on; `None`: every one, in the seller's order."""
    lines: tuple[OrderLine, ...] = attrs.field(converter=_frozen_lines)
    """By line number."""
    first_id: OrderId
    """The id under which it was first placed: its own, or, after a split, its parent's."""
    stage: Stage = Stage.OPEN
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_sorted_holds)
    """By reason, one entry each."""
    split_from: OrderId | None = None
    """The order that it was split off from."""
    cancellation_requested: bool = False
    """Processed, and the warehouse has been asked whether it can still be cancelled."""
    version: int = 1
    """How often it has been written; a store refuses to write over a version it does not know."""
    back_order_since: datetime | None = attrs.field(default=None, eq=False)
    """When it went on back order; `None` while it is not. Plays no part in whether two are equal,
    nor does the next."""
    back_order_time: timedelta | None = attrs.field(default=None, eq=False)
    """How long it was on back order before it left it; `None` when it never has."""
    is_on_back_order: bool = attrs.field(init=False, repr=False, eq=False)
    """Whether it is open with a shortage."""

    def __attrs_post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue("lines", "must not be empty")
        object.__setattr__(self, "is_on_back_order", is_short(self.stage, self.lines))

    def with_lines(self, lines: Iterable[OrderLine]) -> "Order":
        """Return the order with other lines."""
        kept = tuple(lines)
        if not kept:
            raise InvalidValue("lines", "must not be empty")
        short = is_short(self.stage, kept)
        return remade(self, kept, self.version, self.back_order_since, self.back_order_time, short)

    def written(self, at: datetime, version: int) -> "Order":
        """Return the order as it is written for the so-many-th time, at an instant."""
        since, time = self.back_order_since, self.back_order_time
        if self.is_on_back_order:
            since = since or at
        elif since is not None:
            # A clock may have been set back.
            time = (time or timedelta()) + max(at - since, timedelta())
            since = None
        if version == self.version and since is self.back_order_since:
            return self
        return remade(self, self.lines, version, since, time, self.is_on_back_order)

    @property
    def rank(self) -> Rank:
        """Its place in the queue."""
        return Rank(-self.priority, self.placed_at, self.first_id, self.order_id)

    @property
    def status(self) -> OrderStatus:
        """Where it stands, by the status table; first match wins."""
        if self.stage is not Stage.OPEN:
            return OrderStatus[self.stage.name]
        if self.is_on_back_order:
            return OrderStatus.ON_BACK_ORDER
        return OrderStatus.ON_HOLD if self.holds else OrderStatus.READY

    @property
    def shortages(self) -> Mapping[str, int]:
        """SKU → units short, over all its lines, without zeros; only an open order has any."""
        return dict[str, int](self.lacks().items())

    def lacks(self) -> dict[Sku, int]:
        """Return its shortages, for the rules: with SKUs that are known to be checked."""
        short: dict[Sku, int] = {}
        if self.stage is Stage.OPEN:
            for line in self.lines:
                if line.allocated < line.quantity:
                    short[line.sku] = short.get(line.sku, 0) + line.shortage
        return short

    @property
    def skus(self) -> frozenset[Sku]:
        """The SKUs on its lines."""
        return frozenset(line.sku for line in self.lines)

    @property
    def units(self) -> Mapping[Sku, int]:
        """SKU → units asked for, over all its lines."""
        asked: dict[Sku, int] = {}
        for line in self.lines:
            asked[line.sku] = asked.get(line.sku, 0) + line.quantity
        return asked

    @property
    def units_held(self) -> Mapping[Sku, int]:
        """SKU → units pinned to it, over all its lines and warehouses, without zeros."""
        held: dict[Sku, int] = {}
        for line in self.lines:
            if line.allocated:
                held[line.sku] = held.get(line.sku, 0) + line.allocated
        return held

    def holding(self) -> dict[tuple[Sku, WarehouseId], int]:
        """Return the units that it holds, per SKU and warehouse."""
        held: dict[tuple[Sku, WarehouseId], int] = {}
        for line in self.lines:
            for allocation in line.allocations:
                key = (line.sku, allocation.warehouse)
                held[key] = held.get(key, 0) + allocation.quantity
        return held
