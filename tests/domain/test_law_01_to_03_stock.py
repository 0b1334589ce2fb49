"""Laws 1 to 3: what stands on a shelf, what of it is pinned, and what counts as supply."""

from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import BackordersError, SetQuantity
from backorders.domain import limits
from backorders.domain.errors import InvalidValue, LevelTooLarge
from backorders.domain.order import Stage
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN, Sku
from tests.support.histories import Call, histories, new_seller, play
from tests.support.laws import assert_levels_agree, units_in_building
from tests.support.state import ORDER_IDS, SKUS, State, dump, held, holding


@given(histories(most=24))
def test_law_01_and_02_allocated_is_the_sum_of_allocations_and_never_more_than_on_hand(
    history: list[Call],
) -> None:
    """A unit promised twice is a customer disappointed; one promised to nobody is money lost."""
    acme = play(history)
    assert_levels_agree(dump(acme))
    assert acme.verify() == ()


@attrs.define
class _Books:
    """On hand as a clerk would keep it: by what was handed in and has left, each paper once."""

    on_hand: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    _seen: set[tuple[str, object]] = attrs.field(factory=set)

    def enter(self, call: Call, before: State) -> None:
        """Enter a call that was not refused."""
        if call.name == "despatch_order":
            order = before.orders[str(call.args[0])]
            if order.stage is Stage.PROCESSED:
                self.on_hand.subtract(holding(order))
        elif call.name in {"book_in", "count_stock", "adjust_stock"}:
            paper = (call.name, call.args[0])
            if paper not in self._seen:
                self._seen.add(paper)
                self._enter_paper(call)

    def _enter_paper(self, call: Call) -> None:
        lines, warehouse = call.args[1], str(dict(call.options)["warehouse"])
        assert isinstance(lines, dict)
        for sku, units in lines.items():
            if call.name == "count_stock":
                self.on_hand[sku, warehouse] = units
            else:
                self.on_hand[sku, warehouse] += units


@given(histories(most=24))
def test_law_02_on_hand_is_the_sum_of_what_came_and_went(history: list[Call]) -> None:
    """Whoever counts the shelf must find what the books say, unless somebody stole."""
    acme = new_seller()
    books = _Books()
    for call in history:
        before = dump(acme)
        if not isinstance(call.on(acme), BackordersError):
            books.enter(call, before)
    stored = {key: level.on_hand for key, level in dump(acme).levels.items()}
    assert +Counter(stored) == +books.on_hand


@given(histories(), st.sampled_from(ORDER_IDS), st.integers(1, 6), st.booleans())
def test_law_03_demand_that_held_nothing_frees_nothing(
    history: list[Call], order_id: str, quantity: int, cancel: bool
) -> None:
    """Giving up a wish puts nothing on the shelf: others get no more than was held."""
    acme = play(history)
    before = dump(acme)
    order = before.orders.get(order_id)
    if order is None or order.stage is not Stage.OPEN:
        return
    sku = order.lines[0].sku
    if cancel:
        acme.cancel_order(order_id)
    elif order.units[sku] > quantity:
        acme.edit_order(order_id, SetQuantity(sku, quantity))
    after = dump(acme)
    assert units_in_building(after) == units_in_building(before)
    freed = {one: held(order, one) for one in SKUS}
    if not cancel:
        freed = {one: max(freed[one] - held(after.orders[order_id], one), 0) for one in SKUS}
    for one in SKUS:
        others = sum(
            held(after.orders[other], one) - held(known, one)
            for other, known in before.orders.items()
            if other != order_id
        )
        # With what is freed, a YIELD order may be completed from what lay idle.
        idle = before.available(one) if any(freed.values()) else 0
        assert 0 <= others <= freed[one] + idle, f"{freed} were freed, others got {others} {one}"


def test_law_03_cancelling_a_shortage_frees_nothing() -> None:
    """The next in line must not be given units that never existed."""
    acme = new_seller()
    acme.place_order("O1", {"A": 4})
    acme.place_order("O2", {"A": 2})
    acme.cancel_order("O1")
    assert acme.order("O2").shortages == {"A": 2}
    assert acme.stock("A") == ()


def test_law_03_a_freed_unit_is_supply() -> None:
    """What a cancelled order held goes to whoever waits, with no delivery in between."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 4})
    acme.place_order("O2", {"A": 3})
    acme.cancel_order("O1")
    assert acme.order("O2").shortages == {"A": 1}


def test_law_01_a_level_that_promises_more_than_it_has_cannot_be_made() -> None:
    """The law holds for the value itself, whatever computes it."""
    assert StockLevel(MAIN, Sku("A"), 3, 3).available == 0
    for on_hand, allocated in [(2, 3), (2, -1), (-1, -1)]:
        with pytest.raises(InvalidValue, match="allocated must be from 0 to what is on hand"):
            StockLevel(MAIN, Sku("A"), on_hand, allocated)


def test_law_01_a_level_cannot_grow_past_what_every_engine_stores() -> None:
    """An overflow in a database column would be an error nobody can read."""
    shelf = Shelf()
    shelf.put([Sku("A")], [StockLevel(MAIN, Sku("A"), limits.LEVEL - 1)])
    shelf.change_on_hand(Sku("A"), MAIN, 1)
    with pytest.raises(LevelTooLarge, match="more units than a level can count"):
        shelf.change_on_hand(Sku("A"), MAIN, 1)


def test_law_02_despatch_lowers_on_hand_and_allocated_alike() -> None:
    """What has left the building is neither on the shelf nor promised any more."""
    acme = new_seller()
    acme.book_in("R1", {"A": 5})
    acme.place_order("O1", {"A": 2})
    acme.process_order("O1")
    acme.despatch_order("O1")
    assert acme.stock("A") == (StockLevel(MAIN, Sku("A"), 3, 0),)
    assert acme.verify() == ()
