"""The laws as judgements of a state, or of the states before and after a call."""

from collections import Counter
from collections.abc import Collection

from backorders import ClaimPolicy, Order, Stage
from tests.support.histories import Call
from tests.support.state import NEW_IDS, ORDER_IDS, SKUS, State, held, holding


def about(call: Call) -> Collection[str]:
    """Return the ids of the orders that a call is about, the ones it may split off included."""
    if call.name in {"book_in", "count_stock", "adjust_stock", "reprocess"}:
        return ()
    if call.name in {"cancel_expired", "place_orders"}:
        return (*ORDER_IDS, *NEW_IDS)
    order_id = str(call.args[0])
    named = dict(call.options).get("new_order_id")
    children = [f"{order_id}-{number}" for number in range(2, 9)]
    return (order_id, *children, *([] if named is None else [str(named)]))


def could_be_completed(order: Order, available: Counter[tuple[str, str]]) -> bool:
    """Return whether (SKU, warehouse) → units could give the order all that it lacks."""
    return all(
        sum(
            units
            for (of_sku, warehouse), units in available.items()
            if of_sku == sku and order.warehouse in (None, warehouse)
        )
        >= short
        for sku, short in order.shortages.items()
    )


def assert_nothing_idles(state: State) -> None:
    """Law 9: no unit lies there that somebody waiting could take."""
    available = Counter({key: level.available for key, level in state.levels.items()})
    for order in state.open_by_rank():
        if order.claim is ClaimPolicy.YIELD:
            assert not could_be_completed(order, available), f"{order.order_id} could be completed"
        else:
            for sku in order.shortages:
                left = state.available(sku, order.warehouse)
                assert not left, f"{left} of {sku} lie idle though {order.order_id} is short"


def assert_nobody_overtaken(before: State, after: State, split: Collection[str] = ()) -> None:
    """Law 8: who ranks higher and could have taken a unit that the call gave is not short of it.

    The two parts of a split, of which the original is served first, do not overtake each other.
    """
    given: dict[str, Counter[tuple[str, str]]] = {}
    for order_id, order in after.orders.items():
        known = before.orders.get(order_id)
        given[order_id] = holding(order) - (holding(known) if known else Counter())
    for ahead in after.open_by_rank():
        behind: Counter[tuple[str, str]] = Counter()
        for order_id, units in given.items():
            both_split = order_id in split and ahead.order_id in split
            # What a split-off part was given with its making, it had within its parent.
            if after.orders[order_id].rank > ahead.rank and not both_split:
                behind += _new_to(order_id, units, before, after, split)
        if ahead.claim is ClaimPolicy.HOLD:
            for sku, warehouse in behind:
                missed = sku in ahead.shortages and ahead.warehouse in (None, warehouse)
                assert not missed, f"{ahead.order_id} was overtaken: {behind} went past it"
        elif behind:
            left = Counter({key: level.available for key, level in after.levels.items()})
            assert not could_be_completed(ahead, left + behind), f"{ahead.order_id} was overtaken"


def _new_to(
    order_id: str,
    units: Counter[tuple[str, str]],
    before: State,
    after: State,
    split: Collection[str],
) -> Counter[tuple[str, str]]:
    """Return what an order got from the shelf, and not from the order that it was split off."""
    parent_id = after.orders[order_id].split_from
    if order_id in before.orders or parent_id is None or order_id not in split:
        return units
    return units - (holding(before.orders[parent_id]) - holding(after.orders[parent_id]))


def assert_levels_agree(state: State) -> None:
    """Laws 1, 2 and 4, from what the face shows: who holds what is what the shelf says."""
    pinned: Counter[tuple[str, str]] = Counter()
    for order in state.orders.values():
        for line in order.lines:
            assert 0 <= line.allocated <= line.quantity
            assert line.allocated == sum(allocation.quantity for allocation in line.allocations)
        if order.stage in (Stage.OPEN, Stage.PROCESSED):
            pinned += holding(order)
    for key, level in state.levels.items():
        assert 0 <= level.allocated <= level.on_hand
        assert level.allocated == pinned[key]
    assert not pinned.keys() - state.levels.keys()


def units_in_building(state: State) -> dict[str, int]:
    """Return SKU → units on hand over all warehouses."""
    return {
        sku: sum(level.on_hand for (of_sku, _), level in state.levels.items() if of_sku == sku)
        for sku in SKUS
    }


def units_held(state: State) -> dict[str, int]:
    """Return SKU → units that open and processed orders hold."""
    return {
        sku: sum(
            held(order, sku)
            for order in state.orders.values()
            if order.stage in (Stage.OPEN, Stage.PROCESSED)
        )
        for sku in SKUS
    }
