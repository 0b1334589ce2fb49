"""One call, tried: in as many commits as the real one takes, and all of it looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from backorders.domain.difference import Difference
from backorders.domain.errors import InvalidValue, Refused
from backorders.domain.order import Order
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of
from backorders.usecases.prioritising import reprocess
from backorders.usecases.trying.overlay import Overlay


class Tried(NamedTuple):
    """What a call came to that was only tried."""

    over: Overlay
    refused: Refused | InvalidValue | None

    def order(self, order_id: OrderId) -> Order:
        """Return an order as it then is."""
        return order_of(self.over, order_id)

    def difference(self) -> Difference:
        """Return what the call has changed."""
        return self.over.difference()


def tried(base: UnitOfWork, call: Callable[[UnitOfWork], object], now: datetime) -> Tried:
    """Make a call over what is there, and forget it unless somebody keeps the outcome."""
    over = Overlay(base)
    attempt = Overlay(over)
    try:
        call(attempt)
    except (Refused, InvalidValue) as refused:
        return Tried(over, refused)
    attempt.commit()
    while attempt.unsettled:
        left, attempt = attempt.unsettled, Overlay(over)
        reprocess(left, uow=attempt, now=now)
        attempt.commit()
    return Tried(over, None)
