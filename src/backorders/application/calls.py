"""Running a use case for one seller: the unit of work, a lost race repeated, the rest after it."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import TypeVar, cast

import attrs

from backorders import usecases
from backorders.application.repeating import repeated
from backorders.domain import values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.order import Order
from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.splitting import Split
from backorders.domain.values import OrderId, SellerId, Sku
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.clock import Clock
from backorders.ports.pause import Pause, pause_by_chance
from backorders.ports.storage import Store, UnitOfWork
from backorders.ports.substitutes import NO_SUBSTITUTES, Substitutes
from backorders.usecases.looking_up import lock_ahead

_T = TypeVar("_T")


@attrs.frozen
class Calls:
    """What every call on a seller's face goes through. Each call is one transaction."""

    _store: Store
    seller_id: SellerId
    _clock: Clock
    _pause: Pause = pause_by_chance
    _calendar: Calendar = WEEKDAYS
    _booking_in: BookingIn = AS_PUBLISHED
    _substitutes: Substitutes = NO_SUBSTITUTES

    def _read(self, call: Callable[[UnitOfWork, datetime], _T]) -> _T:
        return self._look(call, self._now())

    def _look(self, call: Callable[[UnitOfWork, datetime], _T], now: datetime) -> _T:
        """Run a use case that writes nothing; repeat it whole when somebody was in its way."""

        def look() -> _T:
            with self._store.begin(self.seller_id, read_only=True) as uow:
                return call(uow, now)

        return repeated(look, self._pause)

    def _change(self, call: Callable[[UnitOfWork, datetime], _T]) -> _T:
        """Run a use case and commit it; what it left to further commits follows at once."""
        now = self._now()
        result, unsettled = self._attempt(call, now)
        while unsettled:
            more, unsettled = self._attempt(partial(_go_on, unsettled), now)
            # cast: what is returned is of the class of what is given.
            result = cast("_T", self._with(result, more))
        return result

    def _with(self, result: object, more: Reprocessed) -> object:
        """Return a call's result after more was reprocessed than in its own commit."""
        match result:
            case Reprocessed() | BookedIn():
                return result.then(more)
            case Order():
                return self._order(result.order_id)
            case Split():
                return Split(
                    self._order(result.original.order_id), self._order(result.created.order_id)
                )
            case tuple():
                return tuple(self._with(each, more) for each in result)
            case _:
                return result

    def _attempt(
        self, call: Callable[[UnitOfWork, datetime], _T], now: datetime
    ) -> tuple[_T, Collection[Sku]]:
        """Run a use case and commit it; repeat it whole when somebody else was faster.

        It then begins by locking all that it has asked for before, and so no longer meets others
        in the middle.
        """
        wanted: set[Sku] = set()

        def change() -> tuple[_T, Collection[Sku]]:
            with self._store.begin(self.seller_id) as uow:
                try:
                    lock_ahead(uow, wanted)
                    result = call(uow, now)
                    uow.commit()
                    return result, uow.unsettled
                finally:
                    wanted.update(uow.wanted)

        return repeated(change, self._pause)

    def _order(self, order_id: OrderId) -> Order:
        return self._read(lambda uow, _: usecases.order(order_id, uow=uow))

    def _now(self) -> datetime:
        return values.instant("clock", self._clock())


def _go_on(skus: Collection[Sku], uow: UnitOfWork, now: datetime) -> Reprocessed:
    return usecases.reprocess(skus, uow=uow, now=now)
