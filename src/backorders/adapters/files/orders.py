"""A file of orders: one row for each line, the rows of an order known by its id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

import attrs

from backorders.adapters.files import cells
from backorders.adapters.files.columns import SKU, WAREHOUSE, Field
from backorders.adapters.files.kinds import (
    Document,
    Kind,
    Reading,
    Refusal,
    Taken,
    Terms,
)
from backorders.adapters.files.spool import Line
from backorders.domain import values
from backorders.domain.errors import ContentDiffers, InvalidValue
from backorders.domain.order import ClaimPolicy, Order, OrderStatus, ShipPolicy
from backorders.domain.request import OrderRequest
from backorders.ports.storage import UnitOfWork
from backorders.usecases import place_orders

_LINES_AT_ONCE: Final = 5_000
"""Lines that are placed together: enough for large statements, few enough for little memory."""

_DONE_WITH: Final = frozenset(
    status.value
    for status in (OrderStatus.PROCESSED, OrderStatus.DESPATCHED, OrderStatus.CANCELLED)
)
"""To place these again would ask for the same goods a second time."""

FIELDS: Final = (
    Field(
        "order_id",
        (
            "order",
            "order number",
            "order no",
            "order name",
            "order reference",
            "order ref",
            "amazon order id",
            "sales order",
            "invoice number",
            "invoice no",
            "invoice",
            "name",
        ),
        is_needed=True,
    ),
    SKU,
    Field(
        "quantity",
        (
            "qty",
            "lineitem quantity",
            "quantity purchased",
            "quantity ordered",
            "qty ordered",
            "order quantity",
            "order qty",
            "item quantity",
            "units",
            "ordered",
        ),
        is_needed=True,
    ),
    Field(
        "placed_at",
        (
            "order date",
            "order placed",
            "purchase date",
            "created at",
            "date created",
            "ordered at",
            "sale date",
            "invoice date",
            "date",
        ),
    ),
    Field("priority"),
    Field("ship", ("ship policy",)),
    Field("claim", ("claim policy",)),
    WAREHOUSE,
    Field("status"),
)


def _key(row: Mapping[str, str], terms: Terms, place: int) -> str:
    del terms, place
    return values.order_id(cells.name(row["order_id"]))


def _made(key: str, lines: Sequence[Line], terms: Terms) -> OrderRequest:
    """Return the order that some rows ask for."""
    reading = Reading(FIELDS, lines, terms)
    instant = partial(cells.instant, "placed_at", zone=terms.zone, dates=terms.dates)
    asked = [(sku, quantity) for _, sku, quantity in reading.units(values.quantity)]
    placed_at = reading.read("placed_at", instant)
    priority = reading.read("priority", _priority)
    ship = reading.read("ship", _ship)
    claim = reading.read("claim", _claim)
    warehouse = reading.read("warehouse", _warehouse)
    reading.read("status", _must_be_open)
    reading.refuse()
    try:
        return OrderRequest(
            key,
            asked,
            placed_at=placed_at,
            priority=priority or 0,
            ship=ship,
            claim=claim,
            warehouse=warehouse or terms.warehouse,
        )
    except InvalidValue as problem:
        reading.refuse_all(str(problem))


def _priority(cell: str) -> int:
    return values.priority(cells.number("priority", cell))


def _ship(cell: str) -> ShipPolicy:
    return cells.choice("ship", cell, ShipPolicy)


def _claim(cell: str) -> ClaimPolicy:
    return cells.choice("claim", cell, ClaimPolicy)


def _warehouse(cell: str) -> str:
    return values.warehouse(cells.name(cell))


def _must_be_open(cell: str) -> None:
    """Refuse an order that is done with; what other programs call a status is not ours to read."""
    if cell.lower() in _DONE_WITH:
        raise InvalidValue("status", f"is {cell!r}: the order would be placed anew; leave it out")


def _rank(request: OrderRequest) -> tuple[int, str | None]:
    at = request.placed_at
    # Years below 1000 would not sort as text.
    return request.priority, None if at is None else f"{at.year:04}{at:%m%d%H%M%S%f}"


def _take(
    documents: Sequence[Document[OrderRequest]], uow: UnitOfWork, now: datetime
) -> tuple[Taken, list[Refusal]]:
    """Place those of the orders that are new; refuse those whose ids are known for others."""
    contents = uow.orders.contents([each.content.order_id for each in documents])
    known = [each for each in documents if each.content.order_id in contents]
    differing = [
        each for each in known if contents[each.content.order_id] != each.content.content()
    ]
    standing = uow.orders.find([each.content.order_id for each in differing]) if differing else {}
    refusals = [
        Refusal(each.number, each.line, str(ContentDiffers("order", each.content.order_id)))
        for each in differing
        if not _stands(standing[each.content.order_id], each.content)
    ]
    new = [each for each in documents if each.content.order_id not in contents]
    placed = place_orders([each.content for each in new], uow=uow, now=now)
    taken = Taken(
        documents=len(new),
        lines=sum(each.rows for each in new),
        repeated=len(known) - len(refusals),
        on_back_order=sum(order.is_on_back_order for order in placed),
    )
    return taken, refusals


def _stands(order: Order, request: OrderRequest) -> bool:
    """Return whether an order is what the request asks for, however it has become so.

    Thus what was exported can be imported again where it came from: an export names all that the
    first request had left to the seller's choice.
    """
    settled = attrs.evolve(
        request,
        placed_at=request.placed_at or order.placed_at,
        ship=request.ship or order.ship,
        claim=request.claim or order.claim,
    )
    lines = Counter((line.sku, line.quantity) for line in order.lines)
    return (
        settled.placed_at == order.placed_at
        and settled.priority == order.priority
        and settled.ship is order.ship
        and settled.claim is order.claim
        and settled.warehouse == order.warehouse
        and Counter(settled.lines) == lines
    )


ORDERS: Final = Kind(
    name="orders",
    one="order",
    many="orders",
    fields=FIELDS,
    key=_key,
    made=_made,
    take=_take,
    lines_at_once=_LINES_AT_ONCE,
    rank=_rank,
)
"""Placed in the order of their rank, so that who stands first in the file gets nothing ahead."""
