"""The sums of the reports, over orders in memory; and sums over parts, made one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from backorders.domain.explaining import Held, is_held_up
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Order, OrderStatus, Rank
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing, Times
from backorders.domain.values import OrderId, Sku

_MICROSECOND: Final = timedelta(microseconds=1)


def standings(orders: Iterable[tuple[Order, FirstAsk]], now: datetime) -> list[Standing]:
    """Return the sums over the orders of each status that any has, with what was first asked."""
    return joined_standings(_standing(order, first_ask, now) for order, first_ask in orders)


def joined_standings(parts: Iterable[Standing]) -> list[Standing]:
    """Return one standing for each status, over all the orders of the parts."""
    by_status: dict[OrderStatus, list[Standing]] = {}
    for part in parts:
        by_status.setdefault(part.status, []).append(part)
    return [
        Standing(
            status,
            sum([part.orders for part in some]),
            FirstAsk.sum(part.first_ask for part in some),
            min([part.oldest for part in some]),
            Times.sum(part.waiting for part in some),
            Times.sum(part.waited for part in some),
        )
        for status, some in by_status.items()
    ]


def backlogs(orders: Iterable[Order], instants: Sequence[datetime]) -> list[Backlog]:
    """Return the sums over those on back order, and then over those placed by each instant."""
    waiting = [(order.placed_at, sum(order.lacks().values())) for order in orders]
    short = [(placed_at, units) for placed_at, units in waiting if units]
    parts = [short, *([each for each in short if each[0] <= instant] for instant in instants)]
    return [Backlog(len(part), sum([units for _, units in part])) for part in parts]


def joined_backlogs(one: Iterable[Backlog], other: Iterable[Backlog]) -> list[Backlog]:
    """Return, place by place, the sums over the orders of both."""
    return [
        Backlog(a.orders + b.orders, a.units + b.units) for a, b in zip(one, other, strict=True)
    ]


def shortages(orders: Iterable[Order]) -> list[Shortage]:
    """Return the sums over the waiting lines of each SKU that has any."""
    return joined_shortages(found for order in orders for found in _shortages(order))


def joined_shortages(parts: Iterable[Shortage]) -> list[Shortage]:
    """Return one shortage for each SKU, over all the lines of the parts; no order is in two."""
    by_sku: dict[Sku, list[Shortage]] = {}
    for part in parts:
        by_sku.setdefault(part.sku, []).append(part)
    return [
        Shortage(
            sku,
            sum([part.units for part in some]),
            sum([part.orders for part in some]),
            sum([part.units_waiting for part in some]),
            *min([_oldest(part) for part in some]),
        )
        for sku, some in by_sku.items()
    ]


def ahead(orders: Iterable[Order], rank: Rank, skus: Collection[Sku]) -> dict[Sku, Backlog]:
    """Return, for each SKU that an order of a better rank lacks, how many do, and how much."""
    found: dict[Sku, Backlog] = {}
    for order in orders:
        if order.rank < rank:
            lacks = order.lacks()
            for sku in lacks.keys() & set(skus):
                before = found.get(sku, Backlog(0, 0))
                found[sku] = Backlog(before.orders + 1, before.units + lacks[sku])
    return found


def held(order: Order, sku: Sku) -> tuple[Sku, Held]:
    """Return what an open or processed order holds of a SKU, beside the SKU."""
    units = order.units_held[sku]
    return sku, Held(units, units if is_held_up(order) else 0)


def joined_held(parts: Iterable[tuple[Sku, Held]]) -> dict[Sku, Held]:
    """Return, for each SKU, the sums over the parts."""
    found: dict[Sku, Held] = {}
    for sku, part in parts:
        before = found.get(sku, Held(0, 0))
        found[sku] = Held(before.units + part.units, before.held_up + part.held_up)
    return found


def _standing(order: Order, first_ask: FirstAsk, now: datetime) -> Standing:
    since, time = order.back_order_since, order.back_order_time
    return Standing(
        order.status,
        1,
        first_ask,
        order.placed_at,
        _times(None if since is None else max(now - since, timedelta())),
        _times(time),
    )


def _times(length: timedelta | None) -> Times:
    return Times() if length is None else Times(1, length // _MICROSECOND, length)


def _shortages(order: Order) -> list[Shortage]:
    lacks = order.lacks()
    waiting = dict.fromkeys(lacks, 0)
    for line in order.lines:
        if line.sku in waiting and line.shortage:
            waiting[line.sku] += line.quantity
    return [
        Shortage(sku, units, 1, waiting[sku], order.placed_at, order.order_id)
        for sku, units in lacks.items()
    ]


def _oldest(part: Shortage) -> tuple[datetime, OrderId]:
    return part.oldest, part.oldest_order
