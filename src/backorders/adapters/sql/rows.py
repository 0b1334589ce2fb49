"""Between the domain's values and the rows of the tables; of orders, see `order_rows`."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias, TypeVar

import msgspec

from backorders.domain.order import (
    ClaimPolicy,
    Rank,
    ShipPolicy,
)
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import InboundId, ReferenceId, Sku, WarehouseId

_Tagged = TypeVar("_Tagged")

Value: TypeAlias = str | int | bool | None
Row: TypeAlias = tuple[Value, ...]
"""A row to be written, in the order of its table's columns."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
FIRST: Final = (-(2**62), -(2**62), "", "")
"""A place in the queue before every other."""
LAST: Final = (2**62, 2**62, "", "")
"""One behind every other."""


def to_instant(at: datetime) -> int:
    """Return microseconds since 1970 in UTC."""
    return (at - _EPOCH) // MICROSECOND


def from_instant(microseconds: int) -> datetime:
    """Return the aware datetime."""
    return _EPOCH + timedelta(0, 0, microseconds)


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
        "order_delay": settings.order_delay // MICROSECOND,
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
