"""Looking at things without changing any."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backorders.domain import limits, paging, values
from backorders.domain.events import OrderEvent
from backorders.domain.order import Order
from backorders.domain.results import Page
from backorders.domain.verification import Discrepancy, discrepancies
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of


def order(order_id: str, *, uow: UnitOfWork) -> Order:
    """Return the order as it is now, or raise `UnknownOrder`."""
    return order_of(uow, values.order_id(order_id))


def back_orders(
    *,
    sku: str | None = None,
    older_than: timedelta | None = None,
    after: str | None = None,
    limit: int = 50,
    uow: UnitOfWork,
    now: datetime,
) -> Page:
    """Return some orders on back order, in rank order; `next` of one page is `after` of the next.

    With `sku`, those that are short of it; with `older_than`, those placed longer ago than that.
    """
    wanted = None if sku is None else values.sku(sku)
    length = None if older_than is None else values.span("older_than", older_than)
    limit = values.whole_number("limit", limit, least=1, most=limits.PAGE)
    found = uow.orders.on_back_order(
        sku=wanted,
        placed_before=None if length is None else values.before(now, length),
        after=paging.rank_after(after),
        limit=limit + 1,
    )
    items = tuple(found[:limit])
    more = len(found) > limit
    return Page(items, paging.rank_marker(items[-1].rank) if more else None)


def history(order_id: str, *, uow: UnitOfWork) -> Sequence[OrderEvent]:
    """Return what happened to an order, first to last, or raise `UnknownOrder`."""
    found = order_of(uow, values.order_id(order_id))
    return tuple(uow.journal.history(found.order_id))


def verify(*, uow: UnitOfWork) -> tuple[Discrepancy, ...]:
    """Return what breaks laws 1, 2 or 4 in the stored rows; nothing when all is sound."""
    return tuple(discrepancies(uow.audit.levels(), uow.audit.lines()))
