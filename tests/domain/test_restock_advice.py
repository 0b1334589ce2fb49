"""What is advised to be sent completes the orders that it is said to complete."""

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
    RestockAdvice,
    Seller,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN, Sku, WarehouseId
from backorders.ports.storage import Store
from tests.support.clock import SettableClock
from tests.support.histories import WAREHOUSES, Call, histories, new_seller, play
from tests.support.rows import rows_of
from tests.support.state import SKUS

_WHERE = WarehouseId(MAIN)
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


def _best(acme: Seller, units: int) -> int:
    """Return the most orders that any delivery of so many units completes."""
    most = 0
    for picked in combinations_with_replacement(SKUS, units):
        with acme.what_if() as trial:
            lines = {sku: picked.count(sku) for sku in set(picked)}
            most = max(most, len(trial.book_in("TRIED", lines).released))
    return most


@given(history=histories(most=8), units=st.integers(1, 4))
def test_it_completes_some_where_any_can_be_completed(history: list[Call], units: int) -> None:
    """Greed is not always best, but it comes to something wherever there is something to come to.

    Where nobody yields, that is; and never to more than there can be.
    """
    acme = play([each for each in history if each.name != "change_policies"])
    best = _best(acme, units)
    advice = acme.restock_advice(units=units)
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
