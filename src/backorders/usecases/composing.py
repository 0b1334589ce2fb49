"""Composing what is told once a day: the digest, and which deliveries are overdue (21, 22)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import attrs

from backorders.domain import values
from backorders.domain.days import day_of
from backorders.domain.digesting import Due, LastDigest, NewBackOrder, digest_of, due
from backorders.domain.notices import Digest, NotificationKind, OverdueDelivery
from backorders.domain.order import Order
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_of
from backorders.usecases.telling import tell, who_wants

_LAST: Final = datetime.max.replace(tzinfo=UTC)
_MOMENT: Final = timedelta(microseconds=1)
_AT_ONCE = 500
"""Orders or deliveries that are read together: bounds the memory of a large digest."""


def is_anything_due(*, uow: UnitOfWork, now: datetime) -> bool:
    """Return whether there is a digest to compose, or a delivery overdue; nothing is written."""
    what = _due(uow, now)
    if what is not None and uow.notices.noted(what.until, what.beyond):
        return True
    return bool(uow.inbounds.untold(_today(uow, now), 1))


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


def next_digest(*, uow: UnitOfWork, now: datetime) -> Digest | None:
    """Return the next digest as it would be if the day ended now, or `None` without any entries.

    Nothing is written: the entries are still there for the digest itself.
    """
    entries = uow.notices.noted(_LAST, _LAST)
    if not entries:
        return None
    return digest_of(
        entries,
        _orders_of(entries, uow),
        until=values.after(now, _MOMENT),
        now=now,
        time_zone=settings_of(uow).time_zone,
    )


def tell_of_overdue(*, uow: UnitOfWork, now: datetime, queued_at: datetime | None = None) -> int:
    """Announce each delivery that is overdue, once; return how many notices that queued.

    It is once whether or not anybody wants to be told. `queued_at`: as with digests.
    """
    kind, today = NotificationKind.DELIVERY_OVERDUE, _today(uow, now)
    queued = 0
    while untold := uow.inbounds.untold(today, _AT_ONCE):
        for inbound in untold:
            told = attrs.evolve(inbound.told_overdue(), version=inbound.version + 1)
            uow.inbounds.save(inbound, told)
            content = OverdueDelivery(
                inbound.inbound_id,
                inbound.expected_on,
                # What is overdue has both of these.
                inbound.arrived_at or now,
                inbound.due_on or today,
                settings_of(uow).time_zone,
            )
            queued += tell(kind, content, inbound.inbound_id, uow=uow, now=queued_at or now)
    return queued


def _today(uow: UnitOfWork, now: datetime) -> date:
    return day_of(now, settings_of(uow).time_zone)


def _due(uow: UnitOfWork, now: datetime) -> Due | None:
    return due(uow.notices.last_digest(), now, settings_of(uow).time_zone)


def _orders_of(entries: Sequence[NewBackOrder], uow: UnitOfWork) -> Iterator[Order]:
    order_ids: list[OrderId] = list(dict.fromkeys(entry.order_id for entry in entries))
    for start in range(0, len(order_ids), _AT_ONCE):
        yield from uow.orders.find(order_ids[start : start + _AT_ONCE]).values()
