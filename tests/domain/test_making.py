"""Values that the rules make on the short way are those that their classes make."""

import pickle
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import InvalidValue
from backorders.domain import making
from backorders.domain.events import OrderPlaced
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
from backorders.testing.strategies.orders import order_lines
from backorders.testing.strategies.times import instants

_Value = TypeVar("_Value", Order, OrderLine, OrderPlaced)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
_HOLDS = st.sampled_from([(), (Hold(HoldReason.OTHER),)])


@st.composite
def some_lines(draw: st.DrawFn) -> list[OrderLine]:
    """Lines that hold some of what they ask for, in one warehouse or in two."""
    lines = []
    for line_no, (sku, quantity) in enumerate(draw(order_lines()), start=1):
        here = draw(st.integers(0, quantity))
        there = draw(st.integers(0, quantity - here))
        held = {WarehouseId("WEST"): here, WarehouseId("EAST"): there}
        allocations = [Allocation(name, units) for name, units in held.items() if units]
        lines.append(OrderLine(line_no, Sku(sku), quantity, allocations))
    return lines


some_orders: st.SearchStrategy[Order] = st.builds(
    Order,
    seller_id=st.just(SellerId("acme")),
    order_id=st.just(OrderId("O1")),
    placed_at=instants(),
    priority=st.integers(-1, 1),
    ship=st.sampled_from(ShipPolicy),
    claim=st.sampled_from(ClaimPolicy),
    warehouse=st.sampled_from([None, WarehouseId("WEST")]),
    lines=some_lines(),
    first_id=st.just(OrderId("O1")),
    stage=st.sampled_from(Stage),
    holds=_HOLDS,
    version=st.integers(1, 3),
    back_order_since=st.sampled_from([None, NOW - timedelta(days=1)]),
)


def _fields(value: _Value) -> list[object]:
    """Return every field, those that play no part in whether two are equal too."""
    return [getattr(value, field.name) for field in attrs.fields(type(value))]


def _assert_same(made: _Value, proper: _Value) -> None:
    assert type(made) is type(proper)
    assert made == proper
    assert _fields(made) == _fields(proper)
    assert _fields(pickle.loads(pickle.dumps(made))) == _fields(proper)  # noqa: S301 - our own
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, attrs.fields(type(made))[0].name, None)


@given(some_orders)
def test_a_new_order_and_its_lines_are_as_if_made_by_their_classes(order: Order) -> None:
    """Two ways to make a value must not make two kinds of it."""
    lines = []
    for line in order.lines:
        made = making.new_line(line.line_no, line.sku, line.quantity, line.allocations)
        _assert_same(made, line)
        lines.append(made)
    made_order = making.new_order(
        seller_id=order.seller_id,
        order_id=order.order_id,
        placed_at=order.placed_at,
        priority=order.priority,
        ship=order.ship,
        claim=order.claim,
        warehouse=order.warehouse,
        lines=tuple(lines),
        holds=order.holds,
    )
    proper = Order(
        seller_id=order.seller_id,
        order_id=order.order_id,
        placed_at=order.placed_at,
        priority=order.priority,
        ship=order.ship,
        claim=order.claim,
        warehouse=order.warehouse,
        lines=lines,
        first_id=order.order_id,
        holds=order.holds,
    )
    _assert_same(made_order, proper)
    known = {field.name: getattr(order, field.name) for field in attrs.fields(Order) if field.init}
    _assert_same(making.new_order(**known), order)
    told = making.order_placed(proper, NOW)
    _assert_same(told, OrderPlaced(proper.order_id, NOW, proper.units, proper.units_held))


@given(some_orders)
def test_an_order_with_other_lines_is_otherwise_the_same(order: Order) -> None:
    """What is left out on the short way would be lost with the first unit that an order gets."""
    lines = [line.with_allocations(()) for line in order.lines]
    _assert_same(order.with_lines(lines), attrs.evolve(order, lines=lines))
    version = order.version + 1
    written = order.written(NOW, version)
    since, time = written.back_order_since, written.back_order_time
    proper = attrs.evolve(order, version=version, back_order_since=since, back_order_time=time)
    _assert_same(written, proper)


def test_a_line_is_never_made_with_more_than_it_asks_for() -> None:
    """The last guard of law 4 stands on the short way too."""
    units = making.pinned(WarehouseId("MAIN"), 3)
    with pytest.raises(InvalidValue, match="allocations must come to 0 to 2 units, not 3"):
        making.new_line(1, Sku("TEA"), 2, units)
    assert units == (Allocation(WarehouseId("MAIN"), 3),)


@given(some_orders)
def test_an_order_never_loses_its_last_line(order: Order) -> None:
    """An order without lines would be complete, and wait for nothing, for ever."""
    with pytest.raises(InvalidValue, match="lines must not be empty"):
        order.with_lines([])


def test_what_is_told_of_a_new_order_is_listed_by_sku() -> None:
    """The same order is told in the same way, however its lines were listed."""
    held = [Allocation(WarehouseId("EAST"), 1)]
    whole, short = (
        [OrderLine(1, Sku("B"), quantity, held), OrderLine(2, Sku("A"), 1, held)]
        for quantity in (1, 2)
    )
    for lines in (whole, short):
        told = making.order_placed(_of(lines), NOW)
        assert list(told.units) == list(told.allocated) == ["A", "B"]


def _of(lines: list[OrderLine]) -> Order:
    return making.new_order(
        seller_id=SellerId("acme"),
        order_id=OrderId("O1"),
        placed_at=NOW,
        priority=0,
        ship=ShipPolicy.COMPLETE,
        claim=ClaimPolicy.HOLD,
        warehouse=None,
        lines=tuple(lines),
        holds=(),
    )
