"""Composing the daily digest, and using up what stands in it (law 21)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from backorders.domain.digesting import Due, LastDigest, NewBackOrder, digest_of, due
from backorders.domain.notices import NotificationKind
from backorders.domain.order import Order
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_of
from backorders.usecases.telling import tell, who_wants

_AT_ONCE = 500
"""Orders that are read together: bounds the memory of a large digest."""


def digest_is_due(*, uow: UnitOfWork, now: datetime) -> bool:
    """Return whether composing now would make a digest; nothing is written."""
    what = _due(uow, now)
    return what is not None and bool(uow.notices.noted(what.until, what.beyond))


def compose_digest(*, uow: UnitOfWork, now: datetime, queued_at: datetime | None = None) -> int:
    """Compose the seller's digest if its local day is over; return how many users are sent it.

    Its entries are used up whether or not anybody wants to be told. Without entries there is none.
    It is to be delivered from `queued_at` on, which is `now` unless another time is composed for.
    """
    what = _due(uow, now)
    if what is None:
        return 0
    entries = uow.notices.noted(what.until, what.beyond)
    if not entries:
        return 0
    last = uow.notices.last_digest()
    number = 1 if last is None else last.number + 1
    uow.notices.use_up(entries, last, LastDigest(number, what.until))
    kind = NotificationKind.DAILY_NEW_BACK_ORDERS
    if not who_wants(kind, uow):
        # Nobody would read it: the orders need not be looked up.
        return 0
    content = digest_of(
        entries,
        _orders_of(entries, uow),
        until=what.until,
        now=now,
        time_zone=settings_of(uow).time_zone,
    )
    return tell(kind, content, number, uow=uow, now=queued_at or now)


def _due(uow: UnitOfWork, now: datetime) -> Due | None:
    return due(uow.notices.last_digest(), now, settings_of(uow).time_zone)


def _orders_of(entries: Sequence[NewBackOrder], uow: UnitOfWork) -> Iterator[Order]:
    order_ids: list[OrderId] = list(dict.fromkeys(entry.order_id for entry in entries))
    for start in range(0, len(order_ids), _AT_ONCE):
        yield from uow.orders.find(order_ids[start : start + _AT_ONCE]).values()
