"""Laws 4 to 6: what a line may hold, what an order must keep, and which units go first."""

from collections.abc import Sequence

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backorders import (
    Allocation,
    ClaimPolicy,
    Order,
    OrderLine,
    Remove,
    SetQuantity,
    ShipPolicy,
    Stage,
)
from backorders.domain import splitting
from backorders.domain.allocation import fill, serve
from backorders.domain.errors import EditRefused, InvalidValue
from backorders.domain.giving_up import part
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId
from tests.support.clock import START
from tests.support.histories import Call, calls, edits, histories, new_seller, play, unit_maps
from tests.support.state import ORDER_IDS, dump

_A = Sku("A")
_NAMES = tuple(WarehouseId(name) for name in ("EAST", "MAIN", "WEST"))


def _shelf(on_hand: Sequence[int], order: Sequence[WarehouseId] = ()) -> Shelf:
    shelf = Shelf(order)
    levels = [StockLevel(name, _A, units) for name, units in zip(_NAMES, on_hand, strict=True)]
    shelf.put([_A], levels)
    return shelf


def _order(*quantities: int, order_id: str = "O1", claim: ClaimPolicy = ClaimPolicy.HOLD) -> Order:
    return Order(
        seller_id=SellerId("acme"),
        order_id=OrderId(order_id),
        placed_at=START,
        priority=0,
        ship=ShipPolicy.COMPLETE,
        claim=claim,
        warehouse=None,
        lines=[OrderLine(number, _A, units) for number, units in enumerate(quantities, start=1)],
        first_id=OrderId(order_id),
    )


stocks = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
line_quantities = st.lists(st.integers(1, 5), min_size=1, max_size=4)


@given(line_quantities, stocks, st.sampled_from(ClaimPolicy))
def test_law_04_two_lines_of_one_sku_never_take_the_same_unit(
    quantities: list[int], on_hand: tuple[int, int, int], claim: ClaimPolicy
) -> None:
    """Each line alone would find the units there: only together are they too many."""
    shelf = _shelf(on_hand)
    served = fill(_order(*quantities, claim=claim), shelf)
    taken = sum(line.allocated for line in served.lines)
    wanted, there = sum(quantities), sum(on_hand)
    if claim is ClaimPolicy.HOLD:
        assert taken == min(wanted, there)
    else:
        assert taken == (wanted if wanted <= there else 0)
    assert shelf.available(_A) == there - taken
    assert all(line.allocated <= line.quantity for line in served.lines)


@given(st.lists(line_quantities, min_size=1, max_size=4), stocks)
def test_law_04_the_planner_gives_out_no_more_than_there_is(
    orders: list[list[int]], on_hand: tuple[int, int, int]
) -> None:
    """Serving a queue moves units from shelf to lines: it makes none and loses none."""
    shelf = _shelf(on_hand)
    queue = [_order(*units, order_id=f"O{place}") for place, units in enumerate(orders)]
    taken = sum(
        served.units_held[_A] - waited.units_held.get(_A, 0)
        for waited, served in serve(queue, shelf)
    )
    assert taken == min(sum(map(sum, orders)), sum(on_hand))
    assert taken + shelf.available(_A) == sum(on_hand)
    assert all(level.allocated <= level.on_hand for level in shelf.changes())


@given(histories(), calls)
def test_law_04_no_line_holds_more_than_it_asks_for(history: list[Call], last: Call) -> None:
    """Units pinned beyond the demand are lost to everybody else."""
    for order in dump(play([*history, last])).orders.values():
        assert all(0 <= line.allocated <= line.quantity for line in order.lines)


@pytest.mark.parametrize("stage", [Stage.PROCESSED, Stage.DESPATCHED, Stage.CANCELLED])
def test_law_04_the_planner_gives_nothing_to_an_order_that_is_not_open(stage: Stage) -> None:
    """Whatever a queue holds by mistake, only an open order may take a unit."""
    shelf = _shelf((3, 3, 3))
    order = attrs.evolve(_order(2), stage=stage)
    assert fill(order, shelf) is order
    assert list(serve([order], shelf)) == []
    assert shelf.available(_A) == 9


def test_law_04_two_lines_share_the_last_units() -> None:
    """Three units for two lines of two: the second line is short of one."""
    acme = new_seller()
    acme.book_in("R1", {"A": 3})
    order = acme.place_order("O1", [("A", 2), ("A", 2)])
    assert [line.allocated for line in order.lines] == [2, 1]
    assert order.shortages == {"A": 1}


def test_law_04_an_order_that_holds_some_draws_only_what_it_lacks() -> None:
    """Two of three are there; the next delivery brings more than the one that is lacking."""
    acme = new_seller()
    acme.place_order("O1", {"A": 3})
    acme.book_in("R1", {"A": 2})
    assert acme.book_in("R2", {"A": 5}).released == ("O1",)
    assert (acme.order("O1").units_held, acme.stock("A")[0].available) == ({"A": 3}, 4)


def test_law_04_a_line_that_holds_too_much_cannot_be_made() -> None:
    """The law holds for the value itself, whatever computes it."""
    with pytest.raises(InvalidValue, match="allocations must come to 0 to 1 units, not 2"):
        OrderLine(1, _A, 1, (Allocation(_NAMES[0], 2),))


@given(histories(), st.sampled_from(ORDER_IDS), edits)
def test_law_05_an_order_has_at_least_one_line(
    history: list[Call], order_id: str, named: list[object]
) -> None:
    """An empty order would be neither short nor ready: nobody would ever look at it again."""
    acme = play(history)
    order = dump(acme).orders.get(order_id)
    assume(order is not None and order.stage.name == "OPEN")
    assert order is not None
    for sku in sorted(order.skus)[1:]:
        acme.edit_order(order_id, Remove(sku))
    Call("edit_order", (order_id, *named)).on(acme)
    left = acme.order(order_id)
    if left.stage.name == "OPEN":
        result = Call("edit_order", (order_id, *map(Remove, sorted(left.skus)))).on(acme)
        assert isinstance(result, EditRefused)
    assert acme.order(order_id).lines == left.lines


def test_law_05_removing_the_last_product_points_to_cancel() -> None:
    """The clerk wants the order gone: say how."""
    acme = new_seller()
    acme.place_order("O1", [("A", 1), ("A", 2)])
    with pytest.raises(EditRefused, match="no product would be left; cancel the order instead"):
        acme.edit_order("O1", Remove("A"))
    assert acme.order("O1").units == {"A": 3}


def test_law_05_an_order_without_lines_cannot_be_made_or_placed() -> None:
    """The law holds for the value itself, and for the request."""
    with pytest.raises(InvalidValue, match="lines must not be empty"):
        _order()
    with pytest.raises(InvalidValue, match="lines must name at least one SKU"):
        new_seller().place_order("O1", {})


@st.composite
def _held_lines(draw: st.DrawFn) -> list[OrderLine]:
    """Return lines of one SKU, each holding some units somewhere."""
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        held = [draw(st.integers(0, 3)) for _ in _NAMES]
        short = draw(st.integers(0, 3))
        allocations = [
            Allocation(name, units) for name, units in zip(_NAMES, held, strict=True) if units
        ]
        lines.append(OrderLine(number, _A, max(sum(held) + short, 1), allocations))
    return lines


def _unit_by_unit(lines: Sequence[OrderLine], order: Sequence[WarehouseId]) -> list[object]:
    """Return each unit as (line_no, warehouse or None if short), in the order of being given up."""
    short = [(line.line_no, None) for line in reversed(lines) for _ in range(line.shortage)]
    held = [
        (line.line_no, name)
        for line in reversed(lines)
        for name in reversed(order)
        for allocation in line.allocations
        if allocation.warehouse == name
        for _ in range(allocation.quantity)
    ]
    return [*short, *held]


@given(_held_lines(), st.permutations(_NAMES), st.data())
def test_law_06_short_units_go_first_then_allocated_ones_last_line_first(
    lines: list[OrderLine], order: list[WarehouseId], data: st.DataObject
) -> None:
    """Reducing must not free what the customer still gets while a wish of his is left."""
    total = sum(line.quantity for line in lines)
    units = data.draw(st.integers(0, total))
    remain, go = part(lines, units, order)
    expected = _unit_by_unit(lines, order)
    assert sorted(map(repr, _unit_by_unit(go, order))) == sorted(map(repr, expected[:units]))
    assert sorted(map(repr, _unit_by_unit(remain, order))) == sorted(map(repr, expected[units:]))
    for found in (remain, go):
        assert [line.line_no for line in found] == sorted({line.line_no for line in found})


@given(stocks, st.permutations(_NAMES), st.integers(1, 15), st.none() | st.sampled_from(_NAMES))
def test_law_06_units_are_drawn_from_the_first_warehouse_first(
    on_hand: tuple[int, int, int],
    order: list[WarehouseId],
    wanted: int,
    pin: WarehouseId | None,
) -> None:
    """The seller has put the warehouses in order: the nearest or cheapest first."""
    shelf = _shelf(on_hand, order[:2])
    there = dict(zip(_NAMES, on_hand, strict=True))
    units = [name for name in order for _ in range(there[name]) if pin in (None, name)]
    drawn = shelf.draw(_A, pin, wanted)
    assert [a.warehouse for a in drawn for _ in range(a.quantity)] == units[:wanted]
    assert all(allocation.quantity for allocation in drawn)


@given(unit_maps)
def test_law_06_what_is_given_up_and_drawn_again_is_the_same(stock: dict[str, int]) -> None:
    """Drawing first to last and giving up last to first are each other's mirror image."""
    acme = new_seller()
    acme.configure(warehouses=["WEST", "EAST"])
    for place, warehouse in enumerate(["EAST", "MAIN", "WEST"]):
        acme.book_in(f"R{place}", stock, warehouse=warehouse)
    sku, units = next(iter(stock.items()))
    order = acme.place_order("O1", {sku: 3 * units})
    fewer = acme.edit_order("O1", SetQuantity(sku, 2 * units))
    assert {a.warehouse for a in fewer.lines[0].allocations} == {"WEST", "EAST"}
    assert acme.edit_order("O1", SetQuantity(sku, 3 * units)).lines == order.lines


def test_law_06_the_shortage_of_a_first_line_goes_before_the_units_of_the_last() -> None:
    """Short units first, over all lines of the SKU: not line by line."""
    acme = new_seller()
    acme.book_in("R1", {"A": 4, "B": 1})
    acme.place_order("O1", [("A", 2), ("B", 1), ("A", 2)])
    acme.count_stock("C1", {"A": 3})
    acme.edit_order("O1", SetQuantity("A", 5))
    assert [(line.quantity, line.allocated) for line in acme.order("O1").lines] == [
        (2, 2),
        (1, 1),
        (3, 1),
    ]
    fewer = acme.edit_order("O1", SetQuantity("A", 2))
    assert [(line.line_no, line.quantity, line.allocated) for line in fewer.lines] == [
        (1, 2, 2),
        (2, 1, 1),
    ]
    assert acme.stock("A")[0].available == 1


def test_law_06_a_short_first_line_gives_way_before_a_filled_second() -> None:
    """The same the other way round: the first line is the short one."""
    short = OrderLine(1, _A, 2)
    filled = OrderLine(2, _A, 2, (Allocation(_NAMES[0], 2),))
    remain, go = part([short, filled], 3, _NAMES[:1])
    assert [(line.line_no, line.quantity, line.allocated) for line in remain] == [(2, 1, 1)]
    assert [(line.line_no, line.quantity, line.allocated) for line in go] == [(1, 2, 0), (2, 1, 1)]


def test_law_06_warehouses_that_are_not_in_the_order_come_after_it_by_name() -> None:
    """A new warehouse must not become the first to be drawn from by its name."""
    acme = new_seller()
    acme.configure(warehouses=["WEST"])
    for warehouse in ("ABERDEEN", "EAST", "WEST"):
        acme.book_in(warehouse, {"A": 1}, warehouse=warehouse)
    order = acme.place_order("O1", {"A": 2})
    assert [a.warehouse for a in order.lines[0].allocations] == ["ABERDEEN", "WEST"]


def test_what_cannot_ship_leaves_the_shelf_as_it_is() -> None:
    """Asking what could ship is a question: nothing is drawn by it."""
    shelf = _shelf((1, 0, 0))
    assert splitting.what_cannot_ship(_order(3, claim=ClaimPolicy.YIELD), shelf) == {"A": 2}
    assert shelf.available(_A) == 1
