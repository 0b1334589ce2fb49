"""Law 10: a YIELD order is given everything or nothing, across all its lines at once."""

from hypothesis import given

from backorders import ClaimPolicy, HoldReason, Replace, SetQuantity
from backorders.application import Seller
from tests.support.histories import Call, calls, histories, new_seller, play
from tests.support.laws import about
from tests.support.state import SKUS, dump, held


def _holding_all_but_two(acme: Seller) -> None:
    """Let Y hold two of A, be short of C and D, and be unable to be completed for want of D."""
    acme.book_in("R1", {"A": 2, "X": 1, "Z": 1})
    acme.place_order("Y", [("X", 1), ("Z", 1), ("A", 2)], claim=ClaimPolicy.YIELD)
    acme.edit_order("Y", Replace("X", "C"), Replace("Z", "D"), allow_back_order=True)
    acme.book_in("R2", {"C": 5})
    acme.book_in("R3", {"A": 1}, warehouse="EAST")


@given(histories(), calls)
def test_law_10_a_yield_order_is_given_everything_or_nothing(
    history: list[Call], last: Call
) -> None:
    """Half a bed in the warehouse is a bed that nobody sleeps in: YIELD leaves it to others."""
    acme = play(history)
    before = dump(acme)
    last.on(acme)
    after = dump(acme)
    for order_id, order in after.orders.items():
        known = before.orders.get(order_id)
        if order.claim is ClaimPolicy.HOLD or known is None:
            continue
        gained = [sku for sku in SKUS if held(order, sku) > held(known, sku)]
        assert not gained or not order.is_on_back_order, f"{order_id} got part of what it lacks"


@given(histories(), calls)
def test_law_10_a_yield_order_that_loses_a_unit_gives_back_the_rest(
    history: list[Call], last: Call
) -> None:
    """Units pinned to an order that can no longer be completed would be of use to nobody."""
    acme = play(history)
    before = dump(acme)
    last.on(acme)
    after = dump(acme)
    for order_id, known in before.orders.items():
        order = after.orders[order_id]
        if order.claim is ClaimPolicy.HOLD or order_id in about(last):
            continue
        lost = [sku for sku in SKUS if held(order, sku) < held(known, sku)]
        assert not lost or not any(held(order, sku) for sku in SKUS)


def test_law_10_a_yield_order_takes_nothing_that_does_not_complete_it() -> None:
    """A later order that can be completed passes: that is what YIELD is for."""
    acme = new_seller()
    acme.place_order("BIG", {"A": 3, "B": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("SMALL", {"A": 2})
    receipt = acme.book_in("R1", {"A": 3})
    assert receipt.released == ("SMALL",)
    assert acme.order("BIG").shortages == {"A": 3, "B": 1}
    acme.book_in("R2", {"A": 2, "B": 1})
    assert not acme.order("BIG").is_on_back_order


def test_law_10_two_lines_of_one_sku_are_completed_together_or_not_at_all() -> None:
    """Each of them could be filled by itself; the order cannot."""
    acme = new_seller()
    acme.book_in("R1", {"A": 4})
    order = acme.place_order("Y", [("A", 3), ("A", 3)], claim=ClaimPolicy.YIELD)
    assert (order.units_held, acme.stock("A")[0].available) == ({}, 4)
    assert acme.book_in("R2", {"A": 2}).released == ("Y",)


def test_law_10_what_a_yield_order_gives_back_goes_to_the_backlog() -> None:
    """Giving back is supply (law 3): it must not wait for the next delivery to be noticed."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2, "B": 2})
    acme.place_order("YIELDING", {"A": 2, "B": 2}, claim=ClaimPolicy.YIELD)
    acme.place_order("WAITING", {"B": 1})
    counted = acme.count_stock("C1", {"A": 1})
    assert (counted.released, counted.lost) == (("WAITING",), ("YIELDING",))
    assert acme.order("YIELDING").shortages == {"A": 2, "B": 2}
    assert acme.stock("B")[0].available == 1


def test_law_10_a_yield_order_keeps_what_it_holds_when_it_is_edited() -> None:
    """The order is short after the edit, but it was not the shelf that failed it."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("Y", {"A": 2}, claim=ClaimPolicy.YIELD)
    edited = acme.edit_order("Y", SetQuantity("A", 3))
    assert (edited.lines[0].allocated, edited.lines[0].shortage) == (2, 1)


def test_law_10_a_loser_short_of_a_sku_that_nobody_touched_gives_back_all_the_same() -> None:
    """What it is short of besides is not on the shelf that the count has locked."""
    acme = new_seller()
    _holding_all_but_two(acme)
    assert acme.count_stock("C1", {"A": 1}).lost == ("Y",)
    assert acme.order("Y").shortages == {"A": 2, "C": 1, "D": 1}


def test_law_10_a_loser_that_the_same_call_completes_is_completed() -> None:
    """One call takes a unit and brings what was lacking: in all, the order can now be completed.

    C is neither counted nor held by the order, and yet it is needed to tell.
    """
    acme = new_seller()
    _holding_all_but_two(acme)
    assert acme.count_stock("C1", {"A": 1, "D": 1}).released == ("Y",)


def test_law_10_a_yield_order_on_back_order_can_be_held_and_released() -> None:
    """A hold concerns no unit, so it must not ask the shelf for any."""
    acme = new_seller()
    acme.place_order("Y", {"A": 1}, claim=ClaimPolicy.YIELD)
    assert len(acme.hold_order("Y", HoldReason.FRAUD_RISK).holds) == 1
    assert acme.release_hold("Y", HoldReason.FRAUD_RISK).holds == ()
