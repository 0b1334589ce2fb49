"""What is advised to be sent completes the orders that it is said to complete."""

from datetime import timedelta
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import (
    Aim,
    Backorders,
    ClaimPolicy,
    InvalidType,
    InvalidValue,
    Remove,
    RestockAdvice,
    Seller,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits
from backorders.domain.advising import tried, within_reach
from backorders.domain.allocation import WaitingOrder
from backorders.domain.order import Rank
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN, OrderId, Sku, WarehouseId
from backorders.ports.storage import Store
from tests.support.clock import START, SettableClock
from tests.support.histories import WAREHOUSES, Call, histories, new_seller, play
from tests.support.rows import rows_of
from tests.support.state import SKUS

_WHERE = WarehouseId(MAIN)
_TEA, _JAM = Sku("TEA"), Sku("JAM")
aims = st.sampled_from(Aim)


@given(
    history=histories(), units=st.integers(1, 12), aim=aims, warehouse=st.sampled_from(WAREHOUSES)
)
def test_what_is_advised_completes_what_it_says(
    history: list[Call], units: int, aim: Aim, warehouse: str
) -> None:
    """Booked in for real, it releases just these orders, and no unit of it lies there unused."""
    store = MemoryStore()
    acme = play(history, new_seller(store))
    before = rows_of(store)
    advice = acme.restock_advice(units=units, aim=aim, warehouse=warehouse)
    assert rows_of(store) == before
    assert advice.warehouse == warehouse
    assert advice.units <= units
    lacked = {order_id: acme.order(order_id).shortages for order_id in advice.completes}
    assert advice.units_completed == sum(sum(short.values()) for short in lacked.values())
    if not advice.lines:
        assert advice.completes == ()
        return
    assert min(advice.lines.values()) > 0
    free = {sku: sum(level.available for level in acme.stock(sku)) for sku in SKUS}
    assert acme.book_in("ADVISED", advice.lines, warehouse=warehouse).released == advice.completes
    for sku in advice.lines:
        assert sum(level.available for level in acme.stock(sku)) <= free[sku]


def _best(acme: Seller, units: int, warehouse: str) -> int:
    """Return the most orders that any delivery of so many units to a warehouse completes."""
    most = 0
    for picked in combinations_with_replacement(SKUS, units):
        with acme.what_if() as trial:
            lines = {sku: picked.count(sku) for sku in set(picked)}
            booked_in = trial.book_in("TRIED", lines, warehouse=warehouse)
            most = max(most, len(booked_in.released))
    return most


@given(history=histories(most=8), units=st.integers(1, 4), warehouse=st.sampled_from(WAREHOUSES))
def test_it_completes_some_where_any_can_be_completed(
    history: list[Call], units: int, warehouse: str
) -> None:
    """Greed is not always best, but it comes to something wherever there is something to come to.

    Where nobody yields, that is; and never to more than there can be.
    """
    acme = play([each for each in history if each.name != "change_policies"])
    best = _best(acme, units, warehouse)
    advice = acme.restock_advice(units=units, warehouse=warehouse)
    assert len(advice.completes) <= best
    waiting = acme.back_orders(limit=1000).items
    if all(order.claim is ClaimPolicy.HOLD for order in waiting):
        assert bool(advice.completes) == bool(best)


def test_orders_cost_what_those_ahead_take(store: Store) -> None:
    """The cheapest is not who lacks least, but who can be reached with least."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.place_order("O1", {"TEA": 5})
    acme.place_order("O2", {"TEA": 1})
    acme.place_order("O3", {"JAM": 2, "OIL": 2})
    acme.place_order("O4", {"OIL": 1})
    assert acme.restock_advice(units=4).lines == {"OIL": 3}
    assert acme.restock_advice(units=4).completes == ("O4",)
    assert acme.restock_advice(units=5).lines == {"OIL": 3, "JAM": 2}
    assert acme.restock_advice(units=5).completes == ("O3", "O4")
    assert acme.restock_advice(units=6, aim=Aim.UNITS).completes == ("O1", "O2")
    everything = acme.restock_advice(units=1_000)
    assert (everything.lines, everything.units) == ({"TEA": 6, "OIL": 3, "JAM": 2}, 11)
    assert everything.completes == ("O1", "O2", "O3", "O4")
    assert everything.units_completed == 11


def test_who_yields_is_passed_by_or_completed(acme: Seller) -> None:
    """A YIELD order ahead takes nothing that is not enough for it, and is in nobody's way."""
    acme.place_order("O1 BIG", {"TEA": 9, "OIL": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2 SMALL", {"TEA": 2})
    acme.place_order("O3 OTHER", {"JAM": 2}, claim=ClaimPolicy.YIELD)
    assert acme.restock_advice(units=4).completes == ("O2 SMALL", "O3 OTHER")
    acme.book_in("R1", {"OIL": 1})
    advice = acme.restock_advice(units=11, aim=Aim.UNITS)
    assert advice.completes == ("O1 BIG", "O2 SMALL")
    assert (advice.units, advice.units_completed) == (11, 12)


def test_who_takes_what_was_meant_for_others_is_reckoned_with(acme: Seller) -> None:
    """A YIELD order ahead can be completed with what is sent for those behind: plan anew."""
    acme.place_order("O1 YIELD", {"TEA": 3}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2 HOLD", {"TEA": 4})
    assert acme.restock_advice(units=4).completes == ("O1 YIELD",)
    assert acme.restock_advice(units=7).completes == ("O1 YIELD", "O2 HOLD")


def test_what_others_take_in_the_end_is_told_and_what_nobody_takes_is_not_sent(
    acme: Seller,
) -> None:
    """What was meant for the two behind goes to the first, who yields: then that is the plan."""
    acme.place_order("O1", {"TEA": 3, "JAM": 3}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"JAM": 3})
    acme.place_order("O3", {"TEA": 3, "OIL": 1}, claim=ClaimPolicy.YIELD)
    advice = acme.restock_advice(units=7)
    assert (advice.lines, advice.completes) == ({"JAM": 3, "TEA": 3}, ("O1",))
    assert acme.book_in("R1", advice.lines).released == ("O1",)


def test_what_was_planned_in_vain_is_planned_anew(acme: Seller) -> None:
    """The two behind are cheapest, until it shows that the one ahead takes what is sent for them.

    Then what it takes is reckoned with, and the rest is enough for one of the two.
    """
    acme.place_order("O1", {"TEA": 1, "JAM": 2}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"TEA": 1})
    acme.place_order("O3", {"JAM": 2})
    advice = acme.restock_advice(units=4)
    assert (advice.lines, advice.completes) == ({"JAM": 2, "TEA": 2}, ("O1", "O2"))


def test_of_what_comes_to_the_same_the_least_is_sent(acme: Seller) -> None:
    """The last order gets some of the oil in any case, and is complete in none."""
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", {"OIL": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"OIL": 4, "TEA": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O3", {"OIL": 4})
    advice = acme.restock_advice(units=4, aim=Aim.UNITS)
    assert (advice.lines, advice.completes) == ({"OIL": 1}, ("O1",))


def test_what_is_left_over_of_a_plan_is_not_sent(acme: Seller) -> None:
    """Planned for one who turns out to get nothing, it would only lie there."""
    acme.place_order("O1", {"JAM": 1, "TEA": 3})
    acme.place_order("O2", {"OIL": 2, "JAM": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O3", {"OIL": 2})
    acme.place_order("O4", {"JAM": 1})
    advice = acme.restock_advice(units=6)
    assert (advice.lines, advice.completes) == ({"TEA": 3, "JAM": 2}, ("O1", "O4"))


def test_of_two_plans_the_better_is_the_one_that_serves_the_aim(acme: Seller) -> None:
    """One order of six units, or two of three together: that is for the caller to say."""
    acme.book_in("R1", {"JAM": 1})
    acme.place_order("O1", {"OIL": 2, "TEA": 4}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"OIL": 2}, claim=ClaimPolicy.YIELD)
    acme.place_order("O3", {"OIL": 4, "JAM": 2}, claim=ClaimPolicy.YIELD)
    acme.place_order("O4", {"TEA": 1})
    assert acme.restock_advice(units=6, aim=Aim.UNITS).completes == ("O1",)
    assert acme.restock_advice(units=6, aim=Aim.ORDERS).completes == ("O2", "O4")


def test_what_the_queue_is_just_being_served_with_comes_first() -> None:
    """Between two commits of a long queue, units lie there that those in front are owed."""
    store = MemoryStore()
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    for name in ("O1", "O2", "O3"):
        acme.place_order(name, {"TEA": 3})
    with store.begin("acme") as uow:
        uow.stock.save([StockLevel(_WHERE, Sku("TEA"), 3, owed=True)])
        uow.commit()
    assert acme.restock_advice(units=1) == RestockAdvice(_WHERE, {}, (), 0)
    advice = acme.restock_advice(units=3)
    assert (advice.lines, advice.completes) == ({"TEA": 3}, ("O1", "O2"))
    assert acme.book_in("R1", advice.lines).released == advice.completes


def test_only_orders_that_may_draw_there_are_sent_for(acme: Seller) -> None:
    """What lies in one warehouse is of no use to an order that draws on another."""
    acme.place_order("O1 WEST", {"TEA": 1}, warehouse="WEST")
    acme.place_order("O2 ANY", {"TEA": 2})
    assert acme.restock_advice(units=9, warehouse="EAST").completes == ("O2 ANY",)
    assert acme.restock_advice(units=9, warehouse="WEST").completes == ("O1 WEST", "O2 ANY")


def test_units_elsewhere_are_of_no_use_to_an_order_that_may_not_draw_on_them(
    acme: Seller,
) -> None:
    """They are not sent any less for it; whoever may draw on them takes them first."""
    acme.place_order("O1 WEST", {"TEA": 3}, warehouse="WEST")
    acme.book_in("R1", {"TEA": 5}, warehouse="EAST")
    advice = acme.restock_advice(units=4, warehouse="WEST")
    assert (advice.lines, advice.completes) == ({"TEA": 3}, ("O1 WEST",))
    acme.place_order("O2 ANY", {"TEA": 6}, claim=ClaimPolicy.YIELD)
    advice = acme.restock_advice(units=9, warehouse="WEST")
    assert (advice.lines, advice.completes) == ({"TEA": 4}, ("O1 WEST", "O2 ANY"))


def test_what_is_sent_most_of_stands_first(acme: Seller) -> None:
    """Ties stand by SKU, however the orders name them."""
    acme.place_order("O1", {"OIL": 2, "TEA": 5, "JAM": 2, "NUT": 7})
    assert [*acme.restock_advice(units=16).lines] == ["NUT", "TEA", "JAM", "OIL"]


def test_a_yield_order_needs_only_what_is_not_there_yet(acme: Seller) -> None:
    """What lies on the shelf it takes from there, with the last unit that it waits for."""
    acme.place_order("O1", {"TEA": 9, "OIL": 2, "JAM": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R1", {"TEA": 5, "OIL": 2, "JAM": 3})
    assert acme.restock_advice(units=3).completes == ()
    advice = acme.restock_advice(units=4)
    assert (advice.lines, advice.completes) == ({"TEA": 4}, ("O1",))


def test_a_yield_order_that_is_passed_by_costs_those_behind_nothing(acme: Seller) -> None:
    """Two small orders behind a large one that takes all or nothing are completed before it."""
    acme.place_order("O1 YIELD", {"TEA": 6}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"TEA": 2})
    acme.place_order("O3", {"TEA": 2})
    advice = acme.restock_advice(units=6)
    assert (advice.lines, advice.completes) == ({"TEA": 4}, ("O2", "O3"))
    assert acme.restock_advice(units=10).completes == ("O1 YIELD", "O2", "O3")


def test_two_yield_orders_cost_what_they_take_together(acme: Seller) -> None:
    """The first of them is not passed by when there is enough for both."""
    acme.place_order("O1", {"TEA": 3}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"TEA": 2}, claim=ClaimPolicy.YIELD)
    assert acme.restock_advice(units=4).completes == ("O2",)
    assert acme.restock_advice(units=5).completes == ("O1", "O2")


def test_who_is_about_as_cheap_is_served_by_rank(acme: Seller) -> None:
    """The greed is only so exact: of what is at most half as dear again, the first goes first."""
    acme.place_order("O1", {"TEA": 6})
    acme.place_order("O2", {"OIL": 4})
    acme.place_order("O3", {"JAM": 5})
    assert acme.restock_advice(units=10).completes == ("O1", "O2")


def test_a_yield_order_may_use_up_what_lies_there_of_another_sku(acme: Seller) -> None:
    """Only units of what is sent tell whether there is still something for those behind."""
    acme.place_order("O1", {"TEA": 1, "OIL": 5}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"TEA": 1})
    acme.book_in("R1", {"OIL": 5})
    assert acme.restock_advice(units=2).completes == ("O1", "O2")


def test_no_more_skus_are_advised_than_one_delivery_can_have(acme: Seller) -> None:
    """10,000 of them: what is advised can be booked in by one call."""
    acme.place_order("O1 LARGE", {f"S{number}": 1 for number in range(limits.CALL_SKUS)})
    acme.place_order("O2", {"TEA": 1})
    every = limits.QUANTITY
    assert acme.restock_advice(units=every).completes == ("O2",)
    acme.edit_order("O1 LARGE", Remove("S0"))
    assert acme.restock_advice(units=every).completes == ("O1 LARGE", "O2")
    acme.place_order("O3", {"S1": 1})
    assert acme.restock_advice(units=every).completes == ("O1 LARGE", "O2", "O3")


def _waiting(
    number: int, lacks: dict[Sku, int], claim: ClaimPolicy = ClaimPolicy.HOLD
) -> WaitingOrder:
    rank = Rank(0, START + timedelta(minutes=number), OrderId(f"O{number}"), OrderId(f"O{number}"))
    return WaitingOrder(rank, None, claim, lacks)


def test_of_a_long_backlog_no_more_is_kept_than_the_units_reach() -> None:
    """For each SKU, that is as many orders as there are units, and those that can be completed."""
    shelf = Shelf()
    shelf.put([_TEA, _JAM], [StockLevel(_WHERE, _TEA, 1)])
    teas = [_waiting(number, {_TEA: 2}) for number in range(9)]
    jams = [_waiting(number, {_JAM: 1}) for number in range(10, 19)]
    both = [_waiting(number, {_JAM: 1, _TEA: 1}) for number in range(20, 29)]
    yields = [_waiting(number, {_JAM: number, _TEA: 1}, ClaimPolicy.YIELD) for number in (1, 3, 4)]
    kept = within_reach([*teas, *jams, *both, *yields], shelf, _WHERE, 3)
    assert list(kept) == [*teas[:2], *jams[:3], *yields[:2]]


def test_a_trial_ends_with_the_units_of_what_is_sent() -> None:
    """Whoever is further back in the backlog gets nothing of it, and is not even looked at."""
    shelf = Shelf()
    shelf.put([_TEA, _JAM], [StockLevel(_WHERE, _TEA, 3), StockLevel(_WHERE, _JAM, 9)])
    orders = [_waiting(number, {_TEA: 1, _JAM: 1}) for number in range(9)]
    backlog = iter(orders)
    completed = tried(backlog, shelf, {_TEA})
    assert [each.rank for each in completed] == [order.rank for order in orders[:3]]
    # The one that shows that nothing is left has been read as well.
    assert [*backlog] == orders[4:]


def test_without_anything_short_there_is_nothing_to_send(acme: Seller) -> None:
    """No advice is no lines; nor is there any where the units complete nobody."""
    assert acme.restock_advice(units=5) == RestockAdvice(_WHERE, {}, (), 0)
    acme.place_order("O1", {"TEA": 6})
    assert acme.restock_advice(units=5) == RestockAdvice(_WHERE, {}, (), 0)


def test_a_wrong_argument_is_named(acme: Seller) -> None:
    """Nothing is advised for less than a unit, nor for an aim that is none."""
    with pytest.raises(InvalidValue, match="units must be"):
        acme.restock_advice(units=0)
    with pytest.raises(InvalidType, match="units"):
        acme.restock_advice(units=2.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="aim must be"):
        acme.restock_advice(units=2, aim="orders")  # type: ignore[arg-type]
