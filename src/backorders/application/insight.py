"""Calls that tell a seller how things stand, and why. They change nothing."""

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.backlog_days import BacklogDay
from backorders.domain.explaining import Explanation
from backorders.domain.shortages import Restock
from backorders.domain.summary import Summary


@attrs.frozen
class InsightCalls(Calls):
    """What can be asked about how things stand."""

    def summary(self) -> Summary:
        """Return how many orders stand where, what is short, for how long, and the fill rates."""
        return self._read(lambda uow, now: usecases.summary(uow=uow, now=now))

    def backlog_by_day(self, *, days: int = 30) -> tuple[BacklogDay, ...]:
        """Return how many orders were on back order at the end of each of the last days."""
        return self._read(lambda uow, now: usecases.backlog_by_day(days=days, uow=uow, now=now))

    def explain(self, order_id: str) -> Explanation:
        """Return why each line of the order has what it has, as data and in plain sentences."""
        return self._read(lambda uow, _: usecases.explain(order_id, uow=uow))

    def restock_report(self) -> tuple[Restock, ...]:
        """Return what is short of each SKU and still to be sent, the largest shortage first."""
        return self._read(lambda uow, _: usecases.restock_report(uow=uow))
