"""One seller in the naive model: all its calls together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy, Stage
from backorders.domain.request import OrderRequest
from backorders.testing.model.orders import ModelLine, ModelOrder
from backorders.testing.model.refusing import ModelRefusal
from backorders.testing.model.remedies import ModelRemedies
from backorders.testing.model.stock import ModelStock


@attrs.define
class ModelSeller(ModelRemedies, ModelStock):
    """All that can be done for one seller."""

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

    def change_policies(
        self, order_id: str, ship: ShipPolicy | None, claim: ClaimPolicy | None
    ) -> ModelOrder:
        """Change the policies of an open order; one that waits and is to yield has nothing."""
        order = self.find_open(order_id)
        if claim is ClaimPolicy.YIELD and order.claim is ClaimPolicy.HOLD and order.is_short:
            order.lose_everything()
        order.ship, order.claim = ship or order.ship, claim or order.claim
        self.serve_everybody()
        return order

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
