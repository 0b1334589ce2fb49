"""Laws 7 to 9: supply finds whoever waits longest, in the same call, and nothing lies idle."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import ClaimPolicy, Remove, Replace, SetQuantity
from backorders.application import Seller
from backorders.domain.results import Reprocessed
from tests.support.clock import START
from tests.support.histories import (
    PLACED,
    Call,
    call,
    calls,
    cancellings,
    edit_calls,
    histories,
    new_seller,
    placings,
    play,
    splits,
    supplies,
)
from tests.support.laws import about, assert_nobody_overtaken, assert_nothing_idles
from tests.support.state import SKUS, dump, held

_frees = st.one_of(supplies(), cancellings, edit_calls)
_hold = st.just(ClaimPolicy.HOLD)


@given(histories(_frees, most=8), _frees)
def test_law_07_supply_is_given_out_in_the_call_that_made_it(
    history: list[Call], last: Call
) -> None:
    """Nobody has to come round and reprocess: afterwards there is nothing left to be done."""
    acme = play([*history, last])
    before = dump(acme)
    assert acme.reprocess() == Reprocessed()
    assert dump(acme) == before


@given(histories(), st.sampled_from(["O1", "O2", "O3"]))
def test_law_07_an_order_is_not_filled_by_its_own_cancelled_units(
    history: list[Call], order_id: str
) -> None:
    """The demand goes first: whoever leaves the queue leaves it before the units are given out."""
    acme = play([*history, call("cancel_order", order_id)])
    order = dump(acme).orders.get(order_id)
    if order is not None and order.stage.name == "CANCELLED":
        assert not order.units_held
        assert not order.shortages


def _with_queue() -> Seller:
    """Return a seller of whom FIRST holds three of A, and SECOND waits for two."""
    acme = new_seller()
    acme.book_in("R1", {"A": 3})
    acme.place_order("FIRST", {"A": 3, "B": 1}, placed_at=START - timedelta(days=1))
    acme.place_order("SECOND", {"A": 2})
    return acme


@pytest.mark.parametrize(
    "freeing",
    [
        call("cancel_order", "FIRST"),
        call("edit_order", "FIRST", Remove("A")),
        call("edit_order", "FIRST", Replace("A", "C"), allow_back_order=True),
        call("edit_order", "FIRST", SetQuantity("A", 1)),
        call("book_in", "R2", {"A": 2}),
        call("book_in", "R2", {"A": 2}, warehouse="EAST"),
        call("count_stock", "C1", {"A": 5}),
        call("adjust_stock", "J1", {"A": 2}),
        call("prioritise_order", "SECOND", 1, reallocate=True),
        call("cancel_expired", older_than=timedelta(hours=1)),
    ],
    ids=lambda freeing: freeing.name,
)
def test_law_07_each_way_of_freeing_a_unit_releases_who_waits(freeing: Call) -> None:
    """A way that forgets to reprocess leaves goods on the shelf and a customer waiting."""
    acme = _with_queue()
    assert acme.order("SECOND").is_on_back_order
    freeing.on(acme)
    assert not acme.order("SECOND").is_on_back_order


def test_law_07_a_released_split_completes_a_yield_order() -> None:
    """Parted from what it lacks, a YIELD order may be completable from what lies there."""
    acme = new_seller()
    acme.place_order("Y", {"A": 2, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"A": 2})
    split = acme.split_order("Y", move={"B": 1})
    assert not split.original.is_on_back_order
    assert split.created.shortages == {"B": 1}


@given(histories(), calls)
def test_law_08_nobody_is_overtaken(history: list[Call], last: Call) -> None:
    """First come, first served is what the customers were told."""
    acme = play(history)
    before = dump(acme)
    last.on(acme)
    split = about(last) if last.name in {"split_order", "process_order"} else ()
    assert_nobody_overtaken(before, dump(acme), split)


@given(st.lists(placings(claim=_hold), min_size=2, max_size=8), supplies())
def test_law_08_a_delivery_goes_down_the_queue_in_rank_order(
    orders: list[Call], delivery: Call
) -> None:
    """For orders that keep what they get there is one right outcome: here it is, counted out."""
    acme = play(orders)
    before = dump(acme)
    delivery.on(acme)
    after = dump(acme)
    left = Counter({key: level.on_hand for key, level in after.levels.items()})
    for order in sorted(before.orders.values(), key=lambda order: order.rank):
        for sku, wanted in order.shortages.items():
            short = wanted
            for warehouse in sorted({name for _, name in left}):
                here = (
                    min(short, left[sku, warehouse]) if _may_use(order.warehouse, warehouse) else 0
                )
                left[sku, warehouse] -= here
                short -= here
            assert after.orders[order.order_id].shortages.get(sku, 0) == short


def _may_use(pin: str | None, warehouse: str) -> bool:
    return pin in (None, warehouse)


def test_law_08_rank_is_priority_then_age_then_the_first_id_then_its_own() -> None:
    """Each part of the rank decides where those before it tie."""
    acme = new_seller()
    old, young = PLACED[0], PLACED[1]
    acme.place_order("YOUNG", {"A": 1}, placed_at=young)
    acme.place_order("B", {"A": 1}, placed_at=old)
    acme.place_order("a", {"A": 1}, placed_at=old)
    acme.place_order("A", {"A": 2}, placed_at=old)
    acme.place_order("URGENT", {"A": 1}, priority=1)
    acme.split_order("A", move={"A": 1}, new_order_id="Z")
    queue = ["URGENT", "A", "Z", "B", "a", "YOUNG"]
    assert [order.order_id for order in acme.back_orders().items] == queue
    for number, order_id in enumerate(queue):
        receipt = acme.book_in(f"R{number}", {"A": 1})
        assert receipt.released == (order_id,)


def test_law_08_an_order_pinned_elsewhere_is_not_overtaken() -> None:
    """It could not have taken the unit: that is no reason to let the unit lie."""
    acme = new_seller()
    acme.place_order("EASTERN", {"A": 1}, warehouse="EAST")
    acme.place_order("ANYWHERE", {"A": 1})
    assert acme.book_in("R1", {"A": 1}, warehouse="WEST").released == ("ANYWHERE",)
    assert acme.book_in("R2", {"A": 1}, warehouse="EAST").released == ("EASTERN",)


def test_law_08_a_newcomer_with_a_better_rank_takes_nothing_from_those_who_hold() -> None:
    """What was promised stays promised, unless somebody says reallocate."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1})
    acme.place_order("FIRST", {"A": 1})
    newcomer = acme.place_order("URGENT", {"A": 1}, priority=9)
    assert newcomer.shortages == {"A": 1}
    assert not acme.order("FIRST").is_on_back_order


@given(histories(), calls)
def test_law_09_nothing_idles(history: list[Call], last: Call) -> None:
    """A unit on the shelf that somebody waits for is a sale not made."""
    assert_nothing_idles(dump(play([*history, last])))


@given(histories(splits() | supplies(), most=8))
def test_law_09_nothing_idles_after_splits(history: list[Call]) -> None:
    """Parts of an order wait like orders of their own."""
    assert_nothing_idles(dump(play(history)))


def test_law_09_a_freed_unit_completes_an_order_that_waits_for_two_skus() -> None:
    """The other SKU was not touched by the call, and yet it decides."""
    acme = new_seller()
    acme.place_order("Y", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"B": 1})
    assert acme.stock("B")[0].available == 1
    assert acme.book_in("R2", {"A": 1}).released == ("Y",)


def test_law_09_a_long_queue_is_served_to_its_end() -> None:
    """The backlog is read in batches: nobody may fall between two of them."""
    acme = new_seller()
    for number in range(1200):
        claim = ClaimPolicy.YIELD if number % 3 == 0 else ClaimPolicy.HOLD
        lines = {"A": 1, "B": 1} if number % 2 else {"A": 1}
        acme.place_order(f"O{number:04}", lines, claim=claim)
    done = acme.book_in("R1", {"A": 1200, "B": 1200})
    assert done.released == tuple(f"O{number:04}" for number in range(1200))
    assert acme.verify() == ()


def test_law_09_an_impossible_yield_order_ahead_does_not_stop_the_queue() -> None:
    """It takes nothing, so what lies there goes on to the next who can be completed."""
    acme = new_seller()
    for number in range(600):
        acme.place_order(f"BIG{number:03}", {"A": 2, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("SMALL", {"A": 2})
    assert acme.book_in("R1", {"A": 2}).released == ("SMALL",)
    assert held(acme.order("SMALL"), SKUS[0]) == 2
