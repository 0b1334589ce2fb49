"""Laws 11 and 12: the outcome hangs on the rules alone, and is told once and net."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, ClaimPolicy, Remove, Replace, SetQuantity, ShipPolicy
from backorders.adapters import memory
from backorders.adapters.memory import MemoryStore
from backorders.domain.allocation import WaitingLine, serve
from backorders.domain.events import (
    LeftBackOrder,
    OrderPlaced,
    UnitsAllocated,
    UnitsTaken,
    WentOnBackOrder,
)
from backorders.domain.order import Order, Rank
from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import UnitOfWork
from tests.support.clock import SettableClock
from tests.support.histories import (
    PLACED,
    Call,
    as_request,
    call,
    calls,
    histories,
    new_seller,
    placings,
    play,
    prioritisings,
    supplies,
)
from tests.support.laws import about
from tests.support.state import SKUS, dump, held


@given(histories(), st.none() | st.lists(st.sampled_from(SKUS)))
def test_law_11_reprocessing_twice_changes_nothing(
    history: list[Call], skus: list[str] | None
) -> None:
    """A nightly job that reprocesses everything, to be on the safe side, must do no harm."""
    acme = play(history)
    acme.reprocess(skus)
    before = dump(acme)
    assert acme.reprocess(skus) == Reprocessed()
    for order_id in before.orders:
        assert acme.reprocess_order(order_id) == Reprocessed()
    assert dump(acme) == before


@given(st.lists(placings(), min_size=1, max_size=6), supplies())
def test_law_11_the_planner_has_nothing_to_give_after_one_walk(
    orders: list[Call], delivery: Call
) -> None:
    """One walk down the queue is enough: a second would find nothing that anybody could take."""
    acme = play(orders)
    queue = dump(acme).open_by_rank()
    delivery.on(acme)
    shelf = Shelf()
    shelf.put([Sku(sku) for sku in SKUS], [level for sku in SKUS for level in acme.stock(sku)])
    assert list(serve([acme.order(order.order_id) for order in queue], shelf)) == []


@given(
    st.lists(placings(), min_size=2, max_size=6, unique_by=lambda placing: placing.args[0]),
    st.dictionaries(st.sampled_from(SKUS), st.integers(1, 6), min_size=2),
    st.randoms(use_true_random=False),
)
def test_law_11_the_order_of_listing_changes_nothing(
    orders: list[Call], delivery: dict[str, int], chance: Random
) -> None:
    """Whichever order came over the wire first, and however the delivery note is sorted."""
    listed = list(delivery.items())
    shuffled, other = list(orders), list(listed)
    chance.shuffle(shuffled)
    chance.shuffle(other)
    one = play([*orders, call("book_in", "R1", dict(listed))])
    two = play([*shuffled, call("book_in", "R1", dict(other))])
    assert dump(one) == dump(two)


class _PatientStore(MemoryStore):
    """A store in memory that lets a commit serve one waiting order only."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = 1
        return uow


@given(histories())
def test_law_11_and_12_how_many_commits_a_call_takes_changes_nothing(history: list[Call]) -> None:
    """A long backlog is served in several commits: who gets what, and who is told, is the same."""
    one, many = new_seller(), new_seller(_PatientStore())
    for call_ in history:
        result, also = call_.on(one), call_.on(many)
        state, other = dump(one), dump(many)
        assert {i: order.lines for i, order in state.orders.items()} == {
            i: order.lines for i, order in other.orders.items()
        }
        assert state.levels == other.levels, "nothing is owed any more"
        if isinstance(result, Reprocessed | BookedIn):
            assert also == result


def test_law_12_a_loss_made_good_in_a_later_commit_is_no_loss() -> None:
    """The order waits at the end of the queue for units that are there: it must not hear of it."""
    acme = new_seller(_PatientStore())
    acme.book_in("R1", {"A": 2})
    acme.place_order("LAST", {"A": 2})
    acme.book_in("R2", {"A": 2}, warehouse="EAST")
    for number in range(3):
        acme.place_order(f"O{number}", {"B": 1}, priority=5)
    before = acme.history("LAST")
    done = acme.count_stock("C1", {"A": 0, "B": 3})
    assert done == Reprocessed(released=("O0", "O1", "O2"))
    assert acme.history("LAST") == before


def test_law_12_the_report_of_several_commits_is_that_of_one() -> None:
    """Who got something in the first and was completed in the second is released, once."""
    first = Reprocessed(released=("A",), gained=("B", "C"), lost=("X",))
    second = Reprocessed(released=("C",), gained=("B", "D"), lost=("Y",))
    told = Reprocessed(released=("A", "C"), gained=("B", "D"), lost=("X", "Y"))
    assert first.then(second) == told
    assert not told.repeated
    receipt = BookedIn(released=("A",), gained=("B", "C"))
    assert receipt.then(second) == BookedIn(released=("A", "C"), gained=("B", "D"))
    assert not receipt.repeated


class _Shuffled:
    """The orders of a unit of work, every answer of which is in reverse where no order is due."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._orders = uow.orders

    def __getattr__(self, name: str) -> object:
        return getattr(self._orders, name)

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        return dict(reversed(list(self._orders.find(order_ids).items())))

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        found = self._orders.waiting(dict(reversed(list(after.items()))), limit)
        return dict(reversed(list(found.items())))

    def waiting_skus(self) -> Collection[Sku]:
        return sorted(self._orders.waiting_skus(), reverse=True)


class _ShufflingStore(MemoryStore):
    """A store in memory that lists whatever it may in another order."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders = _Shuffled(uow)  # type: ignore[assignment]
        return uow


@given(histories(most=10))
def test_law_11_the_order_in_which_a_store_lists_changes_nothing(history: list[Call]) -> None:
    """Two databases hand back the same rows in different orders: who gets a unit is the same."""
    assert dump(play(history)) == dump(play(history, new_seller(_ShufflingStore())))


@given(st.lists(placings(), min_size=2, max_size=5), supplies())
def test_law_11_placing_several_is_placing_one_after_the_other(
    orders: list[Call], stock: Call
) -> None:
    """An import in one transaction gives what the same orders would have got at the counter."""
    requests = [as_request(one) for one in {one.args[0]: one for one in orders}.values()]
    together, alone = play([stock]), play([stock])
    placed = together.place_orders(requests)
    for request in requests:
        alone.place_orders([request])
    assert dump(together) == dump(alone)
    assert [order.order_id for order in placed] == [request.order_id for request in requests]


@given(histories(), calls)
def test_law_12_a_call_tells_the_net_change_of_each_order(history: list[Call], last: Call) -> None:
    """A customer who is told "released" and "back on order" in one breath trusts neither."""
    acme = play(history)
    before = dump(acme)
    last.on(acme)
    after = dump(acme)
    for order_id, order in after.orders.items():
        known = before.orders.get(order_id)
        told = after.histories[order_id][len(before.histories.get(order_id, ())) :]
        kinds = [type(event) for event in told]
        went, left = kinds.count(WentOnBackOrder), kinds.count(LeftBackOrder)
        assert went + left <= 1
        if order.split_from is None or known is not None:
            was = known is not None and known.is_on_back_order
            assert went == (order.is_on_back_order and not was)
            assert left == (was and not order.is_on_back_order and order.stage.name != "CANCELLED")
        if known is not None and order_id not in about(last):
            moved = {sku: held(order, sku) - held(known, sku) for sku in SKUS}
            allocated = [event.units for event in told if isinstance(event, UnitsAllocated)]
            taken = [event.units for event in told if isinstance(event, UnitsTaken)]
            gain = {sku: units for sku, units in moved.items() if units > 0}
            loss = {sku: -units for sku, units in moved.items() if units < 0}
            assert allocated == ([gain] if gain else [])
            assert taken == ([loss] if loss else [])


@given(histories(), supplies() | prioritisings)
def test_law_12_the_result_is_the_net_change_in_rank_order(history: list[Call], last: Call) -> None:
    """The shop mails whoever is listed: each once, and only if something came of it."""
    acme = play(history)
    before = dump(acme)
    result = last.on(acme)
    after = dump(acme)
    if not isinstance(result, Reprocessed | BookedIn):
        return
    orders = sorted(after.orders.values(), key=lambda order: order.rank)

    def moved(order: Order) -> set[int]:
        known = before.orders[order.order_id]
        return {held(order, sku) - held(known, sku) for sku in SKUS}

    released = [
        order.order_id
        for order in orders
        if before.orders[order.order_id].is_on_back_order and not order.is_on_back_order
    ]
    gained = [
        order.order_id
        for order in orders
        if max(moved(order)) > 0 and order.order_id not in released
    ]
    assert list(result.released) == released
    assert list(result.gained) == gained
    if isinstance(result, Reprocessed):
        assert list(result.lost) == [o.order_id for o in orders if min(moved(o)) < 0]


def test_law_12_as_many_units_from_another_warehouse_are_no_loss() -> None:
    """The customer does not care which shelf his goods come from."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2}, warehouse="EAST")
    acme.place_order("O1", {"A": 2})
    acme.book_in("R2", {"A": 2}, warehouse="WEST")
    before = acme.history("O1")
    assert acme.count_stock("C1", {"A": 0}, warehouse="EAST") == Reprocessed()
    assert acme.history("O1") == before
    assert [a.warehouse for a in acme.order("O1").lines[0].allocations] == ["WEST"]


def test_law_12_what_was_lost_of_one_sku_and_got_of_another_is_both() -> None:
    """Net is counted for each SKU: a lost kettle is not made good by a cup."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 1, "B": 2})
    done = acme.count_stock("C1", {"A": 0, "B": 1})
    assert done == Reprocessed(gained=("O1",), lost=("O1",))


def test_law_12_an_order_that_stays_on_back_order_is_not_announced_again() -> None:
    """Cut down, but still short: for the customer nothing has changed."""
    acme = new_seller()
    acme.place_order("O1", {"A": 4})
    acme.edit_order("O1", SetQuantity("A", 2))
    acme.edit_order("O1", Replace("A", "B"), allow_back_order=True)
    kinds = [type(event) for event in acme.history("O1")]
    assert kinds.count(WentOnBackOrder) == 1
    assert LeftBackOrder not in kinds


_CAUSES: Final = [
    (call("book_in", "R9", {"A": 1}), "book_in R9"),
    (call("count_stock", "C9", {"A": 1}), "count_stock C9"),
    (call("adjust_stock", "J9", {"A": 1}), "adjust_stock J9"),
]


@pytest.mark.parametrize(("cause", "because"), _CAUSES, ids=lambda part: str(part)[:10])
def test_law_12_an_event_names_what_caused_it(cause: Call, because: str) -> None:
    """Months later somebody asks why the order went out: the history answers."""
    clock = SettableClock(PLACED[0])
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.place_order("O1", {"A": 1}, claim=ClaimPolicy.YIELD)
    clock.advance(hours=1)
    cause.on(acme)
    assert acme.history("O1") == (
        OrderPlaced(OrderId("O1"), PLACED[0], {Sku("A"): 1}, {}),
        WentOnBackOrder(OrderId("O1"), PLACED[0], {Sku("A"): 1}, "place_order O1"),
        UnitsAllocated(OrderId("O1"), clock.now, {Sku("A"): 1}, because),
        LeftBackOrder(OrderId("O1"), clock.now, because),
    )


_FREEING: Final = [
    (call("cancel_order", "O1"), "cancel_order O1"),
    (call("cancel_expired", older_than=timedelta(minutes=30)), "cancel_expired"),
    (call("edit_order", "O1", Remove("A")), "edit_order O1"),
    (call("change_policies", "O1", claim=ClaimPolicy.YIELD), "change_policies O1"),
    (call("prioritise_order", "O2", 9, reallocate=True), "prioritise_order O2"),
]


@pytest.mark.parametrize(("cause", "because"), _FREEING, ids=lambda part: str(part)[:15])
def test_law_12_who_gets_what_others_gave_up_learns_from_which_call(
    cause: Call, because: str
) -> None:
    """Its own history names the call, and the order that the call was about."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 1, "B": 1})
    clock.advance(hours=1)
    acme.place_order("O2", {"A": 1})
    cause.on(acme)
    assert acme.history("O2")[-1] == LeftBackOrder(OrderId("O2"), clock.now, because)


def test_law_12_what_the_warehouse_gives_back_is_told_of_its_answer() -> None:
    """Nobody has called `cancel_order`, and nobody who asks later is to look for that."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 1})
    acme.process_order("O1")
    acme.place_order("O2", {"A": 1})
    acme.request_cancellation("O1")
    acme.resolve_cancellation("O1", accepted=True)
    told = acme.history("O2")[-1]
    assert isinstance(told, LeftBackOrder)
    assert told.because == "resolve_cancellation O1"


@pytest.mark.parametrize("verb", ["split_order", "process_order"])
def test_law_12_what_a_split_gives_to_its_order_is_told_of_the_split(verb: str) -> None:
    """An order that took all or nothing is given what can ship now by the call that splits it."""
    acme = new_seller()
    acme.book_in("R1", {"A": 1})
    given = {"ship": ShipPolicy.AS_AVAILABLE, "claim": ClaimPolicy.YIELD}
    call("place_order", "O1", {"A": 1, "B": 1}, **given).on(acme)
    call(verb, "O1").on(acme)
    told = [event for event in acme.history("O1") if isinstance(event, UnitsAllocated)]
    assert [(event.units, event.because) for event in told] == [({"A": 1}, f"{verb} O1")]


def test_what_is_told_of_several_products_stands_by_sku() -> None:
    """Whoever compares two reports of the same need not put them in order first."""
    acme = new_seller()
    acme.book_in("R1", {"B": 1, "A": 1})
    acme.place_order("O1", {"B": 2, "A": 2})
    placed, went = acme.history("O1")
    assert isinstance(placed, OrderPlaced)
    assert isinstance(went, WentOnBackOrder)
    assert [[*units] for units in (placed.units, placed.allocated, went.short)] == [["A", "B"]] * 3
