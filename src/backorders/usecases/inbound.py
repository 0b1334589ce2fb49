"""Deliveries: announced, arrived, booked in, closed (law 23)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

import attrs

from backorders.domain import limits, values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.days import day_of
from backorders.domain.errors import UnknownInbound
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.inbound_events import (
    InboundAnnounced,
    InboundArrived,
    InboundBookedIn,
    InboundCancelled,
    InboundClosed,
    InboundEvent,
    InboundMoved,
)
from backorders.domain.stock import StockDocument
from backorders.domain.values import InboundId
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.inbounds import Place
from backorders.ports.storage import Entry, UnitOfWork
from backorders.usecases.looking_up import settings_for_change, settings_of


class GoodsIn(NamedTuple):
    """What tells when the warehouse has booked in what has arrived."""

    booking_in: BookingIn
    calendar: Calendar

    def due_on(self, arrived_on: date) -> date:
        """Return the day by whose end what arrived on a day is on the shelf."""
        return self.booking_in.due_on(arrived_on, self.calendar.is_working_day)


GOODS_IN: Final = GoodsIn(AS_PUBLISHED, WEEKDAYS)


def announce_inbound(
    inbound_id: str,
    lines: Mapping[str, int],
    *,
    expected_on: date,
    warehouse: str = values.MAIN,
    uow: UnitOfWork,
    now: datetime,
) -> Inbound:
    """Return the announced delivery; the same lines for another day move it there.

    Raises `ContentDiffers` for a known id with other lines or another warehouse, and
    `InboundRefused` for another day once it has arrived or is closed.
    """
    announced = Inbound(
        seller_id=uow.seller_id,
        inbound_id=values.inbound_id(inbound_id),
        warehouse=values.warehouse(warehouse),
        lines=values.units_by_sku("lines", lines, values.quantity),
        expected_on=values.day("expected_on", expected_on),
    )
    this = announced.inbound_id
    known = uow.inbounds.find([this]).get(this)
    if known is None:
        settings_for_change(uow)
        uow.inbounds.add(announced)
        told = InboundAnnounced(
            this, now, announced.warehouse, announced.lines, announced.expected_on
        )
        uow.journal.append([Entry(this, 1, told)])
        return announced
    again = known.announced_again(announced)
    if again is known:
        return known
    return _saved(
        known, again, InboundMoved(this, now, known.expected_on, again.expected_on), uow=uow
    )


def inbound_arrived(
    inbound_id: str,
    *,
    at: datetime | None = None,
    booking_in: BookingIn = AS_PUBLISHED,
    calendar: Calendar = WEEKDAYS,
    uow: UnitOfWork,
    now: datetime,
) -> Inbound:
    """Return the delivery as arrived, with the day by which it is to be booked in.

    One that has arrived already stays as it is. Raises `InboundRefused` for one that is closed.
    """
    this = values.inbound_id(inbound_id)
    arrived_at = now if at is None else values.instant("at", at)
    known = inbound_of(uow, this)
    known.must_be_open("let it arrive")
    goods_in = GoodsIn(booking_in, calendar)
    arrived, told = _let_in(known, arrived_at, goods_in, uow=uow, now=now)
    return _saved(known, arrived, *told, uow=uow) if told else known


def close_inbound(inbound_id: str, *, uow: UnitOfWork, now: datetime) -> Inbound:
    """Return the delivery as closed: nothing more of it is to come; again: a no-op."""
    known = inbound_of(uow, values.inbound_id(inbound_id))
    closed = known.closed()
    if closed is known:
        return known
    differs = {values.sku(sku): units for sku, units in closed.discrepancies.items()}
    return _saved(known, closed, InboundClosed(known.inbound_id, now, differs), uow=uow)


def cancel_inbound(inbound_id: str, *, uow: UnitOfWork, now: datetime) -> Inbound:
    """Return the delivery as called off: closed, and nothing of it counts as missing.

    Again: a no-op. Raises `InboundRefused` once any of it was booked in, or it was closed.
    """
    known = inbound_of(uow, values.inbound_id(inbound_id))
    called_off = known.called_off()
    if called_off is known:
        return known
    return _saved(known, called_off, InboundCancelled(known.inbound_id, now), uow=uow)


def receive(
    document: StockDocument, inbound_id: InboundId, goods_in: GoodsIn, *, uow: UnitOfWork
) -> None:
    """Note a new receipt with the delivery that it is of, which has arrived by then."""
    now = document.at
    known = inbound_of(uow, inbound_id)
    known.must_be_open("book it in")
    arrived, told = _let_in(known, now, goods_in, uow=uow, now=now)
    told.append(InboundBookedIn(inbound_id, now, document.reference, document.lines))
    _saved(known, arrived.with_receipt(document.lines, document.warehouse), *told, uow=uow)


def inbound(inbound_id: str, *, uow: UnitOfWork) -> Inbound:
    """Return the delivery as it is now, or raise `UnknownInbound`."""
    return inbound_of(uow, values.inbound_id(inbound_id))


def inbounds(
    *,
    overdue: bool | None = None,
    status: InboundStatus | None = None,
    after: str | None = None,
    limit: int = limits.PAGE,
    uow: UnitOfWork,
    now: datetime,
) -> tuple[Inbound, ...]:
    """Return deliveries by the day on which they are expected, then by id, at most `limit`.

    With `overdue`, those that are overdue today, or those that are not; with `status`, those that
    have come so far. The id of the last one, as `after`, leads on to the next ones.
    """
    wanted = None if overdue is None else values.flag("overdue", overdue)
    come = None if status is None else values.member("status", status, InboundStatus)
    limit = values.whole_number("limit", limit, least=1, most=limits.PAGE)
    last = None if after is None else inbound_of(uow, values.inbound_id(after, "after"))
    today = day_of(now, settings_of(uow).time_zone)
    return tuple(
        uow.inbounds.listed(
            status=come,
            overdue=wanted,
            today=today,
            after=None if last is None else Place(last.expected_on, last.inbound_id),
            limit=limit,
        )
    )


def inbound_history(inbound_id: str, *, uow: UnitOfWork) -> Sequence[InboundEvent]:
    """Return what happened to a delivery, first to last, or raise `UnknownInbound`."""
    found = inbound_of(uow, values.inbound_id(inbound_id))
    return tuple(uow.journal.inbound_history(found.inbound_id))


def inbound_of(uow: UnitOfWork, inbound_id: InboundId) -> Inbound:
    """Return the delivery, or raise `UnknownInbound`."""
    found = uow.inbounds.find([inbound_id]).get(inbound_id)
    if found is None:
        raise UnknownInbound(inbound_id)
    return found


def _let_in(
    known: Inbound, at: datetime, goods_in: GoodsIn, *, uow: UnitOfWork, now: datetime
) -> tuple[Inbound, list[InboundEvent]]:
    """Return the delivery as arrived, if it has not already, with what there is to tell."""
    if known.status is InboundStatus.ARRIVED:
        return known, []
    due_on = goods_in.due_on(day_of(at, settings_of(uow).time_zone))
    return known.arrived(at, due_on), [InboundArrived(known.inbound_id, now, at, due_on)]


def _saved(known: Inbound, changed: Inbound, *told: InboundEvent, uow: UnitOfWork) -> Inbound:
    """Write a delivery with what there is to tell of it, and return it as written."""
    written = attrs.evolve(changed, version=known.version + 1)
    uow.inbounds.save(known, written)
    this = written.inbound_id
    uow.journal.append([Entry(this, written.version, event) for event in told])
    return written
