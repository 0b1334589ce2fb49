"""YIELD instead of HOLD, for an order that waits already: what it gives back, and who gets it."""

import pytest
from hypothesis import given

from backorders import ActionRefused, Add, ClaimPolicy, InvalidType, OrderStatus, Seller, ShipPolicy
from backorders.domain.events import PoliciesChanged
from backorders.domain.values import Sku
from tests.support.clock import START
from tests.support.histories import Call, histories, play
from tests.support.state import dump


def test_who_yields_gives_back_what_others_can_be_completed_with(acme: Seller) -> None:
    """The trap of first come, first served is left by the order in front, which keeps its rank."""
    acme.book_in("R1", {"TEA": 3, "JAM": 1})
    acme.place_order("O1", {"TEA": 3, "JAM": 1, "OIL": 1})
    acme.place_order("O2", {"TEA": 2})
    acme.place_order("O3", {"TEA": 2})
    yielding = acme.change_policies("O1", claim=ClaimPolicy.YIELD)
    assert yielding.claim is ClaimPolicy.YIELD
    assert yielding.shortages == {"TEA": 3, "JAM": 1, "OIL": 1}
    assert acme.order("O2").status is OrderStatus.READY
    assert acme.order("O3").shortages == {"TEA": 1}
    (told,) = [each for each in acme.history("O1") if isinstance(each, PoliciesChanged)]
    given_back = {Sku("TEA"): 3, Sku("JAM"): 1}
    assert told == PoliciesChanged(
        yielding.order_id, START, ShipPolicy.COMPLETE, ClaimPolicy.YIELD, given_back
    )
    assert [order.order_id for order in acme.back_orders().items] == ["O1", "O3"]
    assert acme.book_in("R2", {"TEA": 4, "OIL": 1}).released == ("O1", "O3")


def test_who_holds_takes_what_there_is(acme: Seller) -> None:
    """An order that is to wait no longer for everything at once begins to collect, at once."""
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 3}, claim=ClaimPolicy.YIELD)
    assert acme.change_policies("O1", claim=ClaimPolicy.HOLD).shortages == {"TEA": 1}
    assert acme.stock("TEA")[0].available == 0


def test_who_is_complete_keeps_what_it_has(acme: Seller) -> None:
    """YIELD is about what an order cannot be completed with; and how it ships changes no unit."""
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 2})
    acme.place_order("O2", {"TEA": 2})
    changed = acme.change_policies("O1", ship=ShipPolicy.AS_AVAILABLE, claim=ClaimPolicy.YIELD)
    assert (changed.ship, changed.claim) == (ShipPolicy.AS_AVAILABLE, ClaimPolicy.YIELD)
    assert changed.status is OrderStatus.READY
    told = acme.history("O1")[-1]
    assert isinstance(told, PoliciesChanged)
    assert told.given_back == {}
    assert acme.change_policies("O2", ship=ShipPolicy.AS_AVAILABLE).claim is ClaimPolicy.HOLD


def test_how_it_ships_is_no_reason_to_give_anything_back(acme: Seller) -> None:
    """Neither for who takes what there is, nor for who holds a part since it was edited."""
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 1, "JAM": 1})
    acme.place_order("O2", {"TEA": 1}, claim=ClaimPolicy.YIELD)
    acme.edit_order("O2", Add("JAM", 1))
    for name in ("O1", "O2"):
        changed = acme.change_policies(name, ship=ShipPolicy.AS_AVAILABLE)
        assert changed.units_held == {"TEA": 1}
        (told,) = [each for each in acme.history(name) if isinstance(each, PoliciesChanged)]
        assert told.given_back == {}


def test_what_an_order_has_already_is_a_no_op(acme: Seller) -> None:
    """Nothing is written and nothing told, however often it is said."""
    before = acme.place_order("O1", {"TEA": 2})
    assert acme.change_policies("O1") == before
    again = acme.change_policies("O1", ship=ShipPolicy.COMPLETE, claim=ClaimPolicy.HOLD)
    assert (again, again.version) == (before, before.version)


def test_only_open_orders_change_their_policies(acme: Seller) -> None:
    """What the warehouse has is frozen; a wrong policy is named, and nothing is changed."""
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 2})
    with pytest.raises(InvalidType, match="claim must be a ClaimPolicy"):
        acme.change_policies("O1", claim="yield")  # type: ignore[arg-type]
    acme.process_order("O1")
    with pytest.raises(ActionRefused, match="cannot change the policies of it"):
        acme.change_policies("O1", claim=ClaimPolicy.YIELD)


@given(histories())
def test_yield_instead_of_hold_can_be_tried_for_everybody(history: list[Call]) -> None:
    """What it would release is seen before it is done, and is what it then does."""
    acme = play(history)
    waiting = [order.order_id for order in acme.back_orders(limit=1000).items]
    with acme.what_if() as trial:
        for order_id in waiting:
            trial.change_policies(order_id, claim=ClaimPolicy.YIELD)
        tried, found = dump(trial), trial.difference()
    for order_id in waiting:
        acme.change_policies(order_id, claim=ClaimPolicy.YIELD)
    assert dump(acme) == tried
    still = {order.order_id for order in acme.back_orders(limit=1000).items}
    assert set(found.released) == set(waiting) - still
    assert acme.verify() == ()
