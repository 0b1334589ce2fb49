"""Promises in the naive model: let what is announced come, and see who can go when (law 24)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import attrs

from backorders.domain.promises import Promise
from backorders.domain.values import Sku
from backorders.testing.model.desk import ModelDesk
from backorders.testing.model.orders import ModelOrder

_Level = tuple[str, str]


@attrs.define
class ModelPromise:
    """When an order can be released, and what each delivery gives it."""

    order_id: str
    on: date | None = None
    shares: dict[str, Counter[str]] = attrs.field(factory=dict)
    """Delivery → SKU → units."""
    missing: dict[str, int] = attrs.field(factory=dict)
    late: list[str] = attrs.field(factory=list)
    """Deliveries of what will be missing that are late, and so are not counted."""


def shown_promise(promise: Promise) -> ModelPromise:
    """Return what the library promises, in the same form."""
    return ModelPromise(
        promise.order_id,
        promise.on,
        {share.inbound_id: _plain(share.units) for share in promise.shares},
        dict(_plain(promise.missing)),
        [*promise.late],
    )


def _plain(units: Mapping[Sku, int]) -> Counter[str]:
    return Counter({str(sku): count for sku, count in units.items()})


def promised(model: ModelDesk, order_id: str) -> ModelPromise:
    """Return the promise of one order, which may be one that lacks nothing."""
    model.find(order_id)
    found = {promise.order_id: promise for promise in all_promised(model)}
    return found.get(order_id, ModelPromise(order_id))


def all_promised(model: ModelDesk) -> list[ModelPromise]:
    """Return the promises of all back orders, in rank order."""
    ahead = model.copy()
    promises = {order_id: ModelPromise(order_id) for order_id in model.back_orders()}
    levels = {(sku, name) for sku, name in ahead.on_hand}
    lots = {level: [""] * ahead.available(*level) for level in levels}
    """(SKU, warehouse) → for each unit that nobody has, which delivery it is from."""
    for on, delivery in model.deliveries.coming(model.today):
        for sku, units in delivery.outstanding().items():
            level = (sku, delivery.warehouse)
            ahead.on_hand[level] = ahead.on_hand.get(level, 0) + units
            lots.setdefault(level, []).extend([delivery.inbound_id] * units)
        waiting = [order.copy() for order in ahead.open_by_rank() if order.is_short]
        ahead.serve_everybody()
        for before in waiting:
            order = ahead.orders[before.order_id]
            promise = promises[order.order_id]
            for level, units in _gained(before, order).items():
                for inbound_id in filter(None, lots[level][:units]):
                    promise.shares.setdefault(inbound_id, Counter())[level[0]] += 1
                del lots[level][:units]
            promise.on = None if order.is_short else on
    for promise in promises.values():
        order = ahead.orders[promise.order_id]
        promise.missing = {sku: order.lacks(sku) for sku in order.skus() if order.lacks(sku)}
        promise.late = [
            delivery.inbound_id
            for delivery in model.deliveries.late(model.today)
            if order.warehouse in {None, delivery.warehouse}
            and not promise.missing.keys().isdisjoint(delivery.outstanding())
        ]
    return [*promises.values()]


def _gained(before: ModelOrder, order: ModelOrder) -> dict[_Level, int]:
    """Return (SKU, warehouse) → units that an order holds now and did not before."""
    had, has = _held(before), _held(order)
    return {level: units - had[level] for level, units in sorted(has.items())}


def _held(order: ModelOrder) -> Counter[_Level]:
    return Counter((line.sku, unit) for line in order.lines for unit in line.units if unit)
