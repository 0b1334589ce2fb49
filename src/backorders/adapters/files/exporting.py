"""Orders, stock and deliveries as CSV: what can be read in a spreadsheet, and imported again."""

import csv
import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import IO, Final, TypeAlias

import attrs

from backorders.adapters import csv_cells
from backorders.application import Seller
from backorders.domain.days import local
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.limits import PAGE
from backorders.domain.order import Order, OrderStatus
from backorders.domain.paging import Placed
from backorders.domain.results import Page

_Row: TypeAlias = Sequence[str | int]

OPEN: Final = (OrderStatus.ON_BACK_ORDER, OrderStatus.ON_HOLD, OrderStatus.READY)
"""What is exported unless something else is asked for: what can be imported again."""

_ORDER: Final = (
    "order_id",
    "line_no",
    "sku",
    "quantity",
    "placed_at",
    "priority",
    "ship",
    "claim",
    "warehouse",
    "status",
    "allocated",
    "short",
    "back_order_since",
)


@attrs.frozen
class Export:
    """A table to be written."""

    header: Sequence[str]
    rows: Callable[[Seller], Iterator[_Row]]
    """Its rows, read from a seller as they are written."""


def orders(statuses: Sequence[OrderStatus] = OPEN) -> Export:
    """Return the lines of all orders of some statuses, by `placed_at` and id."""

    def rows(seller: Seller) -> Iterator[_Row]:
        zone = seller.settings().time_zone
        lists = [_listed(seller, status) for status in dict.fromkeys(statuses)]
        for order in heapq.merge(*lists, key=Placed.of):
            yield from _lines(order, zone)

    return Export(_ORDER, rows)


def back_orders(*, sku: str | None = None, older_than: timedelta | None = None) -> Export:
    """Return the lines of the orders on back order, in rank order."""

    def page(seller: Seller, after: str | None) -> Page:
        return seller.back_orders(sku=sku, older_than=older_than, after=after, limit=PAGE)

    def rows(seller: Seller) -> Iterator[_Row]:
        zone = seller.settings().time_zone
        for order in _paged(seller, page):
            yield from _lines(order, zone)

    return Export(_ORDER, rows)


def stock() -> Export:
    """Return all stock levels, by SKU and warehouse."""

    def rows(seller: Seller) -> Iterator[_Row]:
        after = None
        while True:
            page = seller.stock_levels(after=after, limit=PAGE)
            for level in page.items:
                yield level.sku, level.warehouse, level.on_hand, level.allocated, level.available
            after = page.next
            if after is None:
                return

    return Export(("sku", "warehouse", "on_hand", "allocated", "available"), rows)


def inbound(*, closed: bool = False) -> Export:
    """Return what was announced, by the day on which it is expected; `closed`: that too."""

    def rows(seller: Seller) -> Iterator[_Row]:
        zone = seller.settings().time_zone
        after = None
        while True:
            page = seller.inbounds(after=after, limit=PAGE)
            for each in page:
                if closed or each.status is not InboundStatus.CLOSED:
                    yield from _announced(each, zone)
            if len(page) < PAGE:
                return
            after = page[-1].inbound_id

    header = (
        "inbound_id",
        "sku",
        "quantity",
        "expected_on",
        "warehouse",
        "status",
        "arrived_at",
        "due_on",
        "booked_in",
    )
    return Export(header, rows)


def write(
    export: Export, seller: Seller, file: IO[str], watch: Callable[[int], None] | None = None
) -> int:
    """Write a table as of one moment, and return how many rows it has, without the header.

    No cell of it is taken for a formula; an import finds what was there before.
    """
    writer = csv.writer(file)
    writer.writerow(export.header)
    written = 0
    with seller.what_if() as seen:
        for row in export.rows(seen):
            writer.writerow([csv_cells.cell(c) if isinstance(c, str) else c for c in row])
            written += 1
            if watch is not None and written % PAGE == 0:
                watch(written)
    return written


def _listed(seller: Seller, status: OrderStatus) -> Iterator[Order]:
    def page(seller: Seller, after: str | None) -> Page:
        return seller.orders(status=status, after=after, limit=PAGE)

    return _paged(seller, page)


def _paged(seller: Seller, read: Callable[[Seller, str | None], Page]) -> Iterator[Order]:
    after = None
    while True:
        page = read(seller, after)
        yield from page.items
        after = page.next
        if after is None:
            return


def _lines(order: Order, zone: str) -> Iterator[_Row]:
    since = order.back_order_since
    for line in order.lines:
        yield (
            order.order_id,
            line.line_no,
            line.sku,
            line.quantity,
            local(order.placed_at, zone).isoformat(),
            order.priority,
            order.ship.value,
            order.claim.value,
            order.warehouse or "",
            order.status.value,
            line.allocated,
            line.shortage,
            "" if since is None else local(since, zone).isoformat(),
        )


def _announced(inbound: Inbound, zone: str) -> Iterator[_Row]:
    arrived = inbound.arrived_at
    for sku, units in inbound.lines.items():
        yield (
            inbound.inbound_id,
            sku,
            units,
            inbound.expected_on.isoformat(),
            inbound.warehouse,
            inbound.status.value,
            "" if arrived is None else local(arrived, zone).isoformat(),
            "" if inbound.due_on is None else inbound.due_on.isoformat(),
            inbound.booked_in.get(sku, 0),
        )
