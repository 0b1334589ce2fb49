"""Laws 13 and 14: who loses units that are gone, and who loses them to somebody more urgent."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import BackordersError, ClaimPolicy, OrderRequest, Stage
from backorders.application import Seller
from backorders.domain.errors import StockBelowProcessed, StockBelowZero
from backorders.domain.events import UnitsTaken, WentOnBackOrder
from backorders.domain.giving_up import take
from backorders.domain.results import Reprocessed
from backorders.domain.shelf import Shelf
from backorders.domain.values import Sku, WarehouseId
from backorders.testing.commands import command, expected, observed
from backorders.testing.model import ModelSeller, shown
from tests.support.clock import START
from tests.support.histories import (
    PLACED,
    Call,
    call,
    calls,
    histories,
    new_seller,
    placings,
    play,
    supplies,
    unit_maps,
    warehouses,
)
from tests.support.laws import about
from tests.support.state import ORDER_IDS, SKUS, dump, held

_one_sku = st.lists(st.tuples(st.just("A"), st.integers(1, 4)), min_size=1, max_size=2)
_plain = st.lists(
    placings(claim=st.just(ClaimPolicy.HOLD), pin=st.none(), lines=_one_sku),
    min_size=1,
    max_size=6,
    unique_by=lambda placing: placing.args[0],
)


@given(_plain, st.integers(1, 20), st.integers(0, 20), st.sets(st.sampled_from(ORDER_IDS)))
def test_law_13_a_count_takes_from_the_lowest_rank_first(
    orders: list[Call], stock: int, counted: int, to_process: set[str]
) -> None:
    """For orders that keep what they get there is one right outcome: here it is, counted out."""
    acme = new_seller()
    acme.book_in("R1", {"A": stock})
    play(orders, acme)
    play([Call("process_order", (order_id,)) for order_id in sorted(to_process)], acme)
    before = dump(acme)
    holders = [order for order in before.orders.values() if held(order, "A")]
    holders.sort(key=lambda order: order.rank)
    frozen = sum(held(order, "A") for order in holders if order.stage is Stage.PROCESSED)
    expected = {order.order_id: held(order, "A") for order in holders}
    missing = sum(expected.values()) - counted
    for order in reversed(holders):
        if order.stage is Stage.OPEN:
            lost = min(expected[order.order_id], max(missing, 0))
            expected[order.order_id] -= lost
            missing -= lost
    if counted < frozen:
        with pytest.raises(StockBelowProcessed) as caught:
            acme.count_stock("C1", {"A": counted})
        assert caught.value.missing == frozen - counted
        assert set(caught.value.order_ids) <= {
            o.order_id for o in holders if o.stage.value != "open"
        }
        assert dump(acme) == before
    elif counted <= stock:
        acme.count_stock("C1", {"A": counted})
        left = {order_id: held(order, "A") for order_id, order in dump(acme).orders.items()}
        assert +Counter(left) == +Counter(expected)


@given(histories(), supplies())
def test_law_13_a_loss_never_touches_a_processed_order(history: list[Call], last: Call) -> None:
    """The picker has the list in his hand: what is on it cannot be somebody else's."""
    acme = play(history)
    before = dump(acme)
    result = last.on(acme)
    after = dump(acme)
    for order_id, known in before.orders.items():
        if known.stage is not Stage.OPEN:
            assert after.orders[order_id] == known
    if isinstance(result, BackordersError):
        assert after == before


@given(histories(), unit_maps, warehouses)
def test_law_13_who_ranks_higher_keeps_what_who_ranks_lower_could_have_lost(
    history: list[Call], counted: dict[str, int], warehouse: str
) -> None:
    """Whoever loses a unit there, nobody behind him still holds one there."""
    acme = play(history)
    before = dump(acme)
    acme_result = Call(
        "count_stock",
        ("LAST", {sku: count - 1 for sku, count in counted.items()}),
        (("warehouse", warehouse),),
    ).on(acme)
    after = dump(acme)
    if isinstance(acme_result, BackordersError):
        return
    for sku in counted:
        losers = [
            order
            for order_id, order in after.orders.items()
            if order.claim is ClaimPolicy.HOLD
            and held(order, sku, warehouse) < held(before.orders[order_id], sku, warehouse)
        ]
        for loser in losers:
            behind = [
                order.order_id
                for order in after.orders.values()
                if order.stage is Stage.OPEN
                and order.rank > loser.rank
                and held(order, sku, warehouse)
                and loser.order_id in after.backlog
                and sku in loser.shortages
            ]
            assert not behind, f"{loser.order_id} lost {sku}, {behind} did not"


def _with_holders() -> Seller:
    """Return a seller with three holders of two units each: one processed, two open."""
    acme = new_seller()
    acme.book_in("R1", {"A": 6})
    for order_id, placed_at in zip(["OLD", "MIDDLE", "YOUNG"], PLACED, strict=True):
        acme.place_order(order_id, {"A": 2}, placed_at=placed_at)
    acme.process_order("YOUNG")
    return acme


def test_law_13_the_lowest_open_order_loses_and_is_told() -> None:
    """YOUNG ranks lowest, but is with the warehouse: so it is MIDDLE that loses."""
    acme = _with_holders()
    assert acme.count_stock("C1", {"A": 5}, reason="broken").lost == ("MIDDLE",)
    assert acme.order("MIDDLE").shortages == {"A": 1}
    taken, went = acme.history("MIDDLE")[-2:]
    assert isinstance(taken, UnitsTaken)
    assert isinstance(went, WentOnBackOrder)
    assert (taken.units, taken.because) == ({"A": 1}, "count_stock C1")


def test_law_13_an_adjustment_takes_like_a_count() -> None:
    """Two words for one loss: whoever loses must not hang on the word."""
    acme = _with_holders()
    assert acme.adjust_stock("J1", {"A": -3}).lost == ("OLD", "MIDDLE")
    assert [acme.order(order_id).lines[0].allocated for order_id in ("OLD", "MIDDLE")] == [1, 0]


@pytest.mark.parametrize("through", ["count", "adjustment"])
def test_law_13_what_only_processed_orders_hold_is_refused_by_name(through: str) -> None:
    """Somebody must walk to the picking table: the error says for which orders."""
    acme = _with_holders()
    before = dump(acme, ["OLD", "MIDDLE", "YOUNG"])
    changes: dict[str, Callable[[], object]] = {
        "count": lambda: acme.count_stock("C1", {"A": 1, "B": 5}),
        "adjustment": lambda: acme.adjust_stock("C1", {"A": -5, "B": 5}),
    }
    with pytest.raises(StockBelowProcessed, match=r"1 units of 'A' in 'MAIN' .* \(YOUNG\)"):
        changes[through]()
    assert dump(acme, ["OLD", "MIDDLE", "YOUNG"]) == before


def test_law_13_of_many_processed_orders_the_last_few_are_named() -> None:
    """An error is for reading: the rest can be looked up."""
    acme = new_seller()
    acme.book_in("R1", {"A": 9})
    for number in range(9):
        acme.place_order(f"O{number}", {"A": 1})
        acme.process_order(f"O{number}")
    with pytest.raises(StockBelowProcessed) as refused:
        acme.count_stock("C1", {"A": 2})
    assert refused.value.order_ids == ("O4", "O5", "O6", "O7", "O8")


def test_law_13_more_than_there_is_cannot_go() -> None:
    """A shelf does not hold fewer than no units: the adjustment is a slip of the pen."""
    acme = _with_holders()
    with pytest.raises(StockBelowZero, match="'A' has 6 units on hand in 'MAIN'"):
        acme.adjust_stock("J1", {"A": -7})
    with pytest.raises(StockBelowZero, match="'B' has 0 units on hand in 'EAST'"):
        acme.adjust_stock("J2", {"B": -1}, warehouse="EAST")
    assert acme.stock("A")[0].on_hand == 6


def test_law_13_only_the_units_of_the_shelf_that_was_counted_are_lost() -> None:
    """What lies in another warehouse is still there."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1}, warehouse="EAST")
    acme.book_in("R2", {"A": 2}, warehouse="WEST")
    acme.place_order("OLD", {"A": 1}, warehouse="WEST", placed_at=PLACED[0])
    acme.place_order("YOUNG", {"A": 2}, placed_at=PLACED[1])
    assert acme.count_stock("C1", {"A": 0}, warehouse="EAST").lost == ("YOUNG",)
    assert not acme.order("OLD").is_on_back_order
    assert acme.order("YOUNG").shortages == {"A": 1}


def test_law_13_who_holds_units_elsewhere_loses_none_though_he_is_behind() -> None:
    """What he would lose is no use on the shelf that was counted, and would go to the other."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1}, warehouse="EAST")
    acme.place_order("OLD", {"A": 1}, placed_at=PLACED[0])
    acme.book_in("R2", {"A": 1}, warehouse="WEST")
    acme.place_order("YOUNG", {"A": 1}, placed_at=PLACED[1])
    assert acme.count_stock("C1", {"A": 0}, warehouse="EAST").lost == ("OLD",)
    assert not acme.order("YOUNG").is_on_back_order


def test_law_13_a_long_line_of_holders_is_read_to_its_end() -> None:
    """Holders are read a page at a time, and what one loses helps on the next page too."""
    acme = new_seller()
    acme.book_in("R1", {"A": 250})
    for number in range(250):
        acme.place_order(f"O{number:03}", {"A": 1})
    lost = acme.count_stock("C1", {"A": 30}).lost
    assert lost == tuple(f"O{number:03}" for number in range(30, 250))


def test_law_13_a_yield_loser_may_have_given_back_what_the_next_sku_lacks() -> None:
    """The second SKU of the count has already come back: nobody else need lose it."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1, "B": 3})
    acme.place_order("OTHER", {"B": 2})
    acme.place_order("Y", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD, placed_at=PLACED[0])
    assert acme.count_stock("C1", {"A": 0, "B": 2}).lost == ("Y",)


@given(
    _plain, st.integers(0, 6), st.integers(1, 20), st.sampled_from(ORDER_IDS), st.integers(-1, 4)
)
def test_law_14_reallocating_takes_from_the_lowest_rank_what_helps(
    orders: list[Call], first: int, stock: int, order_id: str, priority: int
) -> None:
    """For orders that keep what they get there is one right outcome: here it is, counted out."""
    acme = play(orders[:first])
    acme.book_in("R1", {"A": stock})
    play(orders[first:], acme)
    before = dump(acme)
    if order_id not in before.orders:
        return
    acme.prioritise_order(order_id, priority, reallocate=True)
    after = dump(acme)
    rank = after.orders[order_id].rank
    expected = {one: held(order, "A") for one, order in before.orders.items()}
    short = before.orders[order_id].shortages.get("A", 0)
    behind = sorted(
        (order for order in before.orders.values() if order.rank > rank), key=lambda o: o.rank
    )
    ahead_is_short = any(
        order.is_on_back_order and order.rank < rank and order.order_id != order_id
        for order in before.orders.values()
    )
    if not ahead_is_short:
        for loser in reversed(behind):
            if loser.order_id != order_id:
                moved = min(expected[loser.order_id], short)
                expected[loser.order_id] -= moved
                expected[order_id] += moved
                short -= moved
    assert {one: held(order, "A") for one, order in after.orders.items()} == expected


@given(histories(), st.sampled_from(ORDER_IDS), st.integers(-1, 4), st.booleans())
def test_law_14_nobody_ahead_loses_and_nothing_is_taken_in_vain(
    history: list[Call], order_id: str, priority: int, reallocate: bool
) -> None:
    """Whoever asks for units must get what others lose; and without asking nobody loses any."""
    acme = play(history)
    before = dump(acme)
    result = Call("prioritise_order", (order_id, priority), (("reallocate", reallocate),)).on(acme)
    if isinstance(result, BackordersError):
        assert dump(acme) == before
        return
    assert isinstance(result, Reprocessed)
    after = dump(acme)
    rank = after.orders[order_id].rank
    assert not result.lost or reallocate
    assert all(after.orders[loser].rank > rank for loser in result.lost)
    gained: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for sku in SKUS:
        gained[sku] = held(after.orders[order_id], sku) - held(before.orders[order_id], sku)
        for loser in result.lost:
            if after.orders[loser].claim is ClaimPolicy.HOLD:
                lost = held(before.orders[loser], sku) - held(after.orders[loser], sku)
                taken[sku] += max(lost, 0)
    assert all(taken[sku] <= gained[sku] for sku in SKUS)
    assert not result.lost or any(gained.values())


def test_law_14_someone_ahead_who_is_short_would_get_the_units() -> None:
    """Taking a unit that goes to the order ahead helps neither the urgent one nor trust."""
    acme = new_seller()
    acme.book_in("R1", {"A": 4})
    acme.place_order("HOLDER", {"A": 4})
    acme.place_order("AHEAD", {"A": 1}, priority=9)
    acme.place_order("URGENT", {"A": 2})
    assert acme.prioritise_order("URGENT", 5, reallocate=True) == Reprocessed()
    assert not acme.order("HOLDER").is_on_back_order
    assert acme.order("URGENT").priority == 5


def _with_somebody_who_yields(units: int, urgent: int) -> tuple[Seller, Reprocessed]:
    """Raise URGENT, behind AHEAD; LOW holds a unit, and YIELDS holds some that it gives back."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1}, warehouse="EAST")
    acme.book_in("R2", {"A": units}, warehouse="WEST")
    acme.place_order("LOW", {"A": 1}, warehouse="EAST", priority=-1)
    acme.place_order("YIELDS", {"A": units}, claim=ClaimPolicy.YIELD)
    acme.place_order("AHEAD", {"A": 1}, priority=9)
    acme.place_order("URGENT", {"A": urgent})
    return acme, acme.prioritise_order("URGENT", 5, reallocate=True)


@pytest.mark.parametrize(("urgent", "gets"), [(1, 1), (2, 2), (3, 2)])
def test_law_14_units_that_would_go_ahead_help_once_those_ahead_are_served(
    urgent: int, gets: int
) -> None:
    """Two units come back together: one goes ahead, and LOW's is the second for URGENT."""
    acme, moved = _with_somebody_who_yields(2, urgent)
    assert acme.order("URGENT").units_held == {"A": gets}
    assert not acme.order("AHEAD").is_on_back_order
    assert ("LOW" in moved.lost) == (urgent > 1)


def test_law_14_nobody_loses_in_vain_where_more_comes_back_than_was_taken() -> None:
    """Three units come back together: enough for AHEAD and URGENT, so that LOW keeps its own."""
    acme, moved = _with_somebody_who_yields(3, 2)
    assert acme.order("URGENT").units_held == {"A": 2}
    assert moved.lost == ("YIELDS",)
    assert not acme.order("LOW").is_on_back_order


def test_law_14_without_reallocate_a_priority_takes_nothing() -> None:
    """It decides who is next, not who has been."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1})
    acme.place_order("HOLDER", {"A": 1})
    acme.place_order("URGENT", {"A": 1})
    assert acme.prioritise_order("URGENT", 9) == Reprocessed()
    assert acme.prioritise_order("URGENT", 9, reallocate=True) == Reprocessed(
        released=("URGENT",), lost=("HOLDER",)
    )


def test_law_14_one_sku_may_help_though_another_does_not() -> None:
    """Units of B would go to somebody ahead: they stay, while those of A are taken."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2, "B": 2})
    acme.place_order("HOLDER", {"A": 2, "B": 2})
    acme.place_order("AHEAD", {"B": 1}, priority=9)
    acme.place_order("URGENT", {"A": 2, "B": 1})
    done = acme.prioritise_order("URGENT", 5, reallocate=True)
    assert done == Reprocessed(gained=("URGENT",), lost=("HOLDER",))
    assert acme.order("HOLDER").shortages == {"A": 2}


def test_law_14_a_yield_order_that_would_not_be_completed_takes_nothing() -> None:
    """Half of what it lacks is of no use to it."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("HOLDER", {"A": 2})
    acme.place_order("Y", {"A": 3}, claim=ClaimPolicy.YIELD)
    assert acme.prioritise_order("Y", 5, reallocate=True) == Reprocessed()
    acme.book_in("R2", {"A": 1})
    assert acme.prioritise_order("Y", 6, reallocate=True).released == ("Y",)


def test_law_14_a_pinned_order_takes_units_of_its_own_warehouse_alone() -> None:
    """A unit elsewhere does not help it, however low its holder ranks."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1}, warehouse="EAST")
    acme.book_in("R2", {"A": 1}, warehouse="WEST")
    acme.place_order("IN_EAST", {"A": 1}, warehouse="EAST", placed_at=PLACED[0])
    acme.place_order("IN_WEST", {"A": 1}, warehouse="WEST", placed_at=PLACED[1])
    acme.place_order("URGENT", {"A": 1}, warehouse="EAST")
    assert acme.prioritise_order("URGENT", 5, reallocate=True).lost == ("IN_EAST",)
    assert not acme.order("IN_WEST").is_on_back_order


def test_law_14_a_loser_gives_up_the_last_warehouse_first() -> None:
    """Giving up mirrors drawing, whoever asks for it (law 6)."""
    acme = new_seller()
    acme.configure(warehouses=["WEST", "EAST"])
    acme.book_in("R1", {"A": 1, "B": 1}, warehouse="EAST")
    acme.book_in("R2", {"A": 1}, warehouse="WEST")
    acme.place_order("HOLDER", [("B", 1), ("A", 1), ("A", 1)])
    acme.place_order("URGENT", {"A": 1})
    acme.prioritise_order("URGENT", 5, reallocate=True)
    kept = acme.order("HOLDER").lines
    assert [a.warehouse for line in kept for a in line.allocations] == ["EAST", "WEST"]
    assert [a.warehouse for a in acme.order("URGENT").lines[0].allocations] == ["EAST"]


@given(histories(), calls)
def test_law_13_and_14_nobody_else_loses_by_any_other_call(history: list[Call], last: Call) -> None:
    """Only stock that is gone, and an order that is more urgent, may take what somebody holds."""
    acme = play(history)
    before = dump(acme)
    last.on(acme)
    if last.name in {"count_stock", "adjust_stock", "prioritise_order"}:
        return
    after = dump(acme)
    for order_id, known in before.orders.items():
        if order_id not in about(last):
            assert all(held(after.orders[order_id], sku) >= held(known, sku) for sku in SKUS)


def test_law_13_who_has_given_everything_back_already_is_asked_for_nothing_more() -> None:
    """A stocktake of two SKUs: the YIELD order gives back both at the first, and is passed by."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2, "B": 3})
    acme.place_order("OLD", {"A": 1, "B": 2})
    acme.place_order("YOUNG", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD)
    done = acme.count_stock("C1", {"A": 1, "B": 1})
    assert done == Reprocessed(lost=("OLD", "YOUNG"))
    assert acme.order("OLD").shortages == {"B": 1}
    assert acme.order("YOUNG").shortages == {"A": 1, "B": 1}


def test_law_13_who_holds_nothing_there_is_left_alone_and_nobody_is_asked_in_vain() -> None:
    """The lowest in rank has its units elsewhere; the second has enough, so the third is not read.

    A YIELD order that lost nothing keeps all it has.
    """
    acme = new_seller()
    acme.book_in("R1", {"A": 2}, warehouse="EAST")
    acme.book_in("R2", {"A": 4}, warehouse="MAIN")
    acme.place_order("O1", {"A": 2}, warehouse="EAST", claim=ClaimPolicy.YIELD)
    for name in ("O2", "O3"):
        acme.place_order(name, {"A": 2}, warehouse="MAIN")
    shelf = Shelf()
    sku, main = Sku("A"), WarehouseId("MAIN")
    shelf.put([sku], acme.stock("A"))
    orders = [acme.order(name) for name in ("O1", "O2", "O3")]
    holders = iter(orders)
    taken = list(take(holders, shelf, sku, main, lambda: 2 - shelf.available(sku)))
    assert [(holder.order_id, loser.units_held) for holder, loser in taken] == [("O2", {})]
    assert [*holders] == orders[2:]


_RAISED = [
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 2}, warehouse="EAST"),
            call("book_in", "R1", {"OIL": 1}, warehouse="MAIN"),
            call("book_in", "R2", {"OIL": 1}, warehouse="EAST"),
            call("place_order", "O0", {"TEA": 2, "OIL": 2}, claim=ClaimPolicy.YIELD),
            call("place_order", "O1", {"JAM": 1}),
            call("place_order", "O2", {"OIL": 1}),
            call("place_order", "O3", {"TEA": 1}),
            call("place_order", "O4", {"TEA": 2}, priority=2),
        ],
        "O3",
        {"O0": {"TEA EAST": 2, "OIL EAST": 1, "OIL MAIN": 1}},
        id="all or nothing would go ahead",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"TEA": 1}),
            call("place_order", "O1", {"TEA": 1}),
            call("place_order", "O2", {"TEA": 1}, priority=2),
        ],
        "O1",
        {"O0": {"TEA MAIN": 1}},
        id="the unit would go ahead",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 1}, warehouse="EAST"),
            call("book_in", "R1", {"JAM": 1}, warehouse="EAST"),
            call("place_order", "O0", {"OIL": 1, "JAM": 1}, claim=ClaimPolicy.YIELD),
            call("place_order", "O1", {"OIL": 1}),
            call("place_order", "O2", {"JAM": 1}, priority=2),
        ],
        "O1",
        {"O1": {"OIL EAST": 1}, "O2": {"JAM EAST": 1}},
        id="given back besides, it serves who is ahead",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"JAM": 3}, warehouse="MAIN"),
            call("place_order", "O0", {"JAM": 2}, claim=ClaimPolicy.YIELD),
            call("place_order", "O1", {"JAM": 1}),
            call("place_order", "O2", {"JAM": 2}),
            call("place_order", "O3", {"JAM": 1}, priority=2),
        ],
        "O2",
        {"O2": {"JAM MAIN": 2}, "O3": {"JAM MAIN": 1}},
        id="once who is ahead is served, more helps",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 2}, warehouse="EAST"),
            call("book_in", "R1", {"JAM": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"TEA": 1}),
            call("place_order", "O1", {"JAM": 1}),
            call("place_order", "O2", {"TEA": 2, "JAM": 1}),
            call("place_order", "O3", {"JAM": 1}, priority=2),
        ],
        "O2",
        {"O1": {"JAM MAIN": 1}, "O2": {"TEA EAST": 2}},
        id="one product helps, the other would go ahead",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 1}, warehouse="EAST"),
            call("book_in", "R1", {"TEA": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"OIL": 1, "TEA": 1}),
            call("place_order", "O1", {"OIL": 1, "TEA": 1}),
            call("place_order", "O2", {"TEA": 1}, priority=2),
        ],
        "O1",
        {"O0": {"TEA MAIN": 1}, "O1": {"OIL EAST": 1}},
        id="of two products of one order, one helps",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 2}, warehouse="MAIN"),
            call("book_in", "R1", {"TEA": 1}, warehouse="EAST"),
            call("place_order", "O0", {"TEA": 3}),
            call("place_order", "O1", {"TEA": 3}),
            call("place_order", "O2", {"TEA": 1}, warehouse="EAST", priority=2),
        ],
        "O1",
        {"O0": {"TEA EAST": 1}, "O1": {"TEA MAIN": 2}},
        id="of two warehouses of one order, one helps",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"JAM": 3}, warehouse="EAST"),
            call("place_order", "O0", {"JAM": 1}),
            call("place_order", "O1", {"JAM": 2}, claim=ClaimPolicy.YIELD),
            call("place_order", "O2", {"TEA": 1}),
            call("place_order", "O3", {"JAM": 1}),
            call("place_order", "O4", {"JAM": 2}, claim=ClaimPolicy.YIELD, priority=2),
        ],
        "O3",
        {"O1": {"JAM EAST": 2}, "O3": {"JAM EAST": 1}},
        id="who is ahead takes all or nothing, and takes it",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 7}, warehouse="EAST"),
            call("place_order", "O0", {"OIL": 1}),
            call("place_order", "O1", {"OIL": 3}, claim=ClaimPolicy.YIELD),
            call("place_order", "O2", {"OIL": 1}),
            call("place_order", "O3", {"OIL": 4}),
            call("place_order", "O4", {"OIL": 2}, priority=2),
        ],
        "O3",
        {"O0": {"OIL EAST": 1}, "O3": {"OIL EAST": 4}, "O4": {"OIL EAST": 2}},
        id="once who is ahead is served, it is the last again who gives first",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 2}, warehouse="MAIN"),
            call("book_in", "R1", {"JAM": 1}, warehouse="EAST"),
            call("place_order", "O0", {"OIL": 1, "JAM": 1}),
            call("place_order", "O1", {"OIL": 1}),
            call("place_order", "O2", {"JAM": 1, "OIL": 2}),
            call("place_order", "O3", {"JAM": 1}, priority=2),
        ],
        "O2",
        {"O0": {"JAM EAST": 1}, "O2": {"OIL MAIN": 2}},
        id="each of two gives what helps",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 1}, warehouse="MAIN"),
            call("book_in", "R1", {"TEA": 1}, warehouse="EAST"),
            call("place_order", "O0", {"TEA": 1}),
            call("place_order", "O1", {"TEA": 1}),
            call("place_order", "O2", {"TEA": 1}),
            call("place_order", "O3", {"TEA": 1}, warehouse="MAIN", priority=2),
        ],
        "O2",
        {"O1": {"TEA MAIN": 1}, "O2": {"TEA EAST": 1}},
        id="what the last holds would go ahead, so the next gives",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 1}, warehouse="MAIN"),
            call("book_in", "R1", {"OIL": 1}, warehouse="EAST"),
            call("place_order", "O0", {"OIL": 2}),
            call("place_order", "O1", {"OIL": 2}),
            call("place_order", "O2", {"OIL": 2}, claim=ClaimPolicy.YIELD, priority=2),
        ],
        "O1",
        {"O0": {"OIL EAST": 1}, "O1": {"OIL MAIN": 1}},
        id="the unit of the last warehouse helps least",
    ),
    pytest.param(
        [
            call("configure", warehouses=["MAIN", "EAST"]),
            call("book_in", "R0", {"TEA": 1}, warehouse="MAIN"),
            call("book_in", "R1", {"TEA": 1}, warehouse="EAST"),
            call("place_order", "O0", {"TEA": 2}),
            call("place_order", "O1", {"TEA": 1}),
            call("place_order", "O2", {"TEA": 1}, warehouse="EAST", priority=2),
        ],
        "O1",
        {"O0": {"TEA EAST": 1}, "O1": {"TEA MAIN": 1}},
        id="in the seller's order of warehouses",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 3}, warehouse="MAIN"),
            call("book_in", "R1", {"OIL": 1}, warehouse="EAST"),
            call("place_order", "O0", {"OIL": 4}, claim=ClaimPolicy.YIELD),
            call("place_order", "O1", {"OIL": 1}),
            call("place_order", "O2", {"OIL": 1}, priority=2),
        ],
        "O1",
        {"O1": {"OIL MAIN": 1}, "O2": {"OIL EAST": 1}},
        id="all is given back, and both are served",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 6}, warehouse="MAIN"),
            call("place_order", "O0", {"OIL": 2}),
            call("place_order", "O1", {"OIL": 3}, claim=ClaimPolicy.YIELD),
            call("place_order", "O2", {"OIL": 1}, claim=ClaimPolicy.YIELD),
            call("place_order", "O3", {"OIL": 3}),
            call("place_order", "O4", {"OIL": 1}, priority=2),
        ],
        "O3",
        {"O0": {"OIL MAIN": 2}, "O3": {"OIL MAIN": 3}, "O4": {"OIL MAIN": 1}},
        id="the last yields its only unit before who ranks higher loses any",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 4}, warehouse="MAIN"),
            call("book_in", "R1", {"JAM": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"TEA": 2}),
            call("place_order", "O1", {"TEA": 2, "JAM": 1}),
            call("place_order", "O2", {"TEA": 2, "JAM": 1}),
            call("place_order", "O3", {"JAM": 1}, priority=2),
        ],
        "O2",
        {"O0": {"TEA MAIN": 2}, "O1": {"JAM MAIN": 1}, "O2": {"TEA MAIN": 2}},
        id="the last gives all that helps before the next gives any",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"TEA": 2}, warehouse="MAIN"),
            call("book_in", "R1", {"TEA": 1}, warehouse="EAST"),
            call("book_in", "R2", {"JAM": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"TEA": 1}, warehouse="EAST"),
            call("place_order", "O1", {"TEA": 1, "JAM": 1}),
            call("place_order", "O2", {"TEA": 1}),
            call("place_order", "O3", {"TEA": 2, "JAM": 1}),
            call("place_order", "O4", {"JAM": 1}, priority=2),
        ],
        "O3",
        {"O0": {"TEA EAST": 1}, "O1": {"JAM MAIN": 1}, "O3": {"TEA MAIN": 2}},
        id="where a unit has helped, the next one is looked for, too",
    ),
    pytest.param(
        [
            call("book_in", "R0", {"OIL": 2, "TEA": 1, "JAM": 1}, warehouse="MAIN"),
            call("place_order", "O0", {"JAM": 1}),
            call("place_order", "O1", {"TEA": 1, "OIL": 1}, claim=ClaimPolicy.YIELD),
            call("place_order", "O2", {"OIL": 1}),
            call("place_order", "O3", {"OIL": 2, "JAM": 1}),
            call("place_order", "O4", {"JAM": 1}, priority=2),
        ],
        "O3",
        {"O0": {"JAM MAIN": 1}, "O3": {"OIL MAIN": 2}},
        id="who gives back all gives back what is read no sooner",
    ),
]
"""What came before, who is raised, and what each order then holds: product and warehouse → units.

O0 and those after it hold what there is, and the last of all waits ahead of the one that is raised.
"""


@pytest.mark.parametrize("page", [100, 1])
@pytest.mark.parametrize(("before", "raised", "holding"), _RAISED)
def test_law_14_only_units_that_come_to_the_order_are_taken_for_it(
    before: list[Call],
    raised: str,
    holding: dict[str, dict[str, int]],
    page: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A unit that would go to somebody ahead is left, unless that one is served by it anyway."""
    monkeypatch.setattr("backorders.usecases.taking._PAGE", page)
    acme = play(before)
    had = {order.order_id: order.units_held for order in acme.orders(limit=9).items}
    lost = acme.prioritise_order(raised, 1, reallocate=True).lost
    orders = acme.orders(limit=9).items
    found = {
        str(order.order_id): {f"{sku} {name}": units for (sku, name), units in held.items()}
        for order in orders
        if (held := order.holding())
    }
    assert found == holding
    fewer = [
        each.order_id
        for each in orders
        if sum(each.units_held.values()) < sum(had[each.order_id].values())
    ]
    assert sorted(lost) == sorted(fewer)


@pytest.mark.parametrize("ahead", [0, 1])
@pytest.mark.parametrize("turned", [False, True])
def test_law_14_what_is_taken_depends_on_no_order_of_lines(turned: bool, ahead: int) -> None:
    """What WHOLE gives back besides is seen before YOUNG is asked, whatever stands on which line.

    Taken the other way round, a unit of B would come back twice, and the second go to WAITS.
    """
    acme = new_seller()
    acme.book_in("R1", {"A": 1, "B": 2, "C": 1})
    acme.place_order("WHOLE", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("YOUNG", {"B": 1})
    acme.place_order("HOLDER", {"C": 1})
    acme.place_order("WAITS", {"B": 1})
    acme.prioritise_order("WAITS", 1)
    # Where C would go to somebody ahead, units are taken one by one.
    acme.place_orders([OrderRequest(f"AHEAD{n}", {"C": 1}, priority=9) for n in range(ahead)])
    lines = [("A", 1), ("B", 1), ("C", 1)]
    acme.place_order("URGENT", lines[::-1] if turned else lines)
    done = acme.prioritise_order("URGENT", 5, reallocate=True)
    assert acme.order("URGENT").units_held == {"A": 1, "B": 1} | ({} if ahead else {"C": 1})
    assert done.lost == (("WHOLE",) if ahead else ("HOLDER", "WHOLE"))


@pytest.mark.parametrize(("before", "raised"), [case.values[:2] for case in _RAISED])
def test_law_14_the_naive_model_takes_the_same(before: list[Call], raised: str) -> None:
    """Else the simulation would take what is right for wrong."""
    acme, model = new_seller(), ModelSeller()
    told: tuple[object, object] = None, None
    for each in [*before, call("prioritise_order", raised, 1, reallocate=True)]:
        asked = command(each.name, *each.args, **dict(each.options))
        model, wanted = expected(model, asked, START)
        told = wanted, observed(asked.on(acme))
    assert told[0] == told[1]
    orders = {order.order_id: shown(order) for order in acme.orders(limit=9).items}
    assert {each: order.shows() for each, order in model.orders.items()} == orders
