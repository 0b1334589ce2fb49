"""The face of one seller: everything that can be called, for good or to see what would happen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import attrs

from backorders.application.account import AccountCalls
from backorders.application.answers import AnswerCalls
from backorders.application.backlog import BacklogCalls
from backorders.application.bulk import BulkCalls
from backorders.application.inbound import InboundCalls
from backorders.application.insight import InsightCalls
from backorders.application.notices import NoticeCalls
from backorders.application.orders import OrderCalls
from backorders.application.stock import StockCalls
from backorders.domain.difference import Difference
from backorders.domain.errors import InvalidType
from backorders.ports.storage import UnitOfWork
from backorders.usecases.trying import Trial

_T = TypeVar("_T")


@attrs.frozen
class Seller(
    OrderCalls,
    BulkCalls,
    StockCalls,
    InboundCalls,
    BacklogCalls,
    InsightCalls,
    AnswerCalls,
    AccountCalls,
    NoticeCalls,
):
    """Everything that can be done for one seller. Each call is one transaction."""

    def together(self, calls: Callable[[UnitOfWork, datetime], _T]) -> _T:
        """Return what several use cases come to, in one commit: all of them happen, or none.

        `calls` is given the unit of work and the instant of the call, and makes the use cases with
        them; an error that leaves it undoes them all. When somebody else was faster it is run
        again, as a whole: it must begin anew each time.
        """
        if not callable(calls):
            raise InvalidType("calls", "something to call with (uow, now)", type(calls).__name__)
        return self._change(calls)

    @contextmanager
    def what_if(self) -> Iterator["WhatIf"]:
        """Give a copy of this face on which anything can be tried; nothing of it is stored.

        It begins with what is stored now, and sees nothing of what others change meanwhile. It is
        for one thread, and is over when the block is left.
        """
        with self._store.begin(self.seller_id, read_only=True) as uow:
            trial = Trial(uow)
            try:
                yield WhatIf(
                    trial,
                    self.seller_id,
                    self._clock,
                    self._pause,
                    self._calendar,
                    self._booking_in,
                    self._substitutes,
                    trial=trial,
                )
            finally:
                trial.close()


@attrs.frozen
class WhatIf(Seller):
    """Everything that can be done for one seller, without any of it being stored."""

    _trial: Trial = attrs.field(kw_only=True)

    def difference(self) -> Difference:
        """Return what all calls so far have changed, order by order, compared with what is stored.

        It can be kept, and looked at when the what-if is over.
        """
        return self._trial.difference()
