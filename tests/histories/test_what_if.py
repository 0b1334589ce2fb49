"""What is tried comes out as it really would, and leaves no trace."""

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import (
    Backorders,
    BookedIn,
    HoldReason,
    Order,
    OrderDifference,
    Replace,
    Reprocessed,
)
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.errors import BackordersError, StoreUnusable
from backorders.domain.order import Allocation
from backorders.domain.stock import Movement, MovementKind, StockLevel
from backorders.domain.values import ReferenceId, Sku, WarehouseId
from backorders.ports.storage import Saved, Store
from backorders.testing.histories import START, History
from backorders.usecases.trying import Overlay
from tests.support.clock import SettableClock
from tests.support.histories import Call, call, calls, histories, new_seller, play
from tests.support.rows import rows_of
from tests.support.state import State, dump
from tests.support.stores import STORES

SEED = 300


class _SmallCommits(MemoryStore):
    """A store in which one commit changes one order, besides those that the call is about."""

    def begin(self, seller_id: str, *, read_only: bool = False):  # type: ignore[no-untyped-def]  # noqa: ANN202
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = 1
        return uow


def _told(result: object) -> object:
    """Return a result in a form that compares, down to what plays no part in equality."""
    if isinstance(result, BackordersError):
        return (type(result), str(result))
    return repr(result)


def _everything(seller: Seller) -> tuple[State, object]:
    """Return all that a seller can see, and the proof that it adds up."""
    state = dump(seller)
    explained = [seller.explain(order_id) for order_id in state.orders]
    return state, (explained, seller.verify(), seller.summary(), seller.restock_report())


@pytest.mark.parametrize("make_store", [MemoryStore, _SmallCommits])
@given(history=histories(most=10), tried=st.lists(calls, min_size=1, max_size=6))
def test_what_is_tried_comes_out_as_it_really_would(
    make_store: Callable[[], MemoryStore], history: list[Call], tried: list[Call]
) -> None:
    """A preview that differs from what then happens is worse than none.

    Every result, error, order, level and event is the same, in however many commits it is done.
    """
    store = make_store()
    acme = play(history, new_seller(store))
    before = rows_of(store)
    with acme.what_if() as trial:
        results = [_told(each.on(trial)) for each in tried]
        expected = _everything(trial)
    assert rows_of(store) == before
    assert [_told(each.on(acme)) for each in tried] == results
    assert _everything(acme) == expected


@pytest.mark.parametrize("name", STORES)
def test_each_call_of_a_history_can_be_tried_first(name: str, tmp_path: Path) -> None:
    """On every store, what is tried comes out as it really does, and not a byte is written."""
    clock = SettableClock(START)
    store = STORES[name](tmp_path)
    app = Backorders(store, clock=clock)
    neighbour, acme = app.seller("neighbour"), app.seller("acme")
    for step, asked in enumerate(islice(History(SEED), 45)):
        clock.advance(hours=3)
        asked.on(neighbour)
        before = rows_of(store)
        with acme.what_if() as trial:
            expected = _told(asked.on(trial))
            then = _seen(trial)
        assert rows_of(store) == before, f"seed {SEED}, step {step}: {asked}"
        assert _told(asked.on(acme)) == expected, f"seed {SEED}, step {step}: {asked}"
        assert _seen(acme) == then, f"seed {SEED}, step {step}: {asked}"
    store.close()


@given(history=histories(most=10), tried=calls)
def test_the_difference_of_one_call_is_what_the_call_reports(
    history: list[Call], tried: Call
) -> None:
    """Who is released, gains or loses is told by the same words in a trial as for good."""
    acme = play(history)
    with acme.what_if() as trial:
        result = tried.on(trial)
        found = trial.difference()
    if isinstance(result, Reprocessed | BookedIn):
        assert found.released == result.released
        assert found.gained == result.gained
    if isinstance(result, Reprocessed):
        assert found.lost == result.lost


@given(history=histories(most=10), tried=st.lists(calls, min_size=1, max_size=6))
def test_the_difference_is_that_between_before_and_after(
    history: list[Call], tried: list[Call]
) -> None:
    """Whoever is not named is as before; units short add up over all orders."""
    acme = play(history)
    before = dump(acme)
    with acme.what_if() as trial:
        play(tried, trial)
        found = trial.difference()
        after = dump(trial)
    named: dict[str, OrderDifference] = {each.order_id: each for each in found.orders}
    assert len(named) == len(found.orders)
    for order_id, order in after.orders.items():
        was = before.orders.get(order_id)
        if order_id in named:
            assert (named[order_id].before, named[order_id].after) == (was, order)
            assert was is None or _content(was) != _content(order)
        else:
            assert was is not None
            assert _content(was) == _content(order)
    short_before, short_after = _short(before), _short(after)
    assert found.units_short == {
        sku: units
        for sku in sorted(short_before.keys() | short_after.keys())
        if (units := short_after.get(sku, 0) - short_before.get(sku, 0))
    }
    waited = {order.order_id for order in before.open_by_rank()}
    waits = {order.order_id for order in after.open_by_rank()}
    assert set(found.newly_short) == waits - waited
    gone = {o.order_id for o in after.orders.values() if o.status.name == "CANCELLED"}
    assert set(found.released) == waited - waits - gone


def _content(order: Order) -> object:
    chosen = (order.priority, order.ship, order.claim)
    return (order.lines, order.stage, order.holds, chosen, order.cancellation_requested)


def _short(state: State) -> dict[str, int]:
    short: dict[str, int] = {}
    for order in state.orders.values():
        for sku, units in order.shortages.items():
            short[sku] = short.get(sku, 0) + units
    return short


def _seen(seller: Seller) -> object:
    waiting = seller.back_orders(limit=1000)
    return (
        waiting,
        [seller.history(order.order_id) for order in waiting.items],
        [seller.explain(order.order_id) for order in waiting.items],
        [seller.stock(sku) for sku in ("TEA", "JAM", "OIL")],
        [seller.back_orders(sku=sku, limit=2) for sku in ("TEA", "JAM", "OIL")],
        seller.settings(),
        seller.summary(),
        seller.restock_report(),
        seller.verify(),
    )


def test_a_call_that_fails_in_a_trial_leaves_no_trace_even_there(store: Store) -> None:
    """Law 19 holds within a trial as well: the calls after it go on from before it."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", {"TEA": 1})
    acme.process_order("O1")
    acme.place_order("O2", {"TEA": 1})
    with acme.what_if() as trial:
        trial.book_in("R2", {"JAM": 1})
        before = dump(trial, ["O1", "O2"], ["TEA", "JAM"])
        refused = call("count_stock", "C1", {"JAM": 0, "TEA": 0}).on(trial)
        assert isinstance(refused, BackordersError)
        assert dump(trial, ["O1", "O2"], ["TEA", "JAM"]) == before
        assert trial.book_in("R3", {"TEA": 1}).released == ("O2",)


def test_a_trial_can_be_tried_upon(store: Store) -> None:
    """Two answers are compared by trying each over what both have in common."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.place_order("O1", {"TEA": 2})
    acme.place_order("O2", {"TEA": 1})
    with acme.what_if() as trial:
        trial.book_in("R1", {"TEA": 1})
        with trial.what_if() as cancelled:
            cancelled.cancel_order("O1")
            assert cancelled.difference().released == ("O2",)
        with trial.what_if() as more:
            more.book_in("R2", {"TEA": 1})
            assert more.difference().released == ("O1",)
        assert trial.difference().gained == ("O1",)
    assert acme.order("O1").shortages == {"TEA": 2}


def test_a_trial_is_over_when_the_block_is_left(store: Store) -> None:
    """Whoever keeps it would believe in what is long out of date."""
    acme = Backorders(store).seller("acme")
    with acme.what_if() as trial:
        trial.place_order("O1", {"TEA": 1})
        kept = trial.difference()
    assert kept.newly_short == ("O1",)
    for use in (trial.difference, lambda: trial.order("O1"), trial._store.sellers):
        with pytest.raises(StoreUnusable, match="over"):
            use()


def test_what_is_stored_can_be_looked_at_beside_a_trial(store: Store) -> None:
    """Whoever tries something compares, and asks the real shelf while the trial is open."""
    acme = Backorders(store).seller("acme")
    acme.book_in("R1", {"TEA": 1})
    with acme.what_if() as trial:
        trial.place_order("O1", {"TEA": 1})
        assert trial.stock("TEA")[0].allocated == 1
        assert acme.stock("TEA")[0].allocated == 0


def test_what_was_done_and_undone_makes_no_difference(store: Store) -> None:
    """Net, over all that was tried: nobody is told of an order that is as it was."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.place_order("O1", {"TEA": 1})
    acme.place_order("O2", {"TEA": 1})
    with acme.what_if() as trial:
        trial.prioritise_order("O2", 1)
        trial.prioritise_order("O2", 0)
        trial.hold_order("O1", HoldReason.OTHER)
        trial.release_hold("O1", HoldReason.OTHER)
        assert trial.difference().orders == ()


def test_a_new_order_gains_nothing_compared_with_what_was(store: Store) -> None:
    """It was not there to be short before; that it is short now is told."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    with acme.what_if() as trial:
        trial.place_order("O1", {"TEA": 3})
        trial.place_order("O2", {"TEA": 1})
        trial.book_in("R1", {"TEA": 1})
        found = trial.difference()
    assert (found.released, found.gained, found.lost) == ((), (), ())
    assert found.newly_short == ("O1", "O2")
    assert [each.gained for each in found.orders] == [{"TEA": 1}, {}]
    assert found.units_short == {"TEA": 3}


def test_a_trial_makes_as_many_commits_as_the_real_call() -> None:
    """An order that is served in a later commit has been written twice, and its version says so."""
    acme = new_seller(_SmallCommits())
    acme.book_in("R1", {"A": 2, "B": 1})
    acme.place_order("O3", {"A": 2})
    for order_id in ("O1", "O2"):
        acme.place_order(order_id, {"A": 1}, placed_at=START - timedelta(days=1))
    with acme.what_if() as trial:
        tried = trial.edit_order("O3", Replace("A", "B", 1))
    assert tried.version == 3
    assert acme.edit_order("O3", Replace("A", "B", 1)) == tried


def test_a_trial_knows_what_the_seller_s_face_knows() -> None:
    """A calendar that the trial forgot would promise other days than the real call."""
    acme = new_seller()
    with acme.what_if() as trial:
        for field in attrs.fields(Seller):
            if field.name != "_store":
                assert getattr(trial, field.name) is getattr(acme, field.name), field.name


def test_a_delivery_can_be_tried_from_announcement_to_closing(store: Store) -> None:
    """What is to come belongs to what is tried as much as what is there."""
    app = Backorders(store, clock=SettableClock())
    acme = app.seller("acme")
    acme.place_order("O1", {"TEA": 3})
    acme.announce_inbound("D1", {"TEA": 2, "JAM": 1}, expected_on=START.date())
    before = rows_of(store)

    def played(seller: Seller) -> list[object]:
        return [
            seller.announce_inbound("D2", {"TEA": 9}, expected_on=START.date()),
            seller.inbound_arrived("D1"),
            seller.book_in("R1", {"TEA": 4}, inbound="D1"),
            seller.inbounds(),
            seller.inbounds(overdue=False),
            seller.restock_report(),
            seller.close_inbound("D1"),
            seller.inbound("D1"),
            seller.inbounds(),
        ]

    with acme.what_if() as trial:
        tried = played(trial)
    assert rows_of(store) == before
    assert played(acme) == tried


def test_what_is_stored_and_changed_in_a_trial_is_there_once() -> None:
    """Orders, deliveries, holders, holds and users: as they are there, and in their order."""
    acme = new_seller()
    acme.add_user("bob", email="bob@example.com")
    acme.book_in("R1", {"TEA": 3})
    for name in ("O2", "O3", "O4"):
        acme.place_order(name, {"TEA": 1})
    acme.place_order("O5", {"JAM": 2})
    acme.place_order("O6", {"RUM": 1})
    acme.hold_order("O2", HoldReason.OTHER, until=START - timedelta(days=1))
    acme.announce_inbound("D1", {"JAM": 1}, expected_on=START.date())
    with acme.what_if() as trial:
        trial.add_user("ann", email="ann@example.com")
        assert [user.user_id for user in trial.users()] == ["ann", "bob"]
        trial.announce_inbound("D1", {"JAM": 1}, expected_on=START.date() + timedelta(days=1))
        trial.prioritise_order("O5", 1)
        # One unit of two, however often it was announced.
        assert [each.order_id for each in trial.promises()] == ["O5", "O6"]
        assert trial.promise("O5").missing == {"JAM": 1}
        # O4 holds nothing any more, and has not moved to the end of the queue for that.
        trial.cancel_order("O4")
        assert trial.count_stock("C1", {"TEA": 1}).lost == ("O3",)
        trial.place_order("O1", {"OIL": 1})
        trial.hold_order("O1", HoldReason.OTHER, until=START - timedelta(days=1))
        assert trial.release_due_holds() == ("O1", "O2")
        trial.book_in("R2", {"RUM": 1})
        assert [each.orders for each in trial.backlog_by_day(days=1)] == [3]


def test_deliveries_that_are_overdue_in_a_trial_are_those_not_told_of_there() -> None:
    """Those told of in the trial leave room for the next, and none is left out."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    for number in range(4):
        acme.announce_inbound(f"D{number}", {"TEA": 1}, expected_on=START.date())
        acme.inbound_arrived(f"D{number}")
    today = START.date() + timedelta(days=30)
    with acme._store.begin("acme") as uow:
        inbounds = Overlay(uow).inbounds
        for told in inbounds.untold(today, 2):
            inbounds.save(told, attrs.evolve(told.told_overdue(), version=told.version + 1))
        assert [each.inbound_id for each in inbounds.untold(today, 2)] == ["D2", "D3"]


def test_a_level_can_be_saved_in_a_trial_that_nobody_has_looked_at() -> None:
    """The others of its product are there still."""
    acme = new_seller()
    tea, east, west = Sku("TEA"), WarehouseId("EAST"), WarehouseId("WEST")
    acme.book_in("R1", {"TEA": 1}, warehouse="EAST")
    with acme._store.begin("acme") as uow:
        stock = Overlay(uow).stock
        stock.save([StockLevel(west, tea, 2)])
        assert [(each.warehouse, each.on_hand) for each in stock.levels([tea])] == [
            (east, 1),
            (west, 2),
        ]


def test_whatever_is_moved_pinned_or_kept_in_a_trial_is_proven() -> None:
    """Also what cannot be: a level that nothing moved to, and units that lie on no level."""
    acme = new_seller()
    pinned = acme.place_order("O1", {"TEA": 1})
    kept, moved, east = WarehouseId("KEPT"), WarehouseId("MOVED"), WarehouseId("EAST")
    tea = Sku("TEA")
    with acme._store.begin("acme") as uow:
        trial = Overlay(uow)
        trial.stock.save([StockLevel(kept, tea, 2)])
        movement = Movement(MovementKind.RECEIPT, ReferenceId("R1"), moved, tea, 3, START)
        trial.stock.move([movement])
        line = pinned.lines[0].with_allocations([Allocation(east, 1)])
        changed = attrs.evolve(pinned.with_lines([line]), version=pinned.version + 1)
        trial.orders.save([Saved(pinned, changed)])
        assert {each.warehouse: each[2:] for each in trial.audit.levels()} == {
            kept: (2, 0, 0, 0),
            moved: (0, 0, 0, 3),
            east: (0, 0, 1, 0),
        }
