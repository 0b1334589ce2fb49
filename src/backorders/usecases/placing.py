"""Placing orders."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from backorders.domain import making, values
from backorders.domain.allocation import give
from backorders.domain.change import Change
from backorders.domain.errors import ContentDiffers, InvalidType
from backorders.domain.events import HoldPlaced, OrderEvent
from backorders.domain.order import (
    ClaimPolicy,
    Hold,
    HoldReason,
    Order,
    ShipPolicy,
)
from backorders.domain.request import Lines, OrderRequest
from backorders.domain.settings import Settings
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, SellerId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_for_change, shelf_for
from backorders.usecases.settling import settle


def place_order(
    order_id: str,
    lines: Lines,
    *,
    placed_at: datetime | None = None,
    priority: int = 0,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    warehouse: str | None = None,
    uow: UnitOfWork,
    now: datetime,
) -> Order:
    """Return the placed order with what it got; the same request again returns the first one.

    It takes only what nobody who waits could take. Raises `ContentDiffers` for a known id with
    other content (law 18).
    """
    request = OrderRequest(
        order_id,
        lines,
        placed_at=placed_at,
        priority=priority,
        ship=ship,
        claim=claim,
        warehouse=warehouse,
    )
    return place_orders([request], uow=uow, now=now)[0]


def place_orders(
    requests: Iterable[OrderRequest], *, uow: UnitOfWork, now: datetime
) -> tuple[Order, ...]:
    """Return the placed orders, as if they had been placed one after the other as listed."""
    checked = checked_requests(requests)
    contents = dict(uow.orders.contents({request.order_id for request in checked}))
    placed = dict(uow.orders.find(contents)) if contents else {}
    new: dict[OrderId, OrderRequest] = {}
    for request in checked:
        content = request.content()
        if contents.setdefault(request.order_id, content) != content:
            raise ContentDiffers("order", request.order_id)
        if request.order_id not in placed:
            new[request.order_id] = request
    if new:
        settings = settings_for_change(uow)
        skus = {sku for request in new.values() for sku, _ in request.lines}
        shelf = shelf_for(uow, settings, skus, to_draw=True)
        hold = _first_hold(settings, now)
        changes = [
            _placed(r, settings, shelf, hold=hold, seller_id=uow.seller_id, now=now)
            for r in new.values()
        ]
        outcome = settle(uow, shelf, changes, contents=contents, because="place_orders", now=now)
        placed |= outcome.orders
    return tuple(placed[request.order_id] for request in checked)


def checked_requests(requests: Iterable[OrderRequest]) -> Sequence[OrderRequest]:
    """Return the requests as a sequence; each was checked when it was made."""
    given: object = requests
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InvalidType("requests", "an iterable of OrderRequest", type(given).__name__)
    checked = list(given)
    for place, request in enumerate(checked):
        if not isinstance(request, OrderRequest):
            raise InvalidType(f"requests[{place}]", "an OrderRequest", type(request).__name__)
    return checked


def _placed(
    request: OrderRequest,
    settings: Settings,
    shelf: Shelf,
    *,
    hold: Hold | None,
    seller_id: SellerId,
    now: datetime,
) -> Change:
    """Return the new order with what the shelf has for it."""
    claim = request.claim or settings.claim
    given = give(request.lines, claim, request.warehouse, shelf)
    order = making.new_order(
        seller_id=seller_id,
        order_id=request.order_id,
        placed_at=request.placed_at or now,
        priority=request.priority,
        ship=request.ship or settings.ship,
        claim=claim,
        warehouse=request.warehouse,
        lines=tuple(
            [
                making.new_line(line_no, sku, quantity, drawn)
                for line_no, ((sku, quantity), drawn) in enumerate(
                    zip(request.lines, given, strict=True), start=1
                )
            ]
        ),
        holds=() if hold is None else (hold,),
    )
    told: list[OrderEvent] = [making.order_placed(order, now)]
    if hold is not None:
        told.append(HoldPlaced(order.order_id, now, hold.reason, hold.until))
    return Change.new(order, *told, because=f"place_order {order.order_id}")


def _first_hold(settings: Settings, now: datetime) -> Hold | None:
    """Return the hold of the seller's order delay, if there is one."""
    if settings.order_delay <= timedelta(0):
        return None
    return Hold(HoldReason.ORDER_DELAY, values.after(now, settings.order_delay))
