"""Online Retail: a year of a gift retailer, with all that is awkward about real books.

There is no answer to compare with. What must hold whatever happens is checked at the end: what is
on hand is what came in, no unit idles that a back order waits for, and the stored sums are sound.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from backorders.adapters.cli.replay.online_retail_books import (
    Cancelled,
    Correction,
    Delivery,
    Placed,
    customers_who_cancel,
    events,
    opening_stock,
)
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
from backorders.domain.values import MAIN, Sku
from backorders.ports.storage import Store

SELLER = "online retail"


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
    shop = _Shop(new_seller(store, SELLER, clock), customers_who_cancel(folder))
    for number, together in enumerate(events(folder, first)):
        if number == 0:
            clock.now = together[0].at - timedelta(days=1)
            shop.open(opening_stock(folder), claim)
        clock.now = together[0].at
        match together[0]:
            case Placed():
                shop.place([event for event in together if isinstance(event, Placed)])
                advance(len(together))
            case Delivery() as delivery:
                shop.book_in(delivery)
            case Correction() as correction:
                shop.correct(correction)
            case Cancelled() as cancelled:
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

    def place(self, placed: list[Placed]) -> None:
        orders = self._seller.place_orders([each.request for each in placed])
        for each, order in zip(placed, orders, strict=True):
            self.tally["orders"] += 1
            self.tally["lines"] += len(order.lines)
            self.tally["back orders"] += order.is_on_back_order
            for sku in order.skus & self._cancelling.get(each.customer, set()):
                self._bought[each.customer, sku].append(order.order_id)

    def book_in(self, delivery: Delivery) -> None:
        booked = self._seller.book_in(delivery.reference, delivery.lines)
        self.on_hand.update(delivery.lines)
        self.tally["receipts"] += 1
        self.tally["released"] += len(booked.released)

    def correct(self, correction: Correction) -> None:
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

    def cancel(self, cancelled: Cancelled) -> None:
        """Take the units off the customer's orders, last order first."""
        off: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for sku, units in cancelled.lines.items():
            wanted = units
            for order_id in reversed(self._bought.get((cancelled.customer, sku), [])):
                if not wanted:
                    break
                order = self._seller.order(order_id)
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
