"""When back orders can be released: the queue served ahead with what is announced (law 24)."""

from collections.abc import Iterable
from datetime import datetime

from backorders.domain import values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.days import day_of
from backorders.domain.looking_ahead import Hopeful, LookAhead, hopeful
from backorders.domain.promises import Promise, Prospect
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.storage import UnitOfWork
from backorders.usecases.announced import Announced
from backorders.usecases.inbound import GoodsIn
from backorders.usecases.looking_up import order_of, settings_of
from backorders.usecases.rivals import Rivals, waiting_order


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
