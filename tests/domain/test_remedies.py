"""What an answer would do is what it then does, and asking leaves no trace."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backorders import (
    Answer,
    Backorders,
    BackordersError,
    BookingIn,
    ClaimPolicy,
    InvalidType,
    InvalidValue,
    Order,
    Prospect,
    Remedies,
    Remove,
    Replace,
    Seller,
    ShipPolicy,
    UnknownOrder,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, call, histories, new_seller, play
from tests.support.rows import rows_of
from tests.support.state import SKUS, dump

MONDAY = START.date()
Real = Callable[[Seller, str, Remedies], object]


class _SmallCommits(MemoryStore):
    """A store in which one commit changes one order, besides those that the call is about."""

    def begin(self, seller_id: str, *, read_only: bool = False):  # type: ignore[no-untyped-def]  # noqa: ANN202
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = 1
        return uow


def _restock(seller: Seller, order_id: str, found: Remedies) -> Order:
    assert found.restock.warehouse is not None
    units = {str(sku): number for sku, number in found.restock.units.items()}
    seller.book_in("R of the answer", units, warehouse=found.restock.warehouse)
    return seller.order(order_id)


REAL: Mapping[str, Real] = {
    "cancel": lambda seller, order_id, _: seller.cancel_order(order_id),
    "remove": lambda seller, order_id, found: seller.edit_order(order_id, *found.remove.edits),
    "replace": lambda seller, order_id, found: seller.edit_order(order_id, *found.replace.edits),
    "restock": _restock,
    "split": lambda seller, order_id, _: seller.split_order(order_id).original,
}


def _answers(found: Remedies) -> dict[str, Answer]:
    return {name: getattr(found, name) for name in REAL}


@pytest.mark.parametrize("make_store", [MemoryStore, _SmallCommits])
@pytest.mark.parametrize("name", REAL)
@settings(max_examples=25)
@given(history=histories(most=8), number=st.integers(0, 9))
def test_a_preview_is_what_the_real_call_then_does(
    name: str, make_store: Callable[[], MemoryStore], history: list[Call], number: int
) -> None:
    """Field by field, the version and the time on back order too; others gain what was told."""
    store = make_store()
    acme = play(history, new_seller(store))
    before = dump(acme)
    rows = rows_of(store)
    # Those on back order first: there is most to be said of them.
    ids = [*before.backlog, *(each for each in before.orders if each not in before.backlog)]
    if not ids:
        return
    order_id = ids[number % len(ids)]
    found = acme.remedies(order_id, ask=SKUS)
    assert rows_of(store) == rows
    assert (found.order_id, found.status) == (order_id, before.orders[order_id].status)
    answer = _answers(found)[name]
    assert answer.reason
    assert answer.possible is (answer.preview is not None)
    if not answer.possible:
        return
    assert repr(REAL[name](acme, order_id, found)) == repr(answer.preview)
    after = dump(acme).orders
    match name:
        case "cancel":
            waited = [each for each in before.backlog if each != order_id]
            released = [each for each in waited if not after[each].is_on_back_order]
            assert list(found.cancel.released) == released
            gained = {e for e in waited if after[e].units_held != before.orders[e].units_held}
            assert set(found.cancel.gained) == gained - set(released)
        case "split":
            created = found.split.created
            assert created is not None
            assert repr(acme.order(created.order_id)) == repr(created)
            assert found.split.ships == acme.order(order_id).units
            assert found.split.waits == created.units
        case "restock":
            assert not after[order_id].is_on_back_order
        case "remove":
            assert not after[order_id].is_on_back_order
            assert found.remove.ships == after[order_id].units
        case _:
            assert {edit.sku for edit in found.replace.edits}.isdisjoint(after[order_id].skus)


@settings(max_examples=25)
@given(history=histories(most=8))
def test_what_is_not_possible_is_refused_for_the_reason_given(history: list[Call]) -> None:
    """The real call says no in the same words; an order in any status has all five answers."""
    acme = play(history)
    for order_id, order in dump(acme).orders.items():
        found = acme.remedies(order_id)
        if not order.is_on_back_order:
            standing = f"Nothing is short: the order is {order.status.name}."
            for idle in (found.remove, found.replace, found.restock):
                assert (idle.possible, idle.reason) == (False, standing)
        refusing: dict[str, Answer] = {"cancel": found.cancel, "split": found.split}
        if found.remove.products:
            refusing["remove"] = found.remove
        for name, answer in refusing.items():
            if not answer.possible and answer.reason != "It is cancelled already.":
                with pytest.raises(BackordersError) as refused:
                    REAL[name](acme, order_id, found)
                assert answer.reason.lower() == f"{refused.value}.".lower()


@settings(max_examples=25)
@given(history=histories(most=8))
def test_each_substitute_is_possible_exactly_if_the_edit_is(history: list[Call]) -> None:
    """Whoever is told that something is there gets it, and a no has the words of the edit."""
    acme = play(history)
    state = dump(acme)
    for order_id in state.backlog:
        for option in acme.remedies(order_id, ask=SKUS).replace.options:
            assert option.available == state.available(option.by, state.orders[order_id].warehouse)
            edit = Replace(option.sku, option.by)
            with acme.what_if() as trial:
                if option.possible:
                    assert repr(trial.edit_order(order_id, edit)) == repr(option.preview)
                else:
                    with pytest.raises(BackordersError) as refused:
                        trial.edit_order(order_id, edit)
                    assert option.reason.lower() == f"{refused.value}.".lower()


class _Shop:
    """Knows what can be sent instead."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self.table = table
        self.asked: list[tuple[str, str]] = []

    def substitutes_for(self, seller_id: str, sku: str) -> Iterable[str]:
        self.asked.append((seller_id, sku))
        return self.table.get(sku, ())


@pytest.fixture
def shop(store_in_memory: MemoryStore) -> Seller:
    """A seller who has substitutes for TEA and JAM."""
    known = _Shop({"TEA": ["MATE", "TEE"], "JAM": ["TEE", "GEL", "JAM"]})
    app = Backorders(
        store_in_memory,
        clock=SettableClock(),
        substitutes=known,
        booking_in=BookingIn(working_days=0),
    )
    return app.seller("acme")


@pytest.fixture
def store_in_memory() -> MemoryStore:
    """An empty store."""
    return MemoryStore()


def test_the_five_answers_to_one_order(shop: Seller) -> None:
    """One page tells a seller all that can be done about an order, and what it would cost whom."""
    shop.book_in("R1", {"TEA": 1, "CUP": 2, "TEE": 9})
    shop.place_order("O1", {"TEA": 3, "CUP": 1}, priority=1)
    shop.place_order("O2", {"TEA": 2, "CUP": 1}, ship=ShipPolicy.AS_AVAILABLE)
    shop.place_order("O3", {"CUP": 1})
    shop.announce_inbound("D1", {"TEA": 2}, expected_on=MONDAY + timedelta(days=1))
    found = shop.remedies("O2")
    assert found.cancel.possible
    assert (found.cancel.released, found.cancel.gained) == (("O3",), ())
    assert found.cancel.reason == "It releases 'O3'."
    assert found.remove.products == ("TEA",)
    assert found.remove.edits == (Remove("TEA"),)
    assert found.remove.ships == {"CUP": 1}
    assert found.remove.reason == "Without 'TEA', 1 of 'CUP' could ship."
    assert [(o.by, o.quantity, o.available, o.possible) for o in found.replace.options] == [
        ("MATE", 2, 0, False),
        ("TEE", 2, 9, True),
    ]
    assert found.replace.edits == (Replace("TEA", "TEE"),)
    assert found.replace.reason == "In stock: 'TEE' instead of 'TEA'."
    assert found.restock.units == {"TEA": 4}
    assert found.restock.warehouse == "MAIN"
    assert found.restock.promise == shop.promise("O2")
    assert found.restock.reason.startswith(
        "4 of 'TEA' at 'MAIN' would release it now, with those ahead served first. As announced: No"
    )
    assert (found.split.ships, found.split.waits) == ({"CUP": 1}, {"TEA": 2})
    assert found.split.reason == "1 of 'CUP' could ship now, and 2 of 'TEA' would wait."


def test_one_substitute_is_not_used_for_two_products(shop: Seller) -> None:
    """All that is replaced is replaced in one edit, which names a SKU once."""
    shop.book_in("R1", {"TEE": 9, "GEL": 1})
    shop.place_order("O1", {"JAM": 1, "TEA": 2})
    found = shop.remedies("O1", ask=("OIL", "GEL")).replace
    assert found.edits == (Replace("JAM", "TEE"),)
    assert [(option.sku, option.by) for option in found.options] == [
        ("JAM", "TEE"),
        ("JAM", "GEL"),
        ("JAM", "OIL"),
        ("TEA", "MATE"),
        ("TEA", "TEE"),
        ("TEA", "OIL"),
        ("TEA", "GEL"),
    ]
    assert not shop.remedies("O1").remove.possible
    shop.cancel_order("O1")
    shop.place_order("O2", {"OIL": 1})
    nothing = shop.remedies("O2").replace
    assert nothing.reason == "No substitute is known: offer some, or ask about one."
    out = shop.remedies("O2", ask=["MATE"]).replace
    assert out.reason == "No substitute is in stock for all that it would replace."


def test_what_would_be_lost_to_somebody_ahead_is_not_replaced_together(shop: Seller) -> None:
    """Each alone is in stock. Both free what lets W complete, which takes a unit of the one."""
    shop.place_order("W", {"JAM": 1, "TEA": 1, "TEE": 1}, priority=1, claim=ClaimPolicy.YIELD)
    shop.place_order("O1", {"JAM": 2, "TEA": 2})
    shop.place_order("W2", {"TEA": 1, "JAM": 1})
    shop.book_in("R1", {"JAM": 1})
    shop.book_in("R2", {"TEA": 1})
    shop.book_in("R3", {"TEE": 2, "GEL": 2})
    assert shop.order("O1").units_held == {"JAM": 1, "TEA": 1}
    found = shop.remedies("O1", ask=["GEL"]).replace
    assert [option.by for option in found.options if option.possible] == ["TEE", "GEL"] * 2
    assert len(found.edits) == 1


def test_a_yield_order_is_asked_for_what_is_not_there_alone(shop: Seller) -> None:
    """It holds nothing, though most of it is there: that is neither removed nor replaced."""
    shop.book_in("R1", {"TEA": 9})
    shop.place_order("O1", {"TEA": 2, "OIL": 1}, claim=ClaimPolicy.YIELD)
    found = shop.remedies("O1", ask=["CUP"])
    assert found.remove.products == ("OIL",)
    assert found.remove.ships == {"TEA": 2}
    assert [option.sku for option in found.replace.options] == ["OIL"]
    assert found.restock.units == {"OIL": 1}
    assert found.cancel.reason == "It holds nothing, so nobody gains by it."


def test_what_those_ahead_take_first_is_to_be_sent_too(shop: Seller) -> None:
    """To the unit: one fewer, and the order would still be short; none for who cannot use it."""
    shop.place_order("ELSEWHERE", {"TEA": 50}, priority=3, warehouse="EAST")
    shop.place_order("WAITS", {"TEA": 5, "OIL": 1}, priority=2, claim=ClaimPolicy.YIELD)
    shop.place_order("AHEAD", {"TEA": 3}, priority=1)
    shop.place_order("O1", {"TEA": 2})
    found = shop.remedies("O1").restock
    assert found.units == {"TEA": 5}
    with shop.what_if() as trial:
        assert "O1" not in trial.book_in("R1", {"TEA": 4}).released
    assert "O1" in shop.book_in("R1", {"TEA": 5}).released


def test_more_than_a_delivery_can_bring_is_not_possible(shop: Seller) -> None:
    """The answer says so, as the call would."""
    for order_id in ("O1", "O2"):
        shop.place_order(order_id, {"TEA": limits.QUANTITY})
    found = shop.remedies("O2").restock
    assert not found.possible
    assert "TEA" in found.reason
    assert found.units == {"TEA": 2 * limits.QUANTITY}


def test_a_queue_that_is_being_served_needs_no_stock(shop: Seller) -> None:
    """Units are there already: to send more would be too much. The receipt's id is left free."""
    for name in ("O1", "O2", "O3"):
        shop.place_order(name, {"TEA": 1})
    with shop._store.begin("acme") as uow:
        assert isinstance(shop._store, MemoryStore)
        usecases.book_in("tried-1", {"TEA": 1}, uow=uow, now=START)
        uow.commit()
    assert shop.remedies("O2").restock.units == {"TEA": 1}
    with shop._store.begin("acme") as uow:
        uow.orders_per_commit = 1
        usecases.book_in("R2", {"TEA": 2}, uow=uow, now=START)
        uow.commit()
    found = shop.remedies("O3").restock
    assert (found.possible, found.promise.prospect) == (False, Prospect.BEING_SERVED)
    assert found.reason == found.promise.reason


def test_what_is_asked_about_is_checked(shop: Seller) -> None:
    """A mistake is named, and so is one of the host's own port."""
    shop.place_order("O1", {"TEA": 1})
    with pytest.raises(InvalidType, match="ask"):
        shop.remedies("O1", ask="TEE")
    with pytest.raises(InvalidValue, match=r"ask\[1\]"):
        shop.remedies("O1", ask=["TEE", ""])
    with pytest.raises(InvalidValue, match="at most 100"):
        shop.remedies("O1", ask=[f"S{number}" for number in range(101)])
    with pytest.raises(UnknownOrder):
        shop.remedies("O9")
    wrong = Backorders(MemoryStore(), substitutes=_Shop({"TEA": [" TEE"]})).seller("acme")
    wrong.place_order("O1", {"TEA": 1})
    with pytest.raises(InvalidValue, match=r"substitutes\[0\]"):
        wrong.remedies("O1")
    with pytest.raises(InvalidType, match="substitutes_for"):
        Backorders(MemoryStore(), substitutes={})  # type: ignore[arg-type]


def test_a_use_case_checks_what_it_is_asked_about_too(shop: Seller) -> None:
    """A host with a transaction of its own calls it without the face, and is told as well."""
    shop.place_order("O1", {"TEA": 1})
    with shop._store.begin("acme") as uow:
        for field, wrong in {
            "ask[0]": {"ask": [""]},
            "substitutes": {"substitutes": {"": ["TEE"]}},
            "substitutes[1]": {"substitutes": {"TEA": ["TEE", ""]}},
        }.items():
            with pytest.raises(InvalidValue) as caught:
                usecases.remedies("O1", uow=uow, now=START, **wrong)  # type: ignore[arg-type]
            assert caught.value.field == field


def test_products_are_named_in_order_whichever_line_they_are_on(shop: Seller) -> None:
    """The same trouble reads the same, however the order was written down."""
    shop.book_in("R1", {"CUP": 1, "BUN": 1})
    shop.place_order("O0", {"TEA": 1})
    shop.place_order("O1", [("TEA", 1), ("JAM", 1), ("CUP", 1), ("BUN", 1)])
    found = shop.remedies("O1")
    assert found.cancel.reason.endswith("goes back on the shelf: 1 of 'BUN' and 1 of 'CUP'.")
    assert found.remove.products == ("JAM", "TEA")
    assert list(found.remove.ships) == ["BUN", "CUP"]
    assert list(found.restock.units) == ["JAM", "TEA"]
    assert found.remove.reason == "Without 'JAM' and 'TEA', 1 of 'BUN' and 1 of 'CUP' could ship."


def test_stock_is_sent_to_where_units_are_drawn_first(shop: Seller) -> None:
    """An order that may draw on any warehouse is helped at the first, a pinned one at its own."""
    shop.configure(warehouses=["WEST", "EAST"])
    shop.place_order("O1", {"TEA": 1})
    shop.place_order("O2", {"TEA": 1}, warehouse="EAST")
    assert shop.remedies("O1").restock.warehouse == "WEST"
    assert shop.remedies("O2").restock.warehouse == "EAST"


def test_so_many_substitutes_can_be_asked_about_and_are_tried(shop: Seller) -> None:
    """A hundred for one product are tried, and no more than a hundred for several."""
    shop.place_order("O1", {"OIL": 1, "RUM": 1})
    found = shop.remedies("O1", ask=[f"S{number}" for number in range(limits.SUBSTITUTES)])
    assert [option.sku for option in found.replace.options] == ["OIL"] * limits.SUBSTITUTES


def test_the_answers_are_the_same_on_every_store(acme: Seller) -> None:
    """And in a trial; and not a byte is written by asking."""
    acme.book_in("R1", {"A": 3, "B": 2})
    acme.place_order("O2", {"A": 2, "C": 1})
    acme.place_order("O3", {"A": 4, "B": 1})
    acme.place_order("O4", {"A": 1})
    before = rows_of(acme._store)
    found = acme.remedies("O3", ask=["B", "E"])
    with acme.what_if() as trial:
        assert trial.remedies("O3", ask=["B", "E"]) == found
    assert rows_of(acme._store) == before
    for name, answer in _answers(found).items():
        assert answer.possible is (name != "replace"), name
    assert found.cancel.released == ("O4",)
    assert found.restock.units == {"A": 3}
    real = call("split_order", "O3").on(acme)
    assert real == type(real)(found.split.preview, found.split.created)  # type: ignore[call-arg]
