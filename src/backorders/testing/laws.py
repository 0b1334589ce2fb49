"""The laws of the rules, as judgements of what the public face shows before and after a call."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from backorders.domain.allocation import serve
from backorders.domain.events import LeftBackOrder, OrderEvent, WentOnBackOrder
from backorders.domain.order import ClaimPolicy, Order, Stage
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel

Levels = Mapping[tuple[str, str], StockLevel]
"""(SKU, warehouse) → level."""
Units = Counter[tuple[str, str]]
"""(SKU, warehouse) → units."""


def assert_levels_are_sound(orders: Collection[Order], levels: Levels) -> None:
    """Laws 1, 2 and 4: what is pinned is there, and adds up, on every level and line."""
    pinned: Units = Counter()
    for order in orders:
        for line in order.lines:
            assert 0 <= line.allocated <= line.quantity, f"law 4: {order}"
        if order.stage in {Stage.OPEN, Stage.PROCESSED}:
            pinned.update(order.holding())
    for key, level in levels.items():
        assert 0 <= level.allocated <= level.on_hand, f"law 1: {level}"
        assert level.allocated == pinned[key], f"law 2: {level}, pinned are {pinned[key]}"
    assert pinned.keys() <= levels.keys(), f"law 2: pinned where there is no level: {pinned}"


def assert_nothing_idles(orders: Collection[Order], levels: Levels) -> None:
    """Law 9: no unit is left that a waiting order could take."""
    available = _available(levels)
    for order in orders:
        if order.is_on_back_order:
            if order.claim is ClaimPolicy.YIELD:
                assert not _completes(order, available), f"law 9: {order} could be completed"
            else:
                could = {key for key in available if _could_take(order, *key)}
                assert not could, f"law 9: {order} could take {could}"


def assert_the_planner_gives_nothing_more(orders: Iterable[Order], levels: Levels) -> None:
    """Laws 4 and 11: asked about all orders at once, the planner gives nothing to anybody.

    Not to those either who are closed: no call asks it about them, but whoever does must hear it.
    """
    shelf = Shelf()
    shelf.put({level.sku for level in levels.values()}, levels.values())
    queue = sorted(orders, key=lambda order: order.rank)
    more = [served for _, served in serve(queue, shelf)]
    assert not more, f"laws 4 and 11: the planner has more for {more}"


def assert_nobody_is_overtaken(
    before: Mapping[str, Order], after: Mapping[str, Order], levels: Levels
) -> None:
    """Law 8: who ranks higher and could have taken a unit that the call gave is not short of it.

    What the parts of a split have from one another nobody gave them; of the two the original is
    served first.
    """
    given: dict[str, Units] = {}
    for order_id, order in after.items():
        had = before.get(order_id)
        if had is None and order.split_from is not None:
            had = before[order.split_from]
        given[order_id] = _held(order) - (Counter() if had is None else _held(had))
    available = _available(levels)
    for ahead in after.values():
        # Of orders placed together, a later one finds what the earlier ones have left.
        is_newcomer = ahead.order_id not in before and ahead.split_from is None
        if is_newcomer or not ahead.is_on_back_order:
            continue
        behind: Units = Counter()
        for order_id, units in given.items():
            parts = {ahead.split_from, after[order_id].split_from} & {order_id, ahead.order_id}
            if after[order_id].rank > ahead.rank and not parts:
                behind.update(units)
        if ahead.claim is ClaimPolicy.HOLD:
            missed = {key for key in behind if _could_take(ahead, *key)}
            assert not missed, f"law 8: {ahead} was overtaken on {missed}"
        elif any(_could_take(ahead, *key) for key in behind) and not _waits_for_owed(
            ahead, after, levels
        ):
            assert not _completes(ahead, available + behind), f"law 8: {ahead} was overtaken"


def _waits_for_owed(order: Order, orders: Mapping[str, Order], levels: Levels) -> bool:
    """Return whether units that it lacks are still to be given to somebody ahead of it."""
    owed = {sku for (sku, _), level in levels.items() if level.owed and sku in order.shortages}
    return any(
        other.rank < order.rank and not owed.isdisjoint(other.shortages)
        for other in orders.values()
        if owed
    )


def assert_told_in_turn(order: Order, history: Iterable[OrderEvent]) -> None:
    """Law 12: nobody is told twice in a row that an order went on back order, or left it."""
    told = [type(event) for event in history if isinstance(event, WentOnBackOrder | LeftBackOrder)]
    assert all(one is not other for one, other in pairwise(told)), f"law 12: {told} of {order}"
    if order.is_on_back_order and order.split_from is None:
        assert told[-1:] == [WentOnBackOrder], f"law 12: {told} of {order}"


def _held(order: Order) -> Units:
    return Counter({(str(sku), str(name)): n for (sku, name), n in order.holding().items()})


def _available(levels: Levels) -> Units:
    return Counter({key: level.available for key, level in levels.items() if level.available})


def _could_take(order: Order, sku: str, warehouse: str) -> bool:
    return sku in order.shortages and order.warehouse in {None, warehouse}


def _completes(order: Order, units: Units) -> bool:
    return all(
        sum(
            n
            for (of_sku, name), n in units.items()
            if of_sku == sku and _could_take(order, sku, name)
        )
        >= short
        for sku, short in order.shortages.items()
    )
