"""Reports over all that a seller has, from sums that the store makes."""

from datetime import datetime

from backorders.domain import limits, shortages, values
from backorders.domain.backlog_days import BacklogDay, backlog_days
from backorders.domain.explaining import Explanation, explained
from backorders.domain.sentences import sentences
from backorders.domain.shelf import Shelf
from backorders.domain.shortages import Restock
from backorders.domain.summary import Summary, starts_of_ages
from backorders.domain.summary import summary as _summary
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of, settings_of


def summary(*, uow: UnitOfWork, now: datetime) -> Summary:
    """Return how many orders stand where, what is short, for how long, and the fill rates."""
    return _summary(uow.reports.standings(now), uow.reports.placed_by(starts_of_ages(now)))


def backlog_by_day(*, days: int = 30, uow: UnitOfWork, now: datetime) -> tuple[BacklogDay, ...]:
    """Return how long the backlog was at the end of each of the last days, today's as it is now.

    Days are the seller's own. An order counts from when it went on back order here, whatever its
    `placed_at` says.
    """
    checked = values.whole_number("days", days, least=1, most=limits.BACKLOG_DAYS)
    time_zone = settings_of(uow).time_zone
    return backlog_days(uow.journal.turns(), now=now, days=checked, time_zone=time_zone)


def restock_report(*, uow: UnitOfWork) -> tuple[Restock, ...]:
    """Return what is short of each SKU and still to be sent, the largest shortage first."""
    return shortages.restock_report(uow.reports.shortages(), uow.inbounds.outstanding())


def explain(order_id: str, *, uow: UnitOfWork) -> Explanation:
    """Return why each line of an order has what it has, or raise `UnknownOrder`."""
    order = order_of(uow, values.order_id(order_id))
    shelf = Shelf(settings_of(uow).warehouses)
    shelf.put(order.skus, uow.stock.levels(order.skus))
    # To see what is owed as what it is: units, of which the queue is just being served.
    shelf.offer()
    lacks = order.lacks()
    ahead = uow.reports.ahead(order.rank, lacks) if lacks else {}
    held = uow.reports.held(order.skus, without=[order.order_id])
    lines, missing = explained(order, shelf, ahead, held)
    return Explanation(
        order_id=order.order_id,
        status=order.status,
        on_back_order_since=order.back_order_since,
        lines=lines,
        missing=missing,
        sentences=tuple(sentences(order, lines, missing)),
    )
