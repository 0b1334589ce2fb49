"""The trap of strict first come, first served: found by trying the way out of it."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from backorders.domain import limits, paging, values
from backorders.domain.change import Change
from backorders.domain.holdups import Holdup, HoldupPage, might_hold_up
from backorders.domain.order import Order
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import lock, settings_of
from backorders.usecases.policies import as_yielding
from backorders.usecases.settling import walk
from backorders.usecases.trying import Overlay

_AHEAD: Final = 50
"""Waiting lines of a SKU that are read ahead: few units come to few orders."""


def holdups(*, after: str | None = None, limit: int = 50, uow: UnitOfWork) -> HoldupPage:
    """Return some orders that hold units which they cannot use yet while others could go with them.

    Each is found by letting it yield, and it alone, over what is stored: `change_policies` with
    YIELD then releases just these orders. In rank order; a page looks at `limits.PAGE` orders on
    back order at most, so it may have fewer than `limit` although there are more.
    """
    most = values.whole_number("limit", limit, least=1, most=limits.PAGE)
    looked_at = uow.orders.on_back_order(
        sku=None, placed_before=None, after=paging.rank_after(after), limit=limits.PAGE
    )
    found: list[Holdup] = []
    tried = Overlay(uow)
    wanted = _read_ahead(tried, [order for order in looked_at if might_hold_up(order)])
    last = paging.rank_after(after)
    for order in looked_at:
        last = order.rank
        is_wanted = any(wanted(sku, order) for sku in order.units_held)
        if might_hold_up(order) and is_wanted and (releases := _released(order, tried)):
            found.append(Holdup(order, releases))
            if len(found) == most:
                break
    is_whole = len(looked_at) < limits.PAGE and (not looked_at or last == looked_at[-1].rank)
    more = None if is_whole or last is None else paging.rank_marker(last)
    return HoldupPage(tuple(found), more)


def _read_ahead(tried: Overlay, orders: Sequence[Order]) -> Callable[[Sku, Order], bool]:
    """Read what the trials will ask for, all at once; return who is worth a trial.

    That is an order of whose units somebody else may be waiting for some.
    """
    held = {sku for order in orders for sku in order.units_held}
    queues = tried.orders.waiting(dict.fromkeys(sorted(held)), _AHEAD) if held else {}
    # Who takes anything takes a unit at least.
    units = max((max(order.units_held.values()) for order in orders), default=0)
    first = {line.rank.order_id for lines in queues.values() for line in lines[: units + 1]}
    waiting = tried.orders.find(sorted(first))
    tried.stock.levels({sku for order in (*orders, *waiting.values()) for sku in order.skus})

    def wanted(sku: Sku, order: Order) -> bool:
        lines = queues.get(sku, ())
        return len(lines) == _AHEAD or any(line.rank != order.rank for line in lines)

    return wanted


def _released(order: Order, tried: Overlay) -> tuple[OrderId, ...]:
    """Return whom the order would release if it yielded, by having the planner serve the queue."""
    shelf = lock(tried, Shelf(settings_of(tried).warehouses), order.skus)
    change = Change.of(order, as_yielding(order, shelf))
    freed: Collection[Sku] = {*order.units_held, *shelf.offer()}
    served = walk(tried, shelf, {order.order_id: change}, freed)
    return tuple(each.settled.order_id for each in served if each.has_left_back_order)
