"""AdventureWorks: 31,455 orders whose every allocation is known beforehand.

The orders hold what they get (HOLD), from one warehouse. The receipts of a day are booked in at its
midnight, before its orders; nothing is despatched. So what is available less what is short is the
balance that the source publishes for each day.
"""

import heapq
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

import attrs

from backorders.adapters.cli.csv_files import rows
from backorders.adapters.cli.replay.answer import Answer
from backorders.adapters.cli.replay.files import instant, orders
from backorders.adapters.cli.replay.run import (
    Advance,
    ReplayClock,
    Report,
    Stopwatch,
    new_seller,
    nobody,
)
from backorders.application import Seller
from backorders.domain.request import OrderRequest
from backorders.ports.storage import Store

_SELLER = "adventureworks"


@attrs.frozen
class _Receipt:
    on: date
    receipt_id: str
    lines: Mapping[str, int]


@attrs.frozen
class _Placed:
    on: date
    request: OrderRequest


@attrs.define
class _Day:
    """What came in on a day, and what was ordered."""

    on: date
    receipts: list[_Receipt] = attrs.field(factory=list)
    requests: list[OrderRequest] = attrs.field(factory=list)

    @property
    def midnight(self) -> datetime:
        return datetime.combine(self.on, time(), UTC)


def replay(
    store: Store,
    folder: Path,
    *,
    title: str = "AdventureWorks",
    first: int | None = None,
    advance: Advance = nobody,
) -> Report:
    """Run the orders through the library, and compare every line, every balance and all totals.

    With `first`, only so many orders, and the receipts up to the day of the last one. The balances
    of that day and the totals are then left out: they count orders that were not placed.
    """
    watch = Stopwatch()
    clock = ReplayClock()
    seller = new_seller(store, _SELLER, clock)
    report = Report(title)
    answer = Answer(folder, report.differences)
    stock = rows(folder / "opening_stock.csv.gz")
    opening = {row["sku"]: int(row["on_hand"]) for row in stock}
    for number, day in enumerate(_days(folder, first)):
        if number == 0:
            clock.now = day.midnight - timedelta(days=1)
            seller.count_stock("opening stock", opening, reason="opening stock")
        clock.now = day.midnight
        _book_in(day, seller, answer)
        if day.requests:
            answer.placed(seller.place_orders(day.requests))
            advance(len(day.requests))
        if answer.totals["orders"] == first:
            answer.ended_early(day.midnight)
            break
        answer.day_closed(day.on, seller)
    else:
        answer.ended(seller, opening)
    report.orders, report.receipts = answer.totals["orders"], answer.totals["receipts"]
    report.matched += answer.matched()
    report.verified(seller)
    report.seconds = watch.seconds()
    return report


def _book_in(day: _Day, seller: Seller, answer: Answer) -> None:
    """Book in the receipts of a day, then look at each order that got anything."""
    released: set[str] = set()
    served: list[str] = []
    for receipt in day.receipts:
        booked = seller.book_in(receipt.receipt_id, receipt.lines)
        released.update(booked.released)
        served += [*booked.released, *booked.gained]
        answer.totals["receipts"] += 1
        answer.totals["receipt_units"] += sum(receipt.lines.values())
    for order_id in dict.fromkeys(served):
        answer.served(seller.order(order_id), day.midnight, released=order_id in released)


def _days(folder: Path, first: int | None) -> Iterator[_Day]:
    """Yield the days on which anything came in or was ordered."""
    receipts = (
        _Receipt(
            date.fromisoformat(row["received_on"]),
            row["receipt_id"],
            {row["sku"]: int(row["quantity"])},
        )
        for row in rows(folder / "receipts.csv.gz")
    )
    placed = (
        _Placed(instant(row["placed_at"]).date(), request)
        for row, request in islice(orders(folder), first)
    )
    events: Iterator[_Receipt | _Placed] = heapq.merge(receipts, placed, key=attrgetter("on"))
    for on, of_day in groupby(events, key=attrgetter("on")):
        day = _Day(on)
        for event in of_day:
            match event:
                case _Receipt():
                    day.receipts.append(event)
                case _Placed():
                    day.requests.append(event.request)
        yield day
