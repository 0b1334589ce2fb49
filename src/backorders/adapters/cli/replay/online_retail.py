"""Online Retail: a year of a gift retailer, with all that is awkward about real books.

There is no answer to compare with. What must hold whatever happens is checked at the end: what is
on hand is what came in, no unit idles that a back order waits for, and the stored sums are sound.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeAlias

import attrs

from backorders.adapters.cli.csv_files import Row, rows
from backorders.adapters.cli.replay.files import instant, orders
from backorders.adapters.cli.replay.run import (
    Advance,
    ReplayClock,
    Report,
    Stopwatch,
    new_seller,
    nobody,
    units_short,
)
from backorders.application import Seller
from backorders.domain.edits import Edit, Remove, SetQuantity
from backorders.domain.order import ClaimPolicy, OrderStatus
from backorders.domain.request import OrderRequest
from backorders.domain.values import MAIN, Sku
from backorders.ports.storage import Store

SELLER = "online retail"
_TOGETHER = 200
"""Orders that are placed in one transaction, at most."""


@attrs.frozen
class _Delivery:
    """All that was received at one instant."""

    at: datetime
    reference: str
    lines: Mapping[str, int]
    place: int = 0
    """Where it comes among what happened at the same instant."""


@attrs.frozen
class _Correction:
    """Units found, smashed, lost: more, or, negative, fewer."""

    at: datetime
    reference: str
    lines: Mapping[str, int]
    reason: str
    place: int = 1


@attrs.frozen
class _Placed:
    at: datetime
    request: OrderRequest
    customer: str
    place: int = 2


@attrs.frozen
class _Cancelled:
    """Units that a customer did not want after all; which order they were on is not said."""

    at: datetime
    reference: str
    customer: str
    lines: Mapping[str, int]
    place: int = 3


_Event: TypeAlias = _Delivery | _Correction | _Placed | _Cancelled


def replay(
    store: Store,
    folder: Path,
    *,
    title: str = "Online Retail",
    first: int | None = None,
    claim: ClaimPolicy = ClaimPolicy.HOLD,
    advance: Advance = nobody,
) -> Report:
    """Run the orders through the library with everything that happened in between.

    With `first`, only so many orders, and what happened before the last of them.
    """
    watch = Stopwatch()
    report = Report(title)
    clock = ReplayClock()
    shop = _Shop(new_seller(store, SELLER, clock), _customers_who_cancel(folder))
    stock = rows(folder / "synthetic_opening_stock.csv.gz")
    opening = {row["sku"]: int(row["on_hand"]) for row in stock}
    for number, together in enumerate(_events(folder, first)):
        if number == 0:
            clock.now = together[0].at - timedelta(days=1)
            shop.open(opening, claim)
        clock.now = together[0].at
        match together[0]:
            case _Placed():
                shop.place([event for event in together if isinstance(event, _Placed)])
                advance(len(together))
            case _Delivery() as delivery:
                shop.book_in(delivery)
            case _Correction() as correction:
                shop.correct(correction)
            case _Cancelled() as cancelled:
                shop.cancel(cancelled)
        if shop.tally["orders"] == first:
            break
    shop.judge(report, claim)
    report.orders, report.receipts = shop.tally["orders"], shop.tally["receipts"]
    report.remarks += shop.remarks()
    report.until = clock.now
    report.seconds = watch.seconds()
    return report


class _Shop:
    """The seller, what was done in its name, and what could not be done."""

    def __init__(self, seller: Seller, cancelling: Mapping[str, set[str]]) -> None:
        self._seller = seller
        self._cancelling = cancelling
        self._bought: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        """(customer, SKU) → orders, first to last, for those who will cancel."""
        self.on_hand: Counter[str] = Counter()
        """SKU → units that must be on hand, by what was booked and corrected."""
        self.tally: Counter[str] = Counter()

    def open(self, stock: Mapping[str, int], claim: ClaimPolicy) -> None:
        self._seller.configure(claim=claim)
        self._seller.count_stock("opening stock", stock, reason="opening stock")
        self.on_hand.update(stock)

    def place(self, events: list[_Placed]) -> None:
        orders = self._seller.place_orders([event.request for event in events])
        for event, order in zip(events, orders, strict=True):
            self.tally["orders"] += 1
            self.tally["lines"] += len(order.lines)
            self.tally["back orders"] += order.is_on_back_order
            for sku in order.skus & self._cancelling.get(event.customer, set()):
                self._bought[event.customer, sku].append(order.order_id)

    def book_in(self, delivery: _Delivery) -> None:
        booked = self._seller.book_in(delivery.reference, delivery.lines)
        self.on_hand.update(delivery.lines)
        self.tally["receipts"] += 1
        self.tally["released"] += len(booked.released)

    def correct(self, correction: _Correction) -> None:
        """Adjust the stock, but let no more units go than the shelf has."""
        lines = {}
        for sku, change in correction.lines.items():
            possible = max(change, -self.on_hand[sku])
            if possible != change:
                self.tally["corrections cut"] += 1
                self.tally["units cut"] += possible - change
            if possible:
                lines[sku] = possible
        self.tally["corrections"] += len(correction.lines)
        if lines:
            done = self._seller.adjust_stock(correction.reference, lines, reason=correction.reason)
            self.on_hand.update(lines)
            self.tally["orders that lost units"] += len(done.lost)

    def cancel(self, cancelled: _Cancelled) -> None:
        """Take the units off the customer's orders, last order first."""
        off: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for sku, units in cancelled.lines.items():
            wanted = units
            for order_id in reversed(self._bought.get((cancelled.customer, sku), [])):
                order = self._seller.order(order_id)
                if not wanted:
                    break
                if order.status is not OrderStatus.CANCELLED:
                    there = order.units.get(Sku(sku), 0)
                    if there:
                        off[order_id][sku] = min(there, wanted)
                        wanted -= min(there, wanted)
            self.tally["cancellations"] += 1
            self.tally["cancellations without order"] += wanted == units
            self.tally["units without order"] += wanted
        for order_id, lines in off.items():
            self._take_off(order_id, lines, cancelled.reference)

    def _take_off(self, order_id: str, lines: Mapping[str, int], reference: str) -> None:
        there = self._seller.order(order_id).units
        if all(lines.get(sku) == units for sku, units in there.items()):
            self._seller.cancel_order(order_id, reason=reference)
            self.tally["orders cancelled"] += 1
            return
        edits: list[Edit] = [
            Remove(sku) if units == there[Sku(sku)] else SetQuantity(sku, there[Sku(sku)] - units)
            for sku, units in lines.items()
        ]
        self._seller.edit_order(order_id, *edits)
        self.tally["orders edited"] += 1

    def judge(self, report: Report, claim: ClaimPolicy) -> None:
        """Check what must hold whatever has happened.

        An order that takes all or nothing may leave units for which it waits: no unit idles where
        all orders take what there is.
        """
        compare = report.differences.compare
        short = units_short(self._seller)
        for sku in sorted(self.on_hand.keys() | short.keys()):
            levels = {level.warehouse: level for level in self._seller.stock(sku)}
            on_hand = sum(level.on_hand for level in levels.values())
            compare(f"{sku}: other warehouses with stock", set(), levels.keys() - {MAIN})
            compare(f"{sku}: on hand", self.on_hand[sku], on_hand)
            if short[sku] and claim is ClaimPolicy.HOLD:
                idle = sum(level.available for level in levels.values())
                compare(f"{sku}: units idle while {short[sku]} are short", 0, idle)
        report.matched += [
            f"{self.tally['lines']:,} lines placed",
            f"stock of {len(self.on_hand):,} SKUs",
        ]
        if claim is ClaimPolicy.HOLD:
            report.matched.append(f"nothing idle for {short.total():,} units short")
        report.verified(self._seller)

    def remarks(self) -> list[str]:
        tally = self.tally
        waited = (
            f"{tally['back orders']:,} orders went on back order when placed; deliveries released "
            f"an order {tally['released']:,} times"
        )
        corrected = (
            f"{tally['corrections']:,} stock corrections, to which an order lost units "
            f"{tally['orders that lost units']:,} times; {tally['corrections cut']:,} asked for "
            f"more than was on hand and were cut to it, by {tally['units cut']:,} units in all"
        )
        cancelled = (
            f"{tally['cancellations']:,} cancelled lines, taken off the customer's last orders of "
            f"the product: {tally['orders cancelled']:,} times a whole order, "
            f"{tally['orders edited']:,} times a part; no open order was found for "
            f"{tally['cancellations without order']:,} of them "
            f"({tally['units without order']:,} units)"
        )
        return [waited, corrected, cancelled]


def _events(folder: Path, first: int | None) -> Iterator[list[_Event]]:
    """Yield what happened, in time order; orders that follow each other come together."""
    placed = (
        _Placed(instant(row["placed_at"]), request, row["customer_id"])
        for row, request in islice(orders(folder), first)
    )
    events: Iterator[_Event] = heapq.merge(
        _deliveries(folder),
        _corrections(folder),
        placed,
        _cancellations(folder),
        key=attrgetter("at", "place"),
    )
    together: list[_Event] = []
    for event in events:
        if isinstance(event, _Placed) and len(together) < _TOGETHER:
            together.append(event)
            continue
        if together:
            yield together
        together = [event] if isinstance(event, _Placed) else []
        if not together:
            yield [event]
    if together:
        yield together


def _deliveries(folder: Path) -> Iterator[_Delivery]:
    """Yield one delivery for each instant: the source has a receipt for each of its SKUs."""
    listed = rows(folder / "synthetic_receipts.csv.gz")
    for received_at, group in groupby(listed, key=itemgetter("received_at")):
        receipts = list(group)
        reference = f"{receipts[0]['receipt_id']} to {receipts[-1]['receipt_id']}"
        yield _Delivery(instant(received_at), reference, _units(receipts))


def _corrections(folder: Path) -> Iterator[_Correction]:
    listed = rows(folder / "adjustments.csv.gz")
    for (reference, at), group in groupby(listed, key=itemgetter("reference", "adjusted_at")):
        found = list(group)
        # Where many SKUs share a reference, the notes are but their names.
        reason = found[0]["note"] if len(found) == 1 else ""
        lines = {sku: units for sku, units in _units(found).items() if units}
        yield _Correction(instant(at), reference, lines, reason)


def _cancellations(folder: Path) -> Iterator[_Cancelled]:
    listed = rows(folder / "cancellations.csv.gz")
    for (reference, at), group in groupby(
        listed, key=itemgetter("cancellation_id", "cancelled_at")
    ):
        found = list(group)
        customer = found[0]["customer_id"]
        yield _Cancelled(instant(at), reference, customer, _units(found))


def _customers_who_cancel(folder: Path) -> Mapping[str, set[str]]:
    """Return customer → SKUs that they cancel at some time; a row without customer names nobody."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(folder / "cancellations.csv.gz"):
        if row["customer_id"]:
            found[row["customer_id"]].add(row["sku"])
    return found


def _units(rows: list[Row]) -> dict[str, int]:
    units: Counter[str] = Counter()
    for row in rows:
        units[row["sku"]] += int(row["quantity"])
    return dict(units)
