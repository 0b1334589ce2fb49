"""Stock coming in, being counted and being corrected (laws 3, 7, 13, 18)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from backorders.domain import values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.change import Change
from backorders.domain.errors import ContentDiffers, StockBelowProcessed, StockBelowZero
from backorders.domain.events import StockAdjusted, StockBookedIn, StockCounted, StockEvent
from backorders.domain.order import Stage
from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.shelf import Shelf
from backorders.domain.stock import (
    Movement,
    MovementKind,
    StockChange,
    StockDocument,
    StockLevel,
)
from backorders.domain.values import OrderId
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.storage import Entry, UnitOfWork
from backorders.usecases.inbound import GOODS_IN, GoodsIn, receive
from backorders.usecases.looking_up import settings_for_change, settings_of, shelf_for
from backorders.usecases.settling import settle
from backorders.usecases.taking import Claim, Holders, take_back

_NAMED = 5
"""Processed orders that an error names; the rest can be looked up."""


def book_in(
    receipt_id: str,
    lines: Mapping[str, int],
    *,
    warehouse: str = values.MAIN,
    inbound: str | None = None,
    booking_in: BookingIn = AS_PUBLISHED,
    calendar: Calendar = WEEKDAYS,
    uow: UnitOfWork,
    now: datetime,
) -> BookedIn:
    """Count a delivery onto the shelf, and return which waiting orders that released.

    The same receipt again does nothing and says so. With `inbound`, it is noted with that announced
    delivery, which has arrived by then. Raises `UnknownInbound`, or `InboundRefused` for one that
    is closed or announced for another warehouse.
    """
    document = StockDocument(
        kind=StockChange.RECEIPT,
        reference=values.reference("receipt_id", receipt_id),
        warehouse=values.warehouse(warehouse),
        lines=values.units_by_sku("lines", lines, values.quantity),
        at=now,
        inbound=None if inbound is None else values.inbound_id(inbound, "inbound"),
    )
    goods_in = GoodsIn(booking_in, calendar)
    done = _change_stock(document, goods_in, uow=uow, now=now)
    return BookedIn(done.released, done.gained, done.repeated)


def count_stock(
    count_id: str,
    lines: Mapping[str, int],
    *,
    warehouse: str = values.MAIN,
    reason: str = "",
    uow: UnitOfWork,
    now: datetime,
) -> Reprocessed:
    """Set what is on hand to what was found on the shelf, and return what that changed.

    Below what is allocated, units are taken back from open orders, lowest rank first. Raises
    `StockBelowProcessed` when that is not enough.
    """
    document = StockDocument(
        kind=StockChange.COUNT,
        reference=values.reference("count_id", count_id),
        warehouse=values.warehouse(warehouse),
        lines=values.units_by_sku("lines", lines, values.counted),
        at=now,
        reason=values.reason(reason),
    )
    return _change_stock(document, uow=uow, now=now)


def adjust_stock(
    adjustment_id: str,
    lines: Mapping[str, int],
    *,
    warehouse: str = values.MAIN,
    reason: str = "",
    uow: UnitOfWork,
    now: datetime,
) -> Reprocessed:
    """Change what is on hand by so many units, up or down, and return what that changed.

    Raises `StockBelowZero` for more than there are, and otherwise what `count_stock` raises.
    """
    document = StockDocument(
        kind=StockChange.ADJUSTMENT,
        reference=values.reference("adjustment_id", adjustment_id),
        warehouse=values.warehouse(warehouse),
        lines=values.units_by_sku("lines", lines, values.adjustment),
        at=now,
        reason=values.reason(reason),
    )
    return _change_stock(document, uow=uow, now=now)


def stock(sku: str, *, uow: UnitOfWork) -> tuple[StockLevel, ...]:
    """Return the levels of a SKU, by warehouse; none when it was never stocked."""
    return tuple(uow.stock.levels([values.sku(sku)]))


def _change_stock(
    document: StockDocument,
    goods_in: GoodsIn = GOODS_IN,
    *,
    uow: UnitOfWork,
    now: datetime,
) -> Reprocessed:
    """Put a document's units on the shelf or take them off, then serve whoever waits."""
    because = f"{_VERBS[document.kind]} {document.reference}"
    known = uow.stock.document(document.kind, document.reference)
    if known is not None:
        if not known.is_repeated_by(document):
            raise ContentDiffers(document.kind.value, document.reference)
        # A crash may have left some of it owed to the backlog: whoever repeats the call ends that.
        shelf = shelf_for(uow, settings_of(uow), document.lines)
        settle(uow, shelf, [], because=because, now=now)
        return Reprocessed(repeated=True)
    shelf = shelf_for(uow, settings_for_change(uow), document.lines)
    if document.inbound is not None:
        receive(document, document.inbound, goods_in, uow=uow)
    movements = _movements(document, shelf)
    for movement in movements:
        shelf.change_on_hand(movement.sku, movement.warehouse, movement.quantity)
    changes: dict[OrderId, Change] = {}
    _take_back_overdrawn(document, shelf, changes, uow=uow)
    freed = set(document.lines) | {sku for change in changes.values() for sku in change.lost()}
    uow.stock.add_document(document)
    uow.stock.move(movements)
    uow.journal.append([Entry(document.reference, 1, _event(document))])
    return settle(uow, shelf, changes.values(), freed=freed, because=because, now=now).reprocessed()


def _movements(document: StockDocument, shelf: Shelf) -> list[Movement]:
    """Return what the document moves; a count moves the difference to what was on hand."""
    movements = []
    for sku, units in document.lines.items():
        on_hand = shelf.on_hand(sku, document.warehouse)
        change = units - on_hand if document.kind is StockChange.COUNT else units
        if on_hand + change < 0:
            raise StockBelowZero(sku, document.warehouse, on_hand, change)
        if change:
            kind = MovementKind(document.kind.value)
            movements.append(
                Movement(kind, document.reference, document.warehouse, sku, change, document.at)
            )
    return movements


def _take_back_overdrawn(
    document: StockDocument, shelf: Shelf, changes: dict[OrderId, Change], *, uow: UnitOfWork
) -> None:
    """Take back units that are allocated but gone; refuse when only processed orders hold them."""
    warehouse = document.warehouse
    gone = {sku: shelf.overdrawn(sku, warehouse) for sku in document.lines}
    holders = Holders(uow, shelf, warehouse)
    holders.read_ahead(gone)
    for sku in document.lines:
        needed = partial(shelf.overdrawn, sku, warehouse)
        take_back(holders, shelf, Claim(sku, needed), changes)
        if needed():
            last = uow.orders.holders({sku: None}, warehouse, Stage.PROCESSED, _NAMED)[sku]
            named = [order.order_id for order in reversed(last)]
            raise StockBelowProcessed(sku, warehouse, needed(), named)


_VERBS = {
    StockChange.RECEIPT: "book_in",
    StockChange.COUNT: "count_stock",
    StockChange.ADJUSTMENT: "adjust_stock",
}


def _event(document: StockDocument) -> StockEvent:
    reference, at, warehouse = document.reference, document.at, document.warehouse
    match document.kind:
        case StockChange.RECEIPT:
            return StockBookedIn(reference, at, warehouse, document.lines, document.inbound)
        case StockChange.COUNT:
            return StockCounted(reference, at, warehouse, document.lines, document.reason)
        case StockChange.ADJUSTMENT:  # pragma: no branch - the last there is
            return StockAdjusted(reference, at, warehouse, document.lines, document.reason)
