"""Orders and their lines as values: what they refuse, and when two are the same."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from backorders import ClaimPolicy, HoldReason, OrderRequest, ShipPolicy
from backorders.domain.errors import InvalidValue
from backorders.domain.order import Allocation, Hold, Order, OrderLine, Stage
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId
from tests.support.clock import START

_TEA = Sku("TEA")
_EAST, _WEST = Allocation(WarehouseId("EAST"), 1), Allocation(WarehouseId("WEST"), 2)


def _order(*lines: OrderLine, holds: tuple[Hold, ...] = ()) -> Order:
    return Order(
        SellerId("acme"),
        OrderId("O1"),
        START,
        0,
        ShipPolicy.COMPLETE,
        ClaimPolicy.HOLD,
        None,
        lines,
        OrderId("O1"),
        holds=holds,
    )


def test_it_makes_no_difference_in_which_order_units_and_holds_are_listed() -> None:
    """One store lists them in this way, and another in that: it is the same order."""
    delay, fraud = Hold(HoldReason.ORDER_DELAY), Hold(HoldReason.FRAUD_RISK)
    line = OrderLine(1, _TEA, 5, [_WEST, _EAST])
    assert line == OrderLine(1, _TEA, 5, [_EAST, _WEST])
    assert line.allocations == (_EAST, _WEST)
    order = _order(line, holds=(delay, fraud))
    assert order == _order(line, holds=(fraud, delay))
    assert order.holds == (fraud, delay)


def test_time_on_back_order_plays_no_part_in_whether_two_orders_are_the_same() -> None:
    """What a reader compares is what was asked for, and what became of it."""
    order = _order(OrderLine(1, _TEA, 5))
    for waited in ({"back_order_since": START}, {"back_order_time": timedelta(hours=1)}):
        assert attrs.evolve(order, **waited) == order
    assert attrs.evolve(order, cancellation_requested=True) != order


def test_law_04_a_line_holds_no_more_than_it_asks_for() -> None:
    """Nor less than nothing, in whatever way it is made."""
    assert OrderLine(1, _TEA, 3, [_EAST, _WEST]).shortage == 0
    with pytest.raises(InvalidValue, match="must come to 0 to 2 units, not 3"):
        OrderLine(1, _TEA, 2, [_EAST, _WEST])
    with pytest.raises(InvalidValue, match="must come to 0 to 2 units, not -1"):
        OrderLine(1, _TEA, 2, [attrs.evolve(_EAST, quantity=-1)])


def test_law_05_an_order_has_a_line() -> None:
    """One that asks for nothing is not an order, in whatever way it is made."""
    with pytest.raises(InvalidValue, match="lines must not be empty"):
        _order()
    with pytest.raises(InvalidValue, match="lines must not be empty"):
        _order(OrderLine(1, _TEA, 1)).with_lines([])


def test_only_an_open_order_lacks_anything() -> None:
    """And of what it has wholly, it lacks nothing: not 0 units."""
    order = _order(OrderLine(1, _TEA, 3, [_EAST, _WEST]), OrderLine(2, Sku("MUG"), 2, [_EAST]))
    assert order.shortages == {"MUG": 1}
    assert attrs.evolve(order, stage=Stage.CANCELLED).shortages == {}


@pytest.mark.parametrize(
    "unnamed", [START, 5, ShipPolicy.COMPLETE, ClaimPolicy.YIELD, "EAST"], ids=str
)
def test_what_is_seldom_said_of_an_order_is_named(unnamed: object) -> None:
    """A bare 5 behind the lines could be anything."""
    make: Callable[..., OrderRequest] = OrderRequest
    with pytest.raises(TypeError, match="positional"):
        make("O1", {"TEA": 1}, unnamed)
