"""When back orders can be released: the queue served ahead with what is announced (law 24)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from backorders.domain import values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.days import day_of
from backorders.domain.looking_ahead import Hopeful, LookAhead, Supply, hopeful
from backorders.domain.order import Order
from backorders.domain.promises import Promise, Prospect
from backorders.domain.summary import Backlog
from backorders.domain.values import InboundId, Sku, WarehouseId
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.storage import UnitOfWork
from backorders.usecases.announced import Announced
from backorders.usecases.inbound import GoodsIn
from backorders.usecases.looking_up import order_of, settings_of
from backorders.usecases.rivals import Rivals, waiting_order

_NOBODY: Final = Backlog(0, 0)
_ANY: Final = InboundId("")
"""A delivery that is only thought of."""


def promise(
    order_id: str,
    *,
    booking_in: BookingIn = AS_PUBLISHED,
    calendar: Calendar = WEEKDAYS,
    uow: UnitOfWork,
    now: datetime,
) -> Promise:
    """Return when the order can be released, if all that is announced comes on time.

    Raises `UnknownOrder`. Reads of the queue only those who get any of what the order lacks, and
    stops where nothing is left.
    """
    order = order_of(uow, values.order_id(order_id))
    if not order.is_on_back_order:
        return Promise(
            order.order_id, None, Prospect.NOT_SHORT, order.status, order.claim, order.warehouse
        )
    announced = _announced(GoodsIn(booking_in, calendar), uow=uow, now=now)
    announced.look_up(order.lacks())
    own, queue = Rivals(order, announced, uow=uow).gathered()
    if own is None:
        return announced.no_date(waiting_order(order), order.lacks())
    _serve(announced, queue, until=own)
    return announced.promise(own)


def promises(
    *,
    booking_in: BookingIn = AS_PUBLISHED,
    calendar: Calendar = WEEKDAYS,
    uow: UnitOfWork,
    now: datetime,
) -> tuple[Promise, ...]:
    """Return the promise of every order on back order, in rank order.

    The backlog is read once, in one statement. Kept of it, beyond what is returned, are the orders
    that may get something of what is announced.
    """
    announced = _announced(GoodsIn(booking_in, calendar), uow=uow, now=now)
    announced.look_up(uow.orders.waiting_skus(), every_delivery=True)
    found: list[Promise | Hopeful] = []
    for waiting in uow.orders.backlog():
        may_get = hopeful(waiting, announced.reach)
        found.append(announced.no_date(waiting, waiting.lacks) if may_get is None else may_get)
    _serve(announced, [each for each in found if isinstance(each, Hopeful)])
    return tuple(announced.promise(each) if isinstance(each, Hopeful) else each for each in found)


def units_to_release(
    order: Order, warehouse: WarehouseId, *, uow: UnitOfWork, now: datetime
) -> dict[Sku, int]:
    """Return SKU → units which, booked in now, would release an order that is short.

    Those ahead of it in the queue are served first, by the planner, and so are counted.
    """
    today = day_of(now, settings_of(uow).time_zone)
    announced = Announced(None, today, uow=uow)
    lacks = order.lacks()
    announced.look_up(lacks)
    ahead = uow.reports.ahead(order.rank, lacks)
    # Enough for everybody ahead: what nobody takes is not counted.
    plenty = {sku: short + ahead.get(sku, _NOBODY).units for sku, short in lacks.items()}
    announced.count_on([Supply(today, _ANY, warehouse, plenty)])
    _, queue = Rivals(order, announced, uow=uow).gathered()
    _serve(announced, queue)
    needed: dict[Sku, int] = {}
    for each in queue:
        if each.order.rank <= order.rank:
            for share in each.shares:
                for sku, units in share.units.items():
                    needed[sku] = needed.get(sku, 0) + units
    return dict(sorted(needed.items()))


def _announced(goods_in: GoodsIn, *, uow: UnitOfWork, now: datetime) -> Announced:
    return Announced(goods_in, day_of(now, settings_of(uow).time_zone), uow=uow)


def _serve(
    announced: Announced,
    queue: Iterable[Hopeful],
    until: Hopeful | None = None,
) -> None:
    """Let one supply after the other come in; at the latest until an order has all that it may."""
    ahead = LookAhead(announced.shelf, queue)
    ahead.serve(announced.owed, announced.today)
    for supply in announced.supplies:
        if until is not None and not until.lacks:
            return
        ahead.come_in(supply)
