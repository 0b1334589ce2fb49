"""Laws 15 and 16: edits are applied together or not at all, and a replacement must be there."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import (
    Add,
    BackordersError,
    ClaimPolicy,
    Order,
    Remove,
    Replace,
    SetQuantity,
    Stage,
)
from backorders.domain import limits
from backorders.domain.errors import EditRefused, InvalidValue, ReplacementOutOfStock
from backorders.domain.events import OrderEdited
from backorders.domain.values import Sku
from tests.support.histories import (
    PLACED,
    Call,
    edits,
    histories,
    new_seller,
    play,
    skus,
    units,
)
from tests.support.state import ORDER_IDS, SKUS, dump, held

_Edit = Remove | Replace | Add | SetQuantity


def _asked_for(order: Order, named: list[_Edit]) -> Counter[str]:
    """Return SKU → units that the order asks for after the edits, by the words of the edits."""
    wanted: Counter[str] = Counter(dict(order.units.items()))
    for edit in named:
        match edit:
            case Remove(sku=sku):
                del wanted[sku]
            case Add(sku=sku, quantity=more):
                wanted[sku] += more
            case SetQuantity(sku=sku, quantity=exactly):
                wanted[sku] = exactly
            case Replace(sku=sku, by=by, quantity=other):
                there = wanted.pop(sku)
                wanted[by] += there if other is None else other
    return wanted


@given(histories(), st.sampled_from(ORDER_IDS), edits, st.booleans())
def test_law_15_edits_are_applied_together_or_not_at_all(
    history: list[Call], order_id: str, named: list[_Edit], allow: bool
) -> None:
    """A clerk who swaps two products and is refused one must not find the other swapped."""
    acme = play(history)
    before = dump(acme)
    result = Call("edit_order", (order_id, *named), (("allow_back_order", allow),)).on(acme)
    after = dump(acme)
    if isinstance(result, BackordersError):
        assert after == before
        return
    known = before.orders[order_id]
    order = after.orders[order_id]
    assert result == order
    assert order.rank == known.rank
    assert dict(order.units) == dict(_asked_for(known, named))
    for sku in SKUS:
        still_needed = min(held(known, sku), order.units.get(Sku(sku), 0))
        assert held(order, sku) >= still_needed, f"units of {sku} were lost by an edit"
    numbers = [line.line_no for line in order.lines]
    assert numbers == sorted(set(numbers))


@given(histories(), st.sampled_from(ORDER_IDS), skus, skus, st.none() | units)
def test_law_16_a_replacement_is_taken_if_and_only_if_it_is_in_stock(
    history: list[Call], order_id: str, sku: str, by: str, quantity: int | None
) -> None:
    """Whoever replaces what is short by what is short has gained nothing but a new excuse."""
    acme = play(history)
    before = dump(acme)
    order = before.orders.get(order_id)
    if order is None or order.stage is not Stage.OPEN or sku == by or sku not in order.skus:
        return
    wanted = quantity or order.units[Sku(sku)]
    missing = order.shortages.get(by, 0) + wanted - before.available(by, order.warehouse)
    # What the swap frees may complete a YIELD order ahead, which then takes of the target too.
    rivals = [
        other
        for other in before.open_by_rank()
        if other.claim is ClaimPolicy.YIELD and {sku, by} <= set(other.shortages)
    ]
    edited = Call("edit_order", (order_id, Replace(sku, by, quantity))).on(acme)
    if isinstance(edited, ReplacementOutOfStock):
        assert missing > 0 or rivals
        assert edited.available == max(wanted - missing, 0) or rivals
        assert (edited.sku, edited.quantity) == (by, wanted)
        assert dump(acme) == before
        acme.edit_order(order_id, Replace(sku, by, quantity), allow_back_order=True)
    else:
        assert isinstance(edited, Order)
        assert missing <= 0
        assert by not in edited.shortages or edited.claim is ClaimPolicy.YIELD


def test_law_15_an_edit_keeps_the_rank_and_the_units_still_needed() -> None:
    """Changing your mind about the cups does not cost you the kettle, nor your place."""
    acme = new_seller()
    acme.book_in("R1", {"A": 3, "B": 1})
    acme.place_order("O1", {"A": 2, "B": 2})
    acme.place_order("O2", {"A": 2})
    edited = acme.edit_order("O1", SetQuantity("A", 4), Remove("B"), Add("C", 1))
    assert edited.units == {"A": 4, "C": 1}
    assert edited.shortages == {"A": 2, "C": 1}
    assert [(line.line_no, line.sku) for line in edited.lines] == [(1, "A"), (2, "C")]
    acme.book_in("R2", {"A": 2})
    assert acme.order("O1").shortages == {"C": 1}
    assert acme.order("O2").shortages == {"A": 1}


def test_law_15_one_bad_edit_spoils_them_all() -> None:
    """The first edit is fine by itself; nothing of it may remain."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2})
    acme.place_order("O2", {"A": 2})
    before = dump(acme)
    with pytest.raises(EditRefused, match="it has no 'B'"):
        acme.edit_order("O1", SetQuantity("A", 1), Remove("B"))
    assert dump(acme) == before


def test_law_15_more_of_a_sku_goes_on_its_last_line() -> None:
    """What is added comes last, and is given up first."""
    acme = new_seller()
    acme.place_order("O1", [("A", 1), ("B", 1), ("A", 1)])
    edited = acme.edit_order("O1", Add("A", 3))
    assert [(line.line_no, line.quantity) for line in edited.lines] == [(1, 1), (2, 1), (3, 4)]
    edited = acme.edit_order("O1", SetQuantity("A", 7))
    assert [(line.line_no, line.quantity) for line in edited.lines] == [(1, 1), (2, 1), (3, 6)]
    told = acme.history("O1")[-1]
    assert isinstance(told, OrderEdited)
    assert told.units == {"A": 2}


def test_law_16_the_error_says_how_many_there_are() -> None:
    """The clerk's next question is: how many can I have, then?"""
    acme = new_seller()
    acme.book_in("R1", {"B": 2})
    acme.book_in("R2", {"B": 1}, warehouse="EAST")
    acme.place_order("O1", {"A": 4})
    with pytest.raises(ReplacementOutOfStock, match="4 units of 'B' are wanted, 3 are available"):
        acme.edit_order("O1", Replace("A", "B"))
    edited = acme.edit_order("O1", Replace("A", "B", 3))
    assert (edited.units, edited.status.name) == ({"B": 3}, "READY")


def test_law_16_a_pinned_order_counts_its_own_warehouse_alone() -> None:
    """What lies elsewhere is not available to it."""
    acme = new_seller()
    acme.book_in("R1", {"B": 2})
    acme.book_in("R2", {"B": 1}, warehouse="EAST")
    acme.place_order("O1", {"A": 2}, warehouse="EAST")
    with pytest.raises(ReplacementOutOfStock, match="1 are available"):
        acme.edit_order("O1", Replace("A", "B"))


def test_law_16_allow_back_order_lifts_the_check() -> None:
    """The customer would rather wait for the blue one."""
    acme = new_seller()
    acme.book_in("R1", {"B": 1})
    acme.place_order("O1", {"A": 2})
    edited = acme.edit_order("O1", Replace("A", "B"), allow_back_order=True)
    assert edited.shortages == {"B": 1}


@pytest.mark.parametrize("claim", ClaimPolicy)
def test_law_16_a_replacement_joins_a_sku_that_is_on_the_order(claim: ClaimPolicy) -> None:
    """What the order holds of the target stays with it, and does not count as available twice."""
    acme = new_seller()
    acme.book_in("R1", {"B": 5, "A": 1})
    acme.place_order("O1", [("B", 3), ("A", 1), ("A", 1)], claim=claim)
    acme.edit_order("O1", SetQuantity("A", 1))
    assert acme.order("O1").units_held == {"B": 3, "A": 1}
    with pytest.raises(ReplacementOutOfStock, match="3 units of 'B' are wanted, 2 are available"):
        acme.edit_order("O1", Replace("A", "B", 3))
    edited = acme.edit_order("O1", Replace("A", "B", 2))
    assert [(line.line_no, line.allocated) for line in edited.lines] == [(1, 3), (2, 2)]


def test_law_16_a_target_that_is_short_already_has_nothing_to_spare() -> None:
    """The order's own line of the target stands before the replacement."""
    acme = new_seller()
    acme.place_order("Y", {"A": 1, "B": 2}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"B": 2})
    with pytest.raises(ReplacementOutOfStock, match="1 units of 'B' are wanted, 0 are available"):
        acme.edit_order("Y", Replace("A", "B"))
    acme.book_in("R2", {"B": 1})
    assert not acme.edit_order("Y", Replace("A", "B")).is_on_back_order


def test_law_16_a_yield_order_short_of_something_else_may_replace() -> None:
    """The replacement is in stock: that the order will not take it yet is another matter."""
    acme = new_seller()
    acme.book_in("R1", {"B": 1})
    acme.place_order("Y", {"A": 1, "C": 1}, claim=ClaimPolicy.YIELD)
    edited = acme.edit_order("Y", Replace("A", "B"))
    assert edited.shortages == {"B": 1, "C": 1}
    assert acme.stock("B")[0].available == 1
    acme.place_order("Z", {"A": 1, "C": 1}, claim=ClaimPolicy.YIELD)
    with pytest.raises(ReplacementOutOfStock, match="2 units of 'B' are wanted, 1 are available"):
        acme.edit_order("Z", Replace("A", "B", 2))


def test_law_16_what_the_swap_frees_may_go_to_somebody_ahead_with_the_target() -> None:
    """The check is the planner itself: it sees that the rival takes the replacement first."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1, "B": 1})
    acme.place_order("HOLDER", {"A": 1})
    acme.place_order("RIVAL", {"A": 1, "B": 1}, claim=ClaimPolicy.YIELD, placed_at=PLACED[0])
    with pytest.raises(ReplacementOutOfStock, match="0 are available"):
        acme.edit_order("HOLDER", Replace("A", "B"))
    acme.edit_order("HOLDER", Replace("A", "B"), allow_back_order=True)
    assert not acme.order("RIVAL").is_on_back_order
    assert acme.order("HOLDER").shortages == {"B": 1}


def test_law_16_an_edit_means_all_lines_of_the_sku() -> None:
    """The clerk sees products, not line numbers; replacing makes one line, in the first's place."""
    acme = new_seller()
    acme.book_in("R1", {"C": 9})
    acme.place_order("O1", [("B", 1), ("A", 1), ("B", 2), ("A", 2)])
    edited = acme.edit_order("O1", Replace("A", "C"))
    assert [(line.line_no, line.sku, line.quantity) for line in edited.lines] == [
        (1, "B", 1),
        (2, "C", 3),
        (3, "B", 2),
    ]
    assert [line.sku for line in acme.edit_order("O1", Remove("B")).lines] == ["C"]


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ((), "no edit is named"),
        ((Remove("C"),), "it has no 'C'"),
        ((SetQuantity("C", 1),), "it has no 'C'"),
        ((Replace("C", "D"),), "it has no 'C'"),
        ((SetQuantity("A", 2),), "nothing would change"),
        ((SetQuantity("A", 2), SetQuantity("B", 1)), "nothing would change"),
        ((Remove("A"), Remove("B")), "no product would be left"),
    ],
)
def test_law_16_edits_that_do_not_fit_are_refused(named: tuple[_Edit, ...], problem: str) -> None:
    """A call that does nothing is a mistake, and the caller should hear of it."""
    acme = new_seller()
    acme.place_order("O1", {"A": 2, "B": 1})
    before = dump(acme)
    with pytest.raises(EditRefused, match=problem) as caught:
        acme.edit_order("O1", *named, allow_back_order=True)
    assert caught.value.order_id == "O1"
    assert dump(acme) == before


def test_law_16_one_edit_may_change_nothing_if_another_does() -> None:
    """What counts is the call as a whole."""
    acme = new_seller()
    acme.place_order("O1", {"A": 2, "B": 1})
    assert acme.edit_order("O1", SetQuantity("A", 2), Add("B", 1)).units == {"A": 2, "B": 2}


def test_law_15_what_is_told_of_an_edit_is_what_is_different_by_sku() -> None:
    """Whoever follows the history can reckon what is on the order; what stayed is not named."""
    acme = new_seller()
    acme.place_order("O1", {"A": 2, "B": 1, "C": 3})
    named = (SetQuantity("C", 3), Remove("B"), Replace("A", "D", 4))
    acme.edit_order("O1", *named, allow_back_order=True)
    told = acme.history("O1")[-1]
    assert isinstance(told, OrderEdited)
    assert [*told.units.items()] == [("A", -2), ("B", -1), ("D", 4)]


def test_law_15_what_is_new_on_an_order_goes_on_a_line_after_all_others() -> None:
    """Two lines of one number could not be told apart; the first line is number 1."""
    acme = new_seller()
    acme.place_order("O1", {"A": 1, "B": 1, "C": 1})
    edited = acme.edit_order("O1", Add("D", 1), Remove("B"))
    assert [(line.line_no, line.sku) for line in edited.lines] == [(1, "A"), (3, "C"), (4, "D")]
    edited = acme.edit_order("O1", Remove("A"), Remove("C"), Remove("D"), Add("E", 1))
    assert [(line.line_no, line.sku) for line in edited.lines] == [(1, "E")]


def test_a_line_may_be_edited_to_as_much_as_a_line_can_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And to no unit more; nor may there be an edit more than a call can have."""
    acme = new_seller()
    acme.place_order("O1", [("A", limits.QUANTITY - 1), ("A", 1)])
    edited = acme.edit_order("O1", Replace("A", "B"), allow_back_order=True)
    assert edited.units == {"B": limits.QUANTITY}
    acme.place_order("O2", {"A": limits.QUANTITY - 1})
    monkeypatch.setattr(limits, "CALL_SKUS", 2)
    edited = acme.edit_order("O2", Add("A", 1), Add("B", 1))
    assert edited.units == {"A": limits.QUANTITY, "B": 1}
    with pytest.raises(InvalidValue, match="would leave a line of more than 2147483647 units"):
        acme.edit_order("O2", Add("A", 1))
