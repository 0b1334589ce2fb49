"""Reports over all that a seller has, from sums that the store makes."""

from datetime import datetime

from backorders.domain import shortages
from backorders.domain.shortages import Restock
from backorders.domain.summary import Summary, starts_of_ages
from backorders.domain.summary import summary as _summary
from backorders.ports.storage import UnitOfWork


def summary(*, uow: UnitOfWork, now: datetime) -> Summary:
    """Return how many orders stand where, what is short, for how long, and the fill rates."""
    return _summary(uow.reports.standings(now), uow.reports.placed_by(starts_of_ages(now)))


def restock_report(*, uow: UnitOfWork) -> tuple[Restock, ...]:
    """Return what is short of each SKU and still to be sent, the largest shortage first."""
    return shortages.restock_report(uow.reports.shortages(), uow.inbounds.outstanding())
