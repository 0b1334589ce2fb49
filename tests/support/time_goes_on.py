"""Letting come what is announced: each delivery on its day, booked in on the day it is due."""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backorders import InboundStatus, Seller
from backorders.domain.days import day_of
from tests.support.clock import SettableClock


def bookings(seller: Seller, clock: SettableClock, *, hour: int = 12) -> Iterator[tuple[date, str]]:
    """Let the deliveries that are not late come one after the other; yield (day, id) of each.

    Each arrives on the day on which it is expected, and what is outstanding of it is booked in on
    the day on which it is due, at an hour by the seller's clocks: those of a day by id.
    """
    zone = seller.settings().time_zone
    today = day_of(clock.now, zone)
    steps: list[tuple[date, int, str]] = []
    for inbound in seller.inbounds():
        if inbound.outstanding and not inbound.is_late(today):
            if inbound.status is InboundStatus.ANNOUNCED:
                steps.append((inbound.expected_on, 0, inbound.inbound_id))
            else:
                assert inbound.due_on is not None
                steps.append((inbound.due_on, 1, inbound.inbound_id))
    heapq.heapify(steps)
    while steps:
        day, is_here, inbound_id = heapq.heappop(steps)
        at = datetime.combine(day, time(hour), ZoneInfo(zone)) + timedelta(minutes=is_here)
        clock.now = max(clock.now, at)
        if not is_here:
            due_on = seller.inbound_arrived(inbound_id, at=at).due_on
            assert due_on is not None
            heapq.heappush(steps, (due_on, 1, inbound_id))
            continue
        known = seller.inbound(inbound_id)
        seller.book_in(
            f"all of {inbound_id}",
            {str(sku): units for sku, units in known.outstanding.items()},
            warehouse=known.warehouse,
            inbound=inbound_id,
        )
        yield day, inbound_id
