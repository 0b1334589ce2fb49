"""Splitting an order (law 17)."""

from collections.abc import Mapping
from datetime import datetime

from backorders.domain import lifecycle, splitting, values
from backorders.domain.allocation import fill
from backorders.domain.change import Change
from backorders.domain.errors import ContentDiffers
from backorders.domain.events import OrderCreated, OrderSplit
from backorders.domain.order import Order
from backorders.domain.request import split_content
from backorders.domain.shelf import Shelf
from backorders.domain.splitting import Split
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of, settings_for_change, shelf_of
from backorders.usecases.settling import settle


def split_order(
    order_id: str,
    *,
    move: Mapping[str, int] | None = None,
    new_order_id: str | None = None,
    uow: UnitOfWork,
    now: datetime,
) -> Split:
    """Return the order and the one that was split off: what it named, or all that cannot ship now.

    With a named new id, the same split again returns both as they now are. Raises `SplitRefused`
    when nothing or everything would move, and `ContentDiffers` when the named id is taken.
    """
    checked_id = values.order_id(order_id)
    moved = None if move is None else values.units_by_sku("move", move, values.quantity)
    named = None if new_order_id is None else values.order_id(new_order_id, "new_order_id")
    order = order_of(uow, checked_id)
    content = split_content(checked_id, moved)
    if named is not None:
        known = uow.orders.contents([named]).get(named)
        if known == content:
            return Split(order, order_of(uow, named))
        if known is not None:
            raise ContentDiffers("order", named)
    lifecycle.must_be_open(order, "split")
    shelf = shelf_of(uow, settings_for_change(uow), [order])
    changes = split_off(order, moved, named, shelf, uow=uow, now=now)
    created_id = changes[1].asked.order_id
    outcome = settle(
        uow,
        shelf,
        changes,
        contents={created_id: content},
        because=f"split_order {checked_id}",
        now=now,
    )
    return Split(outcome.orders[checked_id], outcome.orders[created_id])


def split_off(
    order: Order,
    move: Mapping[Sku, int] | None,
    new_id: OrderId | None,
    shelf: Shelf,
    *,
    uow: UnitOfWork,
    now: datetime,
) -> tuple[Change, Change]:
    """Return the change of the original and that of the new order, in this order.

    Both are served at once, the original first: it is to ship now. Nobody else waits for what they
    get: had it been of use to others, they would have it.
    """
    units = splitting.default_move(order, shelf) if move is None else move
    parts = splitting.split(order, units, new_id or _free_id(uow, order.order_id), shelf)
    created = parts.created
    split = OrderSplit(order.order_id, now, created.order_id, created.units)
    made = OrderCreated(created.order_id, now, order.order_id, created.units, created.lacks())
    was_short = created.is_on_back_order
    return (
        Change.of(order, parts.original, split).then(fill(parts.original, shelf)),
        Change.new(created, made, was_on_back_order=was_short).then(fill(created, shelf)),
    )


def _free_id(uow: UnitOfWork, order_id: OrderId) -> OrderId:
    """Return the first default id that is not taken."""
    first, count = 2, 16
    while True:
        candidates = splitting.default_ids(order_id, first, count)
        taken = uow.orders.contents(candidates)
        for candidate in candidates:
            if candidate not in taken:
                return candidate
        first, count = first + count, count * 4
