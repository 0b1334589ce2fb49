"""What is there and what is announced, by the day on which it will be on the shelf (law 24)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from backorders.domain.allocation import WaitingOrder
from backorders.domain.looking_ahead import Hopeful, Reach, Supply
from backorders.domain.order import ClaimPolicy, OrderStatus
from backorders.domain.promises import Promise, Prospect
from backorders.domain.shelf import Shelf
from backorders.domain.values import InboundId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.inbound import GoodsIn
from backorders.usecases.looking_up import settings_of

_IN_THE_WAY = (
    Prospect.NOTHING_ANNOUNCED,
    Prospect.LATE,
    Prospect.ELSEWHERE,
    Prospect.NOT_ENOUGH,
)
"""Of what is in the way of an order, the first of these is told."""


class Announced:
    """The shelf of some SKUs as it is, and what will come of them; looked up when asked for."""

    def __init__(self, goods_in: GoodsIn | None, today: date, *, uow: UnitOfWork) -> None:
        """Count on deliveries by when they are due; `None`: on what is given as supplies alone."""
        self._uow = uow
        self._goods_in = goods_in
        self.today = today
        self._late: dict[Sku, list[tuple[InboundId, WarehouseId]]] = {}
        self._known: set[InboundId] = set()
        self.shelf = Shelf(settings_of(uow).warehouses)
        self.owed: set[Sku] = set()
        """SKUs of which the queue is being served just now: what is available goes to it first."""
        self.reach = Reach(self.shelf)
        self.supplies: list[Supply] = []

    def look_up(self, skus: Collection[Sku], *, every_delivery: bool = False) -> None:
        """Look up the levels of the SKUs and the deliveries that bring any; or all of these."""
        self.shelf.put(skus, self._uow.stock.levels(skus))
        self.owed |= self.shelf.offer()
        if self._goods_in is not None:
            self._look_up_deliveries(self._goods_in, None if every_delivery else skus)

    def count_on(self, supplies: Sequence[Supply]) -> None:
        """Take in what will come; before anything is asked about its SKUs."""
        self.reach.add(supplies)
        self.supplies += supplies
        self.supplies.sort(key=lambda supply: (supply.on, supply.inbound_id))

    def _look_up_deliveries(self, goods_in: GoodsIn, skus: Collection[Sku] | None) -> None:
        inbounds = self._uow.inbounds
        coming = inbounds.coming(skus)
        new = [each.inbound_id for each in coming if each.inbound_id not in self._known]
        found = inbounds.find(new)
        supplies = []
        for inbound_id in new:
            inbound = found[inbound_id]
            if inbound.is_late(self.today):
                for sku in inbound.outstanding:
                    self._late.setdefault(sku, []).append((inbound_id, inbound.warehouse))
                continue
            on = inbound.due_on or goods_in.due_on(inbound.expected_on)
            supplies.append(Supply(on, inbound_id, inbound.warehouse, inbound.outstanding))
        self._known.update(new)
        self.count_on(supplies)

    def look_up_missing(self, skus: Collection[Sku]) -> None:
        """Look up those of the SKUs that have not been."""
        missing = self.shelf.missing(skus)
        if missing:
            self.look_up(missing)

    def promise(self, hopeful: Hopeful) -> Promise:
        """Return what can be promised to an order after all that it may get has been given."""
        order, missing = hopeful.order, hopeful.missing
        if missing:
            return self.no_date(order, missing, hopeful)
        shares = hopeful.shares
        return Promise(
            order_id=order.rank.order_id,
            on=hopeful.served_on,
            prospect=Prospect.COVERED if shares else Prospect.BEING_SERVED,
            status=OrderStatus.ON_BACK_ORDER,
            claim=order.claim,
            warehouse=order.warehouse,
            shares=shares,
        )

    def no_date(
        self, order: WaitingOrder, missing: Mapping[Sku, int], hopeful: Hopeful | None = None
    ) -> Promise:
        """Return the promise of an order that will lack something, and why it will."""
        reasons: dict[Prospect, list[Sku]] = {}
        late: set[InboundId] = set()
        for sku in sorted(missing):
            not_counted = self._late_for(order, sku)
            late.update(not_counted)
            could_get = self.reach.in_all(sku, order.warehouse) >= missing[sku]
            if not could_get or order.claim is ClaimPolicy.HOLD:
                reason = self._in_the_way(order, sku, is_late=bool(not_counted))
                reasons.setdefault(reason, []).append(sku)
        prospect = next((each for each in _IN_THE_WAY if each in reasons), Prospect.NOT_ENOUGH)
        return Promise(
            order_id=order.rank.order_id,
            on=None,
            prospect=prospect,
            status=OrderStatus.ON_BACK_ORDER,
            claim=order.claim,
            warehouse=order.warehouse,
            shares=hopeful.shares if hopeful else (),
            missing=dict(sorted(missing.items())),
            because_of=tuple(reasons.get(prospect, ())),
            late=tuple(sorted(late)),
        )

    def _in_the_way(self, order: WaitingOrder, sku: Sku, *, is_late: bool) -> Prospect:
        if self.reach.coming(sku, order.warehouse):
            return Prospect.NOT_ENOUGH
        if is_late:
            return Prospect.LATE
        return Prospect.ELSEWHERE if self.reach.coming(sku) else Prospect.NOTHING_ANNOUNCED

    def _late_for(self, order: WaitingOrder, sku: Sku) -> list[InboundId]:
        return [
            inbound_id
            for inbound_id, warehouse in self._late.get(sku, ())
            if order.warehouse in {None, warehouse}
        ]
