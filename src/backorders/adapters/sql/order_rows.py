"""Between orders and the rows of their tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, TypeAlias

import msgspec

from backorders.adapters.sql.rows import MICROSECOND, Row, from_instant, to_instant, to_json
from backorders.domain.first_ask import FirstAsk
from backorders.domain.making import new_line, new_order, pinned
from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Hold,
    HoldReason,
    Order,
    OrderLine,
    ShipPolicy,
    Stage,
)
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId

# Any: columns of several types, which are unpacked where they are asked for.
WholeRow: TypeAlias = Sequence[Any]
"""A row of `Queries.whole_orders`: a line with what it holds in a warehouse, and its order."""

NO_HOLDS: Final = "{}"
"""How the holds of an order that has none are stored."""
# Looked up like this, they take a third of the time that their classes take.
_SHIP: Final = {policy.value: policy for policy in ShipPolicy}
CLAIM: Final = {policy.value: policy for policy in ClaimPolicy}
"""The claim policies by their words."""
_STAGE: Final = {stage.value: stage for stage in Stage}


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
        None if time is None else time // MICROSECOND,
    )


def served_order_row(seller_no: int, order: Order) -> Row:
    """Return what changes in the row of an order when it is served, after its keys."""
    since, time = order.back_order_since, order.back_order_time
    return (
        seller_no,
        order.order_id,
        order.version,
        order.is_on_back_order,
        None if since is None else to_instant(since),
        None if time is None else time // MICROSECOND,
    )


def served_line_row(seller_no: int, order: Order, line: OrderLine) -> Row:
    """Return what changes in the row of a line when its order is served, after its keys."""
    waits = order.stage is Stage.OPEN and line.allocated < line.quantity
    return (seller_no, order.order_id, line.line_no, line.allocated, waits)


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
    return [row for line in order.lines for row in held_rows(seller_no, order, line)]


def held_rows(seller_no: int, order: Order, line: OrderLine) -> list[Row]:
    """Return the rows of what a line of an order holds."""
    held = order.stage is Stage.OPEN or order.stage is Stage.PROCESSED
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
        for allocation in line.allocations
    ]


def to_orders(seller_id: SellerId, rows: Iterable[WholeRow]) -> dict[OrderId, Order]:
    """Return order id → order, from orders joined with their lines and what these hold."""
    found: dict[str, list[WholeRow]] = {}
    for row in rows:
        order_id = row[5]
        if order_id in found:
            found[order_id].append(row)
        else:
            found[order_id] = [row]
    return {
        OrderId(order_id): _to_order(seller_id, _to_lines(some), *some[0][5:])
        for order_id, some in found.items()
    }


def _to_lines(rows: Sequence[WholeRow]) -> tuple[OrderLine, ...]:
    """Return the lines of one order, by number; there is a row for each allocation, or one."""
    lines: dict[int, OrderLine] = {}
    for line_no, sku, quantity, warehouse, held, *_ in rows:
        drawn: tuple[Allocation, ...] = ()
        if warehouse is not None and held is not None:
            drawn = pinned(WarehouseId(warehouse), held)
        if line_no in lines:
            drawn = (*lines[line_no].allocations, *drawn)
        lines[line_no] = new_line(line_no, Sku(sku), quantity, drawn)
    return tuple([lines[line_no] for line_no in sorted(lines)])


def _to_order(  # noqa: PLR0917 - one for each column, in their order
    seller_id: SellerId,
    lines: tuple[OrderLine, ...],
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
    return new_order(
        seller_id=seller_id,
        order_id=OrderId(order_id),
        placed_at=from_instant(placed_at),
        priority=-descending_priority,
        ship=_SHIP[ship],
        claim=CLAIM[claim],
        warehouse=None if warehouse is None else WarehouseId(warehouse),
        lines=lines,
        first_id=OrderId(first_id),
        stage=_STAGE[stage],
        holds=() if holds == NO_HOLDS else _holds_from(holds),
        split_from=None if split_from is None else OrderId(split_from),
        cancellation_requested=bool(cancellation_requested),
        version=version,
        back_order_since=None if back_order_since is None else from_instant(back_order_since),
        back_order_time=(
            None if back_order_time is None else timedelta(microseconds=back_order_time)
        ),
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


def _holds_from(text: str) -> tuple[Hold, ...]:
    found: Mapping[str, int | None] = msgspec.json.decode(text, type=dict[str, int | None])
    return tuple(
        Hold(HoldReason(reason), None if until is None else from_instant(until))
        for reason, until in sorted(found.items())
    )
