"""Calls about what is to come of back orders: when they can go, and what each answer would do."""

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.promises import Promise


@attrs.frozen
class AnswerCalls(Calls):
    """What can be asked before a back order is answered. They change nothing."""

    def promise(self, order_id: str) -> Promise:
        """Return when the order can be released, if what is announced comes and is booked in."""
        return self._read(
            lambda uow, now: usecases.promise(
                order_id,
                booking_in=self._booking_in,
                calendar=self._calendar,
                uow=uow,
                now=now,
            )
        )

    def promises(self) -> tuple[Promise, ...]:
        """Return the promise of every order on back order, in rank order: one pass for all."""
        return self._read(
            lambda uow, now: usecases.promises(
                booking_in=self._booking_in, calendar=self._calendar, uow=uow, now=now
            )
        )
