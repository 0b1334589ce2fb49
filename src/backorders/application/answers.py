"""Calls about what is to come of back orders: when they can go, and what each answer would do."""

from collections.abc import Iterable

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain import values
from backorders.domain.promises import Promise
from backorders.domain.remedies import Remedies


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

    def remedies(self, order_id: str, *, ask: Iterable[str] = ()) -> Remedies:
        """Return what each of the five answers would do to the order now; none is given.

        Replacements are tried with what `substitutes` of the app offers, then with the SKUs of
        `ask`.
        """
        asked = usecases.checked_candidates("ask", ask)
        order = self._order(values.order_id(order_id))
        offered: dict[str, Iterable[str]] = {
            sku: usecases.checked_candidates(
                "substitutes", self._substitutes.substitutes_for(self.seller_id, sku)
            )
            for sku in order.lacks()
        }
        return self._read(
            lambda uow, now: usecases.remedies(
                order_id,
                ask=asked,
                substitutes=offered,
                booking_in=self._booking_in,
                calendar=self._calendar,
                uow=uow,
                now=now,
            )
        )
