"""Law 17: a split loses no unit, makes none, and touches nobody else."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, BackordersError, ClaimPolicy, HoldReason, ShipPolicy, Stage
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits
from backorders.domain.errors import ActionRefused, ContentDiffers, SplitRefused
from backorders.domain.events import OrderCreated, OrderSplit, WentOnBackOrder
from backorders.domain.splitting import Split
from backorders.domain.values import Sku
from tests.support.clock import START, SettableClock
from tests.support.histories import PLACED, Call, histories, new_seller, play, splits, unit_maps
from tests.support.state import ORDER_IDS, SKUS, dump, held, holding


@given(histories(), splits())
def test_law_17_a_split_conserves_every_unit(history: list[Call], split: Call) -> None:
    """Each unit, short or allocated, is in exactly one of the two orders afterwards."""
    acme = play(history)
    before = dump(acme)
    result = split.on(acme)
    after = dump(acme)
    if isinstance(result, BackordersError):
        assert after == before
        return
    assert isinstance(result, Split)
    original, created = result.original, result.created
    if created.order_id in before.orders:
        assert after == before
        return
    parent = before.orders[original.order_id]
    assert Counter(dict(original.units)) + Counter(dict(created.units)) == dict(parent.units)
    assert original.lines
    assert created.lines
    together = holding(original) + holding(created)
    assert together >= holding(parent)
    if parent.claim is ClaimPolicy.HOLD:
        assert together == holding(parent)
    assert created.split_from == parent.order_id
    assert created.rank[:3] == parent.rank[:3]
    assert (created.ship, created.claim, created.warehouse, created.holds) == (
        parent.ship,
        parent.claim,
        parent.warehouse,
        parent.holds,
    )
    assert [line.line_no for line in created.lines] == list(range(1, len(created.lines) + 1))
    for order_id in before.orders.keys() - {original.order_id}:
        assert after.orders[order_id] == before.orders[order_id], "somebody else was touched"


@given(histories(), st.sampled_from(ORDER_IDS))
def test_law_17_by_default_the_original_keeps_what_can_ship_now(
    history: list[Call], order_id: str
) -> None:
    """The customer gets today what there is today; the rest waits under a number of its own."""
    acme = play(history)
    before = dump(acme)
    result = Call("split_order", (order_id,)).on(acme)
    parent = before.orders.get(order_id)
    if parent is None or parent.stage is not Stage.OPEN:
        return
    could_have = {
        sku: min(
            parent.units.get(Sku(sku), 0),
            held(parent, sku) + before.available(sku, parent.warehouse),
        )
        for sku in SKUS
    }
    if isinstance(result, SplitRefused):
        assert not parent.is_on_back_order or not any(could_have.values())
        return
    assert isinstance(result, Split)
    assert not result.original.shortages
    assert dict(result.original.units) == {sku: n for sku, n in could_have.items() if n}
    assert not result.created.units_held


@given(histories(), st.sampled_from(ORDER_IDS), unit_maps)
def test_law_17_short_units_are_moved_first(
    history: list[Call], order_id: str, move: dict[str, int]
) -> None:
    """Whoever splits off three wants the three that are missing out of the way."""
    acme = play(history)
    before = dump(acme)
    result = Call("split_order", (order_id,), (("move", move),)).on(acme)
    parent = before.orders.get(order_id)
    if parent is None or parent.stage is not Stage.OPEN:
        return
    fits = all(count <= parent.units.get(Sku(sku), 0) for sku, count in move.items())
    if isinstance(result, SplitRefused):
        assert not fits or move == dict(parent.units)
        return
    assert fits
    assert isinstance(result, Split)
    assert dict(result.created.units) == move
    if parent.claim is ClaimPolicy.HOLD:
        for sku, count in move.items():
            assert result.created.shortages.get(sku, 0) == min(count, parent.shortages.get(sku, 0))


def test_law_17_the_default_split_of_an_order_that_holds_something() -> None:
    """One line is whole, one in parts, one short: two orders come of it, nothing is lost."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1, "B": 2})
    acme.place_order("O1", [("A", 1), ("B", 3), ("C", 1)], priority=4, placed_at=PLACED[0])
    acme.hold_order("O1", HoldReason.FRAUD_RISK)
    original, created = acme.split_order("O1").original, acme.order("O1-2")
    assert original.units == {"A": 1, "B": 2}
    assert original.status.name == "ON_HOLD"
    assert created.units == created.shortages == {"B": 1, "C": 1}
    assert (created.priority, created.placed_at, created.holds) == (4, PLACED[0], original.holds)
    assert (created.split_from, original.split_from) == ("O1", None)
    split = acme.history("O1")[-2]
    made = acme.history("O1-2")
    assert isinstance(split, OrderSplit)
    assert (split.created, split.units) == ("O1-2", {"B": 1, "C": 1})
    assert [type(event) for event in made] == [OrderCreated], "short before, so not newly short"


def test_law_17_the_default_split_of_a_yield_order_gives_it_what_there_is() -> None:
    """It holds nothing as it could not be completed; the part that can be, is."""
    acme = new_seller()
    acme.place_order("Y", {"A": 3, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"A": 2})
    split = acme.split_order("Y")
    assert (split.original.units_held, split.original.shortages) == ({"A": 2}, {})
    assert split.created.shortages == {"A": 1, "B": 1}
    assert acme.stock("A")[0].available == 0
    assert WentOnBackOrder not in {type(event) for event in acme.history("Y-2")}


def test_law_17_the_new_part_of_a_yield_order_may_be_the_one_that_is_completed() -> None:
    """A split reprocesses the SKUs of both parts (law 7)."""
    acme = new_seller()
    acme.place_order("Y", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"A": 1})
    split = acme.split_order("Y", move={"A": 1})
    assert (split.created.status.name, split.original.shortages) == ("READY", {"B": 1})


def test_law_17_an_order_that_waits_for_nothing_can_be_split_by_name() -> None:
    """The customer wants half of it sent to his mother."""
    acme = new_seller()
    acme.configure(warehouses=["WEST", "EAST"])
    acme.book_in("R1", {"A": 2}, warehouse="EAST")
    acme.book_in("R2", {"A": 2}, warehouse="WEST")
    acme.place_order("O1", {"A": 4})
    split = acme.split_order("O1", move={"A": 1})
    assert [(a.warehouse, a.quantity) for a in split.original.lines[0].allocations] == [
        ("EAST", 1),
        ("WEST", 2),
    ]
    assert [(a.warehouse, a.quantity) for a in split.created.lines[0].allocations] == [("EAST", 1)]


@pytest.mark.parametrize(
    ("move", "problem"),
    [
        (None, "nothing could ship now; wait for stock, or edit it"),
        ({"A": 3}, "it has 2 units of 'A', not 3; move no more than it has"),
        ({"B": 1}, "it has 0 units of 'B', not 1"),
        ({"A": 2}, "everything would move; leave something behind"),
    ],
)
def test_law_17_splits_that_make_no_sense_are_refused(
    move: dict[str, int] | None, problem: str
) -> None:
    """Each of them would leave an order that is empty or cannot be."""
    acme = new_seller()
    acme.place_order("O1", {"A": 2})
    before = dump(acme)
    with pytest.raises(SplitRefused, match=problem):
        acme.split_order("O1", move=move)
    assert dump(acme) == before


def test_law_17_nothing_short_is_not_split_by_default() -> None:
    """There is nothing that could not ship: the clerk meant another order."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2})
    with pytest.raises(SplitRefused, match="nothing is short; say what to move, or process it"):
        acme.split_order("O1")


def test_law_17_default_ids_count_from_two_and_skip_what_is_taken() -> None:
    """Sixteen taken ids in a row are more than are looked up at once."""
    acme = new_seller()
    taken = [f"O1-{number}" for number in range(2, 22) if number != 3]
    for order_id in taken:
        acme.place_order(order_id, {"B": 1})
    acme.place_order("O1", {"A": 4})
    assert acme.split_order("O1", move={"A": 1}).created.order_id == "O1-3"
    assert acme.split_order("O1", move={"A": 1}).created.order_id == "O1-22"


def test_law_17_an_order_can_be_split_many_times() -> None:
    """However many of the ids are taken, the next one is free."""
    acme = new_seller()
    acme.place_order("O1", {"A": 30})
    made = [acme.split_order("O1", move={"A": 1}).created.order_id for _ in range(25)]
    assert made == [f"O1-{number}" for number in range(2, 27)]


def test_law_17_a_default_id_that_would_be_over_long_is_cut_to_fit() -> None:
    """Two orders of almost the same long id do not get in each other's way."""
    acme = new_seller()
    longest = ["x" * 254 + end for end in "ab"]
    for order_id in longest:
        acme.place_order(order_id, {"A": 2})
    created = [acme.split_order(order_id, move={"A": 1}).created.order_id for order_id in longest]
    assert created == ["x" * 253 + "-2", "x" * 253 + "-3"]
    assert {len(order_id) for order_id in created} == {limits.ID_LENGTH}


def test_law_17_a_part_of_a_part_points_to_its_own_parent_and_keeps_the_first_rank() -> None:
    """However often it is split, whoever came first is served first."""
    acme = new_seller()
    acme.place_order("O1", {"A": 3}, placed_at=PLACED[0])
    acme.place_order("O0", {"A": 1}, placed_at=PLACED[1])
    acme.split_order("O1", move={"A": 2}, new_order_id="Z")
    acme.split_order("Z", move={"A": 1})
    assert (acme.order("Z-2").split_from, acme.order("Z-2").first_id) == ("Z", "O1")
    assert [order.order_id for order in acme.back_orders().items] == ["O1", "Z", "Z-2", "O0"]


def test_law_17_a_frozen_order_is_not_split() -> None:
    """The picker's list cannot be torn in two."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2})
    acme.process_order("O1")
    with pytest.raises(ActionRefused, match="is PROCESSED: cannot split it"):
        acme.split_order("O1", move={"A": 1})


def test_law_18_a_split_with_a_named_id_can_be_repeated() -> None:
    """The answer was lost on the wire: the second call tells what the first has done."""
    acme = new_seller()
    acme.place_order("O1", {"A": 3}, ship=ShipPolicy.AS_AVAILABLE)
    acme.split_order("O1", move={"A": 1}, new_order_id="N")
    acme.book_in("R1", {"A": 3})
    acme.process_order("O1")
    acme.cancel_order("N")
    before = dump(acme, ["O1", "N"])
    again = acme.split_order("O1", move={"A": 1}, new_order_id="N")
    assert (again.original.stage, again.created.stage) == (Stage.PROCESSED, Stage.CANCELLED)
    assert dump(acme, ["O1", "N"]) == before
    for move in (None, {"A": 2}):
        with pytest.raises(ContentDiffers, match="order 'N' is known already"):
            acme.split_order("O1", move=move, new_order_id="N")
    with pytest.raises(ContentDiffers):
        acme.split_order("O1", move={"A": 1}, new_order_id="O1")


def test_law_17_lines_of_the_new_order_stand_as_they_stood_and_wait_as_they_waited() -> None:
    """The customer's list is not shuffled, and nobody begins to wait by being split off."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.book_in("R1", {"MUG": 2})
    acme.place_order("O1", [("TEA", 2), ("MUG", 2), ("JAM", 2)])
    clock.advance(hours=1)
    split = acme.split_order("O1", move={"JAM": 1, "MUG": 1, "TEA": 1})
    for order, numbers in ((split.original, [1, 2, 3]), (split.created, [1, 2, 3])):
        assert [line.sku for line in order.lines] == ["TEA", "MUG", "JAM"]
        assert [line.line_no for line in order.lines] == numbers
        assert (order.back_order_since, order.back_order_time) == (START, None)
    assert (split.original.version, split.created.version) == (2, 1)
    ready = acme.split_order("O1", move={"MUG": 1}).created
    assert (ready.back_order_since, ready.back_order_time) == (None, None)
    clock.advance(hours=1)
    last = acme.split_order("O1", move={"TEA": 1}).created
    assert (last.back_order_since, last.shortages) == (START, {"TEA": 1})


def test_law_17_of_several_products_too_many_the_first_is_named() -> None:
    """The same call is answered in the same words every time."""
    acme = new_seller()
    acme.place_order("O1", dict.fromkeys("HCABGDFE", 1))
    with pytest.raises(SplitRefused, match="it has 1 units of 'A', not 2"):
        acme.split_order("O1", move=dict.fromkeys("HCABGDFE", 2))
