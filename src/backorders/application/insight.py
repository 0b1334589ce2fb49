"""Calls that tell a seller how things stand, and why. They change nothing."""

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.advising import Aim, RestockAdvice
from backorders.domain.backlog_days import BacklogDay
from backorders.domain.explaining import Explanation
from backorders.domain.holdups import HoldupPage
from backorders.domain.shortages import Restock
from backorders.domain.summary import Summary
from backorders.domain.values import MAIN


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

    def holdups(self, *, after: str | None = None, limit: int = 50) -> HoldupPage:
        """Return orders that hold what they cannot use yet while others could go with it.

        In rank order, with whom each would release if it yielded; pass `.next` as `after` for more.
        """
        return self._read(lambda uow, _: usecases.holdups(after=after, limit=limit, uow=uow))

    def restock_advice(
        self, *, units: int, aim: Aim = Aim.ORDERS, warehouse: str = MAIN
    ) -> RestockAdvice:
        """Return what to send first, at most so many units, and the orders that this completes.

        With `Aim.ORDERS`, so that most orders become complete; with `Aim.UNITS`, so that these have
        most of the units that are short. It counts on nothing that is announced.
        """
        return self._read(
            lambda uow, _: usecases.restock_advice(
                units=units, aim=aim, warehouse=warehouse, uow=uow
            )
        )
