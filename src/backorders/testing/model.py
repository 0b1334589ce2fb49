"""A naive model of the rules, against which the library is judged.

It shares no code with the planner and the use cases: one seller is a few dictionaries, a line is a
list with one entry per unit, and after every change everybody is served again from the start. It
is slow, and meant for a handful of orders of a few units. Where it and the library differ, one of
them has misread the rules.
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import attrs

from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.domain.order import (
    ClaimPolicy,
    HoldReason,
    Order,
    OrderStatus,
    ShipPolicy,
    Stage,
)
from backorders.domain.request import OrderRequest
from backorders.testing.model_deliveries import ModelDeliveries

RankKey: TypeAlias = tuple[int, datetime, str, str]


class ModelRefusal(Exception):
    """The rules say no; `error` is the name of the error that the library should raise."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@attrs.define
class ModelLine:
    """A line: for each unit the warehouse that it is pinned to, or `None` while it is short."""

    line_no: int
    sku: str
    units: list[str | None]


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


@attrs.frozen
class ModelOutcome:
    """What a call should report: order ids in rank order."""

    released: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    repeated: bool = False


@attrs.define
class ModelSeller:
    """All that the rules know of one seller."""

    orders: dict[str, ModelOrder] = attrs.field(factory=dict)
    contents: dict[str, object] = attrs.field(factory=dict)
    """Order id → the request that made it, as it was first made."""
    on_hand: dict[tuple[str, str], int] = attrs.field(factory=dict)
    """(SKU, warehouse) → units on the shelf."""
    papers: dict[tuple[str, str], object] = attrs.field(factory=dict)
    """(kind, id) → the content of a receipt, count or adjustment."""
    deliveries: ModelDeliveries = attrs.field(factory=ModelDeliveries)
    warehouse_order: tuple[str, ...] = ()
    ship: ShipPolicy = ShipPolicy.COMPLETE
    claim: ClaimPolicy = ClaimPolicy.HOLD
    order_delay: timedelta = timedelta(0)

    def configure(
        self,
        *,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
        warehouses: Sequence[str] | None = None,
        order_delay: timedelta | None = None,
        time_zone: str | None = None,
    ) -> None:
        """Choose for the orders and the drawing to come; what day it is makes no difference."""
        del time_zone
        self.ship = ship or self.ship
        self.claim = claim or self.claim
        self.warehouse_order = self.warehouse_order if warehouses is None else tuple(warehouses)
        self.order_delay = self.order_delay if order_delay is None else order_delay

    # What follows from the rows

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

    # Giving and taking

    def serve_everybody(self) -> None:
        """Give every open order, in rank order, what the rules allow."""
        for order in self.open_by_rank():
            self.serve(order)

    def serve(self, order: ModelOrder) -> None:
        """Give one order what there is: a YIELD order all that it lacks, or nothing."""
        before = copy.deepcopy(order.lines)
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

    # Orders

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

    def place_orders(self, requests: Sequence[OrderRequest], now: datetime) -> list[ModelOrder]:
        """Place orders one after the other (law 18)."""
        for request in requests:
            content = (
                sorted(request.lines),
                request.placed_at,
                request.priority,
                request.ship,
                request.claim,
                request.warehouse,
            )
            if self.contents.setdefault(request.order_id, content) != content:
                raise ModelRefusal("ContentDiffers")
            if request.order_id in self.orders:
                continue
            order = ModelOrder(
                order_id=request.order_id,
                first_id=request.order_id,
                placed_at=request.placed_at or now,
                priority=request.priority,
                ship=request.ship or self.ship,
                claim=request.claim or self.claim,
                warehouse=request.warehouse,
                lines=[
                    ModelLine(number, sku, [None] * quantity)
                    for number, (sku, quantity) in enumerate(request.lines, start=1)
                ],
            )
            if self.order_delay:
                order.holds[HoldReason.ORDER_DELAY] = now + self.order_delay
            self.orders[request.order_id] = order
            self.serve_everybody()
        return [self.orders[request.order_id] for request in requests]

    def cancel(self, order_id: str) -> ModelOrder:
        """Cancel an open order."""
        order = self.find(order_id)
        if order.stage is not Stage.CANCELLED:
            self.find_open(order_id)
            self._cancel(order)
            self.serve_everybody()
        return order

    def _cancel(self, order: ModelOrder) -> None:
        order.stage = Stage.CANCELLED
        order.cancellation_requested = False
        order.holds.clear()
        order.lose_everything()

    def request_cancellation(self, order_id: str) -> ModelOrder:
        """Ask the warehouse."""
        order = self.find(order_id)
        if order.stage in {Stage.OPEN, Stage.DESPATCHED}:
            raise ModelRefusal("ActionRefused")
        order.cancellation_requested = order.stage is Stage.PROCESSED
        return order

    def resolve_cancellation(self, order_id: str, *, accepted: bool) -> ModelOrder:
        """Record what the warehouse said."""
        order = self.find(order_id)
        if accepted and order.stage is Stage.CANCELLED:
            return order
        if not order.cancellation_requested:
            raise ModelRefusal("ActionRefused")
        order.cancellation_requested = False
        if accepted:
            self._cancel(order)
            self.serve_everybody()
        return order

    def cancel_expired(self, older_than: timedelta, now: datetime) -> list[str]:
        """Cancel the back orders of more than an age."""
        expired = self.back_orders(placed_before=now - older_than)
        for order_id in expired:
            self._cancel(self.orders[order_id])
        self.serve_everybody()
        return expired

    def hold(self, order_id: str, reason: HoldReason, until: datetime | None) -> ModelOrder:
        """Hold an open order."""
        order = self.find_open(order_id)
        order.holds[reason] = until
        return order

    def release_hold(self, order_id: str, reason: HoldReason) -> ModelOrder:
        """Take a hold away, if it stands."""
        order = self.find(order_id)
        order.holds.pop(reason, None)
        return order

    def release_due_holds(self, now: datetime) -> list[str]:
        """Take away the holds that have run out."""
        due = []
        for order_id, order in sorted(self.orders.items()):
            left = {w: until for w, until in order.holds.items() if until is None or until > now}
            if left != order.holds:
                order.holds = left
                due.append(order_id)
        return due

    def process(self, order_id: str, now: datetime) -> ModelOrder:
        """Hand an order to the warehouse, or what of it can ship now."""
        order = self.find(order_id)
        if order.stage is Stage.PROCESSED:
            return order
        self.find_open(order_id)
        if any(until is None or until > now for until in order.holds.values()):
            raise ModelRefusal("ActionRefused")
        if order.is_short:
            if order.ship is ShipPolicy.COMPLETE:
                raise ModelRefusal("ActionRefused")
            try:
                self.split(order_id, None, None)
            except ModelRefusal:
                raise ModelRefusal("ActionRefused") from None
        order.stage = Stage.PROCESSED
        order.holds.clear()
        return order

    def despatch(self, order_id: str) -> ModelOrder:
        """Let an order leave the building: it keeps the record of what it held."""
        order = self.find(order_id)
        if order.stage is Stage.DESPATCHED:
            return order
        if order.stage is not Stage.PROCESSED or order.cancellation_requested:
            raise ModelRefusal("ActionRefused")
        for line in order.lines:
            for unit in line.units:
                assert unit is not None
                self.on_hand[line.sku, unit] -= 1
        order.stage = Stage.DESPATCHED
        return order

    # Remedies

    def split(
        self, order_id: str, move: Mapping[str, int] | None, new_id: str | None
    ) -> tuple[ModelOrder, ModelOrder]:
        """Split an order; by default what can ship now stays, and everything else goes (law 17)."""
        order = self.find(order_id)
        content = ("split", order_id, move)
        if new_id in self.orders:
            if self.contents[new_id] != content:
                raise ModelRefusal("ContentDiffers")
            return order, self.orders[new_id]
        self.find_open(order_id)
        if move is None and not order.is_short:
            raise ModelRefusal("SplitRefused")
        units = self._cannot_ship(order) if move is None else move
        if any(order.asks(sku) < wanted for sku, wanted in units.items()) or all(
            order.asks(sku) == units.get(sku, 0) for sku in order.skus()
        ):
            raise ModelRefusal("SplitRefused")
        gone = [line for sku in sorted(units) for line in self.part(order, sku, units[sku])]
        created = copy.deepcopy(order)
        created.order_id = new_id or self._free_id(order_id)
        created.split_from = order_id
        created.lines = [
            ModelLine(number, line.sku, line.units)
            for number, line in enumerate(sorted(gone, key=lambda line: line.line_no), start=1)
        ]
        self.orders[created.order_id] = created
        self.contents[created.order_id] = content
        # The original is the one that is to ship now.
        self.serve(order)
        self.serve_everybody()
        return order, created

    def _cannot_ship(self, order: ModelOrder) -> dict[str, int]:
        """Return SKU → units that the order lacks even when it takes what there is."""
        lines = copy.deepcopy(order.lines)
        self._fill(order)
        lacking = {sku: order.lacks(sku) for sku in order.skus() if order.lacks(sku)}
        order.lines = lines
        return lacking

    def _free_id(self, order_id: str) -> str:
        number = 2
        while f"{order_id}-{number}" in self.orders:
            number += 1
        return f"{order_id}-{number}"

    def edit(self, order_id: str, edits: Sequence[Edit], *, allow_back_order: bool) -> ModelOrder:
        """Apply edits together, then serve everybody (laws 15, 16)."""
        named = [edit.sku for edit in edits]
        named += [edit.by for edit in edits if isinstance(edit, Replace)]
        if len(set(named)) < len(named):
            raise ModelRefusal("InvalidValue")
        order = self.find_open(order_id)
        before = copy.deepcopy(order.lines)
        wanted: dict[str, int] = {}
        for edit in edits:
            self._edit(order, edit, wanted)
        order.lines.sort(key=lambda line: line.line_no)
        if not order.lines or order.lines == before:
            raise ModelRefusal("EditRefused")
        self.serve_everybody()
        if not allow_back_order:
            for sku in wanted:
                spare = sum(
                    self.available(sku, name)
                    for name in self.warehouses(sku)
                    if order.warehouse in {None, name}
                )
                if order.lacks(sku) > spare:
                    raise ModelRefusal("ReplacementOutOfStock")
        return order

    def _edit(self, order: ModelOrder, edit: Edit, wanted: dict[str, int]) -> None:
        asked = order.asks(edit.sku)
        if not asked and not isinstance(edit, Add):
            raise ModelRefusal("EditRefused")
        match edit:
            case Remove(sku=sku):
                order.lines = [line for line in order.lines if line.sku != sku]
            case Add(sku=sku, quantity=more):
                self._grow(order, sku, more)
            case SetQuantity(sku=sku, quantity=quantity) if quantity >= asked:
                self._grow(order, sku, quantity - asked)
            case SetQuantity(sku=sku, quantity=quantity):
                self.part(order, sku, asked - quantity)
            case Replace(sku=sku, by=by, quantity=quantity):
                wanted[by] = asked if quantity is None else quantity
                first = min(line.line_no for line in order.lines if line.sku == sku)
                order.lines = [line for line in order.lines if line.sku != sku]
                order.lines.append(ModelLine(first, by, [None] * wanted[by]))
                order.lines.sort(key=lambda line: line.line_no)

    def _grow(self, order: ModelOrder, sku: str, more: int) -> None:
        """Ask for more on the last line of the SKU, or on a new last line."""
        last = [line for line in order.lines if line.sku == sku][-1:]
        if not last:
            number = max((line.line_no for line in order.lines), default=0) + 1
            last = [ModelLine(number, sku, [])]
            order.lines += last
        last[0].units += [None] * more

    # Stock

    def change_stock(
        self,
        kind: str,
        reference: str,
        lines: Mapping[str, int],
        warehouse: str,
        inbound: str | None = None,
    ) -> ModelOutcome:
        """Book in, count or adjust (laws 3, 7, 13, 18)."""
        content = (warehouse, dict(lines), inbound)
        if (kind, reference) in self.papers:
            if self.papers[kind, reference] != content:
                raise ModelRefusal("ContentDiffers")
            return ModelOutcome(repeated=True)
        self.papers[kind, reference] = content
        if inbound is not None:
            self.deliveries.book_in(inbound, lines, warehouse)
        self._put_on_shelf(kind, lines, warehouse)

        def change() -> None:
            for sku in sorted(lines):
                while self.available(sku, warehouse) < 0:
                    holders = [
                        order for order in self.open_by_rank() if order.holds_units(sku, warehouse)
                    ]
                    if not holders:
                        raise ModelRefusal("StockBelowProcessed")
                    self.take_one(holders[-1], sku, warehouse)

        return self._reported(change)

    def _put_on_shelf(self, kind: str, lines: Mapping[str, int], warehouse: str) -> None:
        for sku, units in lines.items():
            there = self.on_hand.get((sku, warehouse), 0)
            now_there = units if kind == "count" else there + units
            if now_there < 0:
                raise ModelRefusal("StockBelowZero")
            if now_there != there:
                self.on_hand[sku, warehouse] = now_there

    def prioritise(self, order_id: str, priority: int, *, reallocate: bool) -> ModelOutcome:
        """Move an order in the queue; with `reallocate` at the cost of those behind (law 14)."""
        order = self.find_open(order_id)

        def change() -> None:
            order.priority = priority
            if reallocate:
                self._take_for(order)

        return self._reported(change)

    def _take_for(self, order: ModelOrder) -> None:
        """Take from those behind, lowest first, each unit that goes to the order.

        A YIELD order takes nothing unless all that it lacks comes together.
        """
        takes: list[tuple[str, str, str]] = []
        for sku in [sku for sku in order.skus() if order.lacks(sku)]:
            got = self._after(takes, order).holds_units(sku)
            behind = [other for other in self.open_by_rank() if other.rank > order.rank]
            for holder in behind[::-1]:
                for warehouse in self.warehouses(sku)[::-1]:
                    if order.warehouse not in {None, warehouse}:
                        continue
                    for _ in range(holder.holds_units(sku, warehouse)):
                        trial = [*takes, (holder.order_id, sku, warehouse)]
                        better = self._after(trial, order).holds_units(sku)
                        if better > got:
                            takes, got = trial, better
        if order.claim is ClaimPolicy.YIELD and self._after(takes, order).is_short:
            return
        for holder_id, sku, warehouse in takes:
            self.take_one(self.orders[holder_id], sku, warehouse)

    def _after(self, takes: Iterable[tuple[str, str, str]], order: ModelOrder) -> ModelOrder:
        """Return the order as it would be after others lost units, if it took whatever there is."""
        world = copy.deepcopy(self)
        this = world.orders[order.order_id]
        this.claim = ClaimPolicy.HOLD
        for holder_id, sku, warehouse in takes:
            holder = world.orders[holder_id]
            # A YIELD order may have given it back already.
            if holder.holds_units(sku, warehouse):
                world.take_one(holder, sku, warehouse)
        world.serve_everybody()
        return this

    def reprocess(self) -> ModelOutcome:
        """Serve everybody again, which should change nothing."""
        return self._reported(lambda: None)

    def _reported(self, change: Callable[[], None]) -> ModelOutcome:
        """Make a change, serve everybody, and report the net of it (law 12)."""
        before = copy.deepcopy(self.orders)
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
