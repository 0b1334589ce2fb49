"""Between the domain's values and the rows of the tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias, TypeVar

import msgspec

from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Hold,
    HoldReason,
    Order,
    OrderLine,
    Rank,
    ShipPolicy,
    Stage,
)
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import InboundId, OrderId, ReferenceId, SellerId, Sku, WarehouseId

_Tagged = TypeVar("_Tagged")

Value: TypeAlias = str | int | bool | None
Row: TypeAlias = tuple[Value, ...]
"""A row to be written, in the order of its table's columns."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
NO_HOLDS: Final = "{}"
"""How the holds of an order that has none are stored."""
FIRST: Final = (-(2**62), -(2**62), "", "")
"""A place in the queue before every other."""
LAST: Final = (2**62, 2**62, "", "")
"""One behind every other."""


def to_instant(at: datetime) -> int:
    """Return microseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MICROSECOND


def from_instant(microseconds: int) -> datetime:
    """Return the aware datetime."""
    return _EPOCH + timedelta(microseconds=microseconds)


def to_json(value: object) -> str:
    """Return a plain value as JSON text."""
    return msgspec.json.encode(value).decode()


def to_tagged(value: object) -> str:
    """Return a value as JSON text that begins with the name of its class."""
    return to_json([type(value).__name__, value])


def from_tagged(text: str, classes: Mapping[str, type[_Tagged]]) -> _Tagged:
    """Return the value; `classes` are those that it may be of, by name."""
    name, fields = msgspec.json.decode(text, type=tuple[str, msgspec.Raw])
    return msgspec.json.decode(fields, type=classes[name])


def rank_columns(rank: Rank | None) -> tuple[int, int, str, str]:
    """Return a place in the queue as columns; `None` is before every other."""
    if rank is None:
        return FIRST
    return (rank.descending_priority, to_instant(rank.placed_at), rank.first_id, rank.order_id)


def new_order_row(seller_no: int, order: Order, content: str) -> Row:
    """Return the row of a new order, with what is written once at its end."""
    ask = FirstAsk.of(order)
    once = (content, ask.lines, ask.lines_filled, ask.units, ask.units_filled)
    return (*order_row(seller_no, order), *once)


def order_row(seller_no: int, order: Order) -> Row:
    """Return the row of an order, without what is written once."""
    since, time = order.back_order_since, order.back_order_time
    ends = [hold.until for hold in order.holds if hold.until is not None]
    return (
        seller_no,
        order.order_id,
        -order.priority,
        to_instant(order.placed_at),
        order.first_id,
        order.ship.value,
        order.claim.value,
        order.warehouse,
        order.stage.value,
        _holds_json(order.holds),
        to_instant(min(ends)) if ends else None,
        order.split_from,
        order.cancellation_requested,
        order.version,
        order.is_on_back_order,
        None if since is None else to_instant(since),
        None if time is None else time // _MICROSECOND,
    )


def line_rows(seller_no: int, order: Order) -> list[Row]:
    """Return the rows of an order's lines."""
    rank = order.rank
    placed_at = to_instant(rank.placed_at)
    is_open = order.stage is Stage.OPEN
    return [
        (
            seller_no,
            order.order_id,
            line.line_no,
            line.sku,
            line.quantity,
            line.allocated,
            is_open and line.allocated < line.quantity,
            rank.descending_priority,
            placed_at,
            rank.first_id,
            order.claim.value,
            order.warehouse,
        )
        for line in order.lines
    ]


def allocation_rows(seller_no: int, order: Order) -> list[Row]:
    """Return the rows of what an order holds."""
    held = order.stage in (Stage.OPEN, Stage.PROCESSED)
    return [
        (
            seller_no,
            order.order_id,
            line.line_no,
            allocation.warehouse,
            line.sku,
            allocation.quantity,
            held,
        )
        for line in order.lines
        for allocation in line.allocations
    ]


def lines_of(
    rows: Iterable[tuple[str, int, str, int, str | None, int | None]],
) -> dict[str, list[OrderLine]]:
    """Return order id → lines, from lines joined with their allocations, by line number."""
    found: dict[str, dict[int, tuple[str, int, list[Allocation]]]] = {}
    for order_id, line_no, sku, quantity, warehouse, allocated in rows:
        lines = found.setdefault(order_id, {})
        line = lines.get(line_no)
        if line is None:
            line = lines[line_no] = (sku, quantity, [])
        if warehouse is not None and allocated is not None:
            line[2].append(Allocation(WarehouseId(warehouse), allocated))
    return {
        order_id: [
            OrderLine(line_no, Sku(sku), quantity, allocations)
            for line_no, (sku, quantity, allocations) in sorted(lines.items())
        ]
        for order_id, lines in found.items()
    }


def to_order(  # noqa: PLR0917 - one for each column, in their order
    seller_id: SellerId,
    lines: Sequence[OrderLine],
    order_id: str,
    descending_priority: int,
    placed_at: int,
    first_id: str,
    ship: str,
    claim: str,
    warehouse: str | None,
    stage: str,
    holds: str,
    split_from: str | None,
    cancellation_requested: bool,  # noqa: FBT001 - a column
    version: int,
    back_order_since: int | None,
    back_order_time: int | None,
) -> Order:
    """Return an order from its row and its lines."""
    return Order(
        seller_id=seller_id,
        order_id=OrderId(order_id),
        placed_at=from_instant(placed_at),
        priority=-descending_priority,
        ship=ShipPolicy(ship),
        claim=ClaimPolicy(claim),
        warehouse=None if warehouse is None else WarehouseId(warehouse),
        lines=lines,
        first_id=OrderId(first_id),
        stage=Stage(stage),
        holds=() if holds == NO_HOLDS else _holds_from(holds),
        split_from=None if split_from is None else OrderId(split_from),
        cancellation_requested=bool(cancellation_requested),
        version=version,
        back_order_since=None if back_order_since is None else from_instant(back_order_since),
        back_order_time=(
            None if back_order_time is None else timedelta(microseconds=back_order_time)
        ),
    )


def level_row(seller_no: int, level: StockLevel) -> Row:
    """Return the row of a level."""
    return (seller_no, level.sku, level.warehouse, level.on_hand, level.allocated, level.owed)


def document_row(seller_no: int, document: StockDocument) -> Row:
    """Return the row of a receipt, count or adjustment."""
    return (
        seller_no,
        document.kind.value,
        document.reference,
        document.warehouse,
        to_json(document.lines),
        to_instant(document.at),
        document.reason,
        document.inbound,
    )


def to_document(
    kind: StockChange, reference: ReferenceId, columns: tuple[str, str, int, str, str | None]
) -> StockDocument:
    """Return a receipt, count or adjustment from its row."""
    warehouse, lines, at, reason, inbound = columns
    return StockDocument(
        kind,
        reference,
        WarehouseId(warehouse),
        msgspec.json.decode(lines, type=dict[Sku, int]),
        from_instant(at),
        reason,
        None if inbound is None else InboundId(inbound),
    )


def movement_row(seller_no: int, place: int, movement: Movement) -> Row:
    """Return the row of units that came or went."""
    return (
        seller_no,
        movement.kind.value,
        movement.reference,
        place,
        movement.warehouse,
        movement.sku,
        movement.quantity,
        to_instant(movement.at),
    )


def settings_columns(settings: Settings) -> dict[str, str | int]:
    """Return a seller's settings, column → value."""
    return {
        "time_zone": settings.time_zone,
        "ship": settings.ship.value,
        "claim": settings.claim.value,
        "warehouses": to_json(settings.warehouses),
        "order_delay": settings.order_delay // _MICROSECOND,
    }


def to_settings(
    time_zone: str, ship: str, claim: str, warehouses: str, order_delay: int
) -> Settings:
    """Return a seller's settings from its row."""
    return Settings(
        time_zone,
        ShipPolicy(ship),
        ClaimPolicy(claim),
        msgspec.json.decode(warehouses, type=tuple[WarehouseId, ...]),
        timedelta(microseconds=order_delay),
    )


def _holds_json(holds: Sequence[Hold]) -> str:
    if not holds:
        return NO_HOLDS
    return to_json(
        {
            hold.reason.value: None if hold.until is None else to_instant(hold.until)
            for hold in holds
        }
    )


def _holds_from(text: str) -> list[Hold]:
    found: Mapping[str, int | None] = msgspec.json.decode(text, type=dict[str, int | None])
    return [
        Hold(HoldReason(reason), None if until is None else from_instant(until))
        for reason, until in found.items()
    ]
