"""A call reads and writes as much as it changes, not as much as there is: counted, never timed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from backorders import (
    Backorders,
    ClaimPolicy,
    Happened,
    HoldReason,
    LevelPage,
    NotificationKind,
    Page,
    Prospect,
    Remove,
    ShipPolicy,
    usecases,
)
from backorders.domain.errors import StockBelowProcessed
from backorders.domain.events import StockCounted
from backorders.usecases import take_events
from tests.support.asked import AskedStore
from tests.support.clock import START, SettableClock

_SOON = START.date() + timedelta(days=1)


@pytest.fixture
def store() -> AskedStore:
    """An empty store."""
    return AskedStore()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change how much a module of the use cases reads at once."""

    def change(module: str, **sizes: int) -> None:
        for name, size in sizes.items():
            monkeypatch.setattr(f"backorders.usecases.{module}.{name}", size)

    return change


@pytest.mark.parametrize(
    ("place", "pages"),
    [(0, [2]), (1, [2, 8]), (8, [2, 8]), (9, [2, 8, 32]), (40, [2, 8, 32])],
)
def test_a_promise_reads_the_queue_as_far_as_its_order(
    store: AskedStore, small: Callable[..., None], place: int, pages: list[int]
) -> None:
    """Who waits behind an order that keeps what it gets has nothing to do with its day."""
    small("rivals", _FIRST_LINES=2)
    acme = store.seller()
    for number in range(60):
        acme.place_order(f"O{number:02}", {"TEA": 1})
    acme.announce_inbound("D1", {"TEA": 100}, expected_on=_SOON)
    store.answers.clear()
    assert acme.promise(f"O{place:02}").prospect is Prospect.COVERED
    assert store.answers["orders.waiting"] == pages


def test_a_promise_reads_the_queue_as_far_as_there_are_units(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """Who keeps what it gets, wherever it lies, takes it for sure; the rest may take nothing."""
    small("rivals", _FIRST_LINES=2)
    acme = store.seller()
    acme.place_order("PINNED", {"TEA": 8}, warehouse="MAIN", priority=9)
    acme.place_order("WHOLE", {"TEA": 9}, claim=ClaimPolicy.YIELD, priority=9)
    for number in range(60):
        acme.place_order(f"O{number:02}", {"TEA": 1})
    acme.announce_inbound("D1", {"TEA": 39}, expected_on=_SOON)
    store.answers.clear()
    assert acme.promise("O59").prospect is Prospect.NOT_ENOUGH
    # Two who may take nothing, 39 who take a unit each, and the one at whom it ends.
    assert store.answers["orders.waiting"] == [2, 8, 32]
    acme.announce_inbound("D2", {"TEA": 1}, expected_on=_SOON)
    store.answers.clear()
    acme.promise("O59")
    assert store.answers["orders.waiting"] == [2, 8, 32, 20]


def test_a_promise_reads_no_queue_of_which_there_is_nothing_to_get(store: AskedStore) -> None:
    """Nor any for an order that takes all or nothing, where it cannot have all of it."""
    acme = store.seller()
    for number in range(5):
        acme.place_order(f"T{number}", {"TEA": 1})
    for number in range(9):
        acme.place_order(f"J{number}", {"JAM": 1})
    acme.announce_inbound("D1", {"TEA": 20}, expected_on=_SOON)
    acme.place_order("BOTH", {"TEA": 1, "JAM": 1})
    acme.place_order("WHOLE", {"TEA": 1, "JAM": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("MUCH", {"TEA": 21}, claim=ClaimPolicy.YIELD)
    for order_id, pages in {"BOTH": [8], "WHOLE": [], "MUCH": []}.items():
        store.answers.clear()
        assert acme.promise(order_id).on is None, order_id
        assert store.answers["orders.waiting"] == pages, order_id


def test_a_promise_looks_at_no_delivery_that_brings_something_else(store: AskedStore) -> None:
    """However much is under way."""
    acme = store.seller()
    acme.place_order("O1", {"TEA": 1})
    for number in range(9):
        acme.announce_inbound(f"D{number}", {"JAM": 1}, expected_on=_SOON)
    acme.announce_inbound("D9", {"TEA": 1, "JAM": 1}, expected_on=_SOON)
    store.answers.clear()
    assert acme.promise("O1").prospect is Prospect.COVERED
    assert store.answers["inbounds.find"] == [1]


def test_a_promise_reads_so_many_lines_at_once_over_all_skus(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """What is read at once is bounded, however many queues an order stands in."""
    acme = store.seller()
    for number in range(9):
        acme.place_order(f"O{number}", {"TEA": 1, "JAM": 1, "BUN": 1})
    acme.announce_inbound("D1", {"TEA": 20, "JAM": 20, "BUN": 20}, expected_on=_SOON)
    expected = acme.promise("O7")
    for most, first, pages in ((9, 8, [9, 9, 9]), (9, 2, [6, 9, 9, 3]), (2, 8, [3] * 9)):
        small("rivals", _LINES_AT_ONCE=most, _FIRST_LINES=first)
        store.answers.clear()
        assert acme.promise("O7") == expected
        assert store.answers["orders.waiting"] == pages


def test_the_queues_that_orders_tie_together_are_read_once(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """An order that takes all or nothing leads to the next queue, and never back to the first."""
    small("rivals", _ORDERS_AT_ONCE=2)
    acme = store.seller()
    for number in range(5):
        acme.place_order(f"B{number}", {"TEA": 1, "JAM": 1}, claim=ClaimPolicy.YIELD)
    for number in range(3):
        acme.place_order(f"J{number}", {"JAM": 1})
    acme.place_order("NEVER", {"TEA": 1, "OIL": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("OIL", {"OIL": 1})
    acme.place_order("O1", {"TEA": 1})
    acme.announce_inbound("D1", {"TEA": 20, "JAM": 20}, expected_on=_SOON)
    store.answers.clear()
    assert acme.promise("O1").prospect is Prospect.COVERED
    # First that of TEA, to its end, and then what the yielding orders in it lack besides.
    assert store.answers["orders.waiting"] == [7, 8]
    assert store.answers["orders.find"] == [1, 0, 2, 2, 2, 0]


def test_what_is_lost_is_read_at_once_and_no_further_than_it_goes(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """Of each product as many orders as there are units gone, and the rest on the way."""
    small("taking", _PAGE=4)
    acme = store.seller()
    acme.book_in("R1", {"TEA": 20, "JAM": 10, "OIL": 5})
    for number in range(10):
        acme.place_order(f"O{number}", {"TEA": 2, "JAM": 1})
    store.answers.clear()
    acme.adjust_stock("J1", {"TEA": -3, "OIL": -5})
    assert store.answers["orders.holders"] == [3]
    store.answers.clear()
    acme.adjust_stock("J2", {"TEA": -4, "JAM": -5})
    assert store.answers["orders.holders"] == [8, 1]
    store.answers.clear()
    acme.count_stock("C1", {"JAM": 5, "OIL": 0})
    assert store.answers["orders.holders"] == []


def test_of_each_product_as_many_are_read_as_the_most_that_is_gone(store: AskedStore) -> None:
    """One unit is read ahead too. What those have besides is locked only if they give it back."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 9, "JAM": 9, "OIL": 9})
    for number in range(9):
        acme.place_order(f"O{number}", {"TEA": 1, "JAM": 1, "OIL": 1})
    store.answers.clear()
    acme.adjust_stock("J1", {"TEA": -1})
    assert store.answers["orders.holders"] == [1]
    store.answers.clear()
    acme.adjust_stock("J2", {"TEA": -1, "JAM": -3})
    assert store.answers["orders.holders"] == [6]
    assert store.answers["stock.lock"] == [2]


def test_where_no_more_can_be_lost_nobody_is_asked_for_again(store: AskedStore) -> None:
    """Those that hold units are read to their end, and then those that the warehouse has."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 5})
    for number in range(3):
        acme.place_order(f"O{number}", {"TEA": 1})
    acme.process_order("O0")
    store.answers.clear()
    with pytest.raises(StockBelowProcessed):
        acme.count_stock("C1", {"TEA": 0})
    assert store.answers["orders.holders"] == [2, 1]


def test_what_is_taken_for_an_order_is_read_at_once(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """Of what lies there nothing need be taken from anybody."""
    small("taking", _PAGE=4)
    acme = store.seller()
    acme.book_in("R1", {"TEA": 20})
    for number in range(10):
        acme.place_order(f"O{number}", {"TEA": 2})
    acme.book_in("R2", {"TEA": 1})
    acme.place_order("O99", {"TEA": 4, "OIL": 1}, claim=ClaimPolicy.YIELD)
    acme.book_in("R3", {"OIL": 1})
    store.answers.clear()
    assert acme.prioritise_order("O99", 9, reallocate=True).lost == ("O8", "O9")
    assert store.answers["orders.holders"] == [3]


def test_a_delivery_reads_no_more_orders_than_it_has_units(store: AskedStore) -> None:
    """A unit can go to one order at most, however long the queue is."""
    acme = store.seller()
    for number in range(30):
        acme.place_order(f"O{number:02}", {"TEA": 2, "JAM": 1})
    store.answers.clear()
    acme.book_in("R1", {"TEA": 3})
    assert store.answers["orders.waiting"] == [3]
    assert store.answers["orders.find"] == [2]
    store.answers.clear()
    acme.book_in("R2", {"TEA": 1, "JAM": 2})
    # At most two of each are read at once: who is to have the rest is known by then.
    assert store.answers["orders.waiting"] == [4]
    assert store.answers["orders.find"] == [2]


def test_a_delivery_ends_where_its_units_do(store: AskedStore, small: Callable[..., None]) -> None:
    """Whoever can take nothing of it counts for nothing, and nobody is asked for twice."""
    acme = store.seller()
    acme.place_order("ELSEWHERE", {"TEA": 5}, warehouse="EAST", priority=1)
    acme.place_order("T0", {"TEA": 2})
    acme.place_order("U0", {"JAM": 1})
    for number in range(1, 5):
        acme.place_order(f"T{number}", {"TEA": 1})
        acme.place_order(f"U{number}", {"JAM": 1})
    store.answers.clear()
    acme.book_in("R1", {"TEA": 4})
    assert store.answers["orders.find"] == [3]
    store.answers.clear()
    acme.book_in("R2", {"TEA": 1, "JAM": 3})
    assert (store.answers["orders.waiting"], store.answers["orders.find"]) == ([6], [4])
    small("backlog", _LINES_AT_ONCE=2)
    store.answers.clear()
    assert acme.book_in("R3", {"TEA": 9, "JAM": 2}).released == ("T4", "U3", "U4")
    assert store.answers["orders.waiting"] == [2, 1, 1]


def test_a_delivery_that_nobody_waits_for_reads_no_order(store: AskedStore) -> None:
    """Most deliveries are for the shelf."""
    acme = store.seller()
    acme.place_order("O1", {"JAM": 1})
    store.answers.clear()
    acme.book_in("R1", {"TEA": 3})
    assert store.answers["orders.find"] == []


def test_the_queue_is_read_of_what_is_given_back_alone(store: AskedStore) -> None:
    """Who waits for what an order was short of, or goes on holding, gains nothing by its change."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 3, "JAM": 1})
    acme.place_order("O1", {"TEA": 1, "JAM": 1})
    # There is tea, but not where these two want it.
    acme.place_order("O2", {"TEA": 1}, warehouse="EAST")
    acme.place_order("O3", {"TEA": 1}, warehouse="EAST")
    store.answers.clear()
    acme.edit_order("O1", Remove("JAM"))
    assert store.answers["orders.waiting"] == [0]
    store.answers.clear()
    acme.cancel_order("O2")
    assert store.answers["orders.waiting"] == []


def test_who_holds_others_up_is_found_by_a_question_of_each_kind(store: AskedStore) -> None:
    """What all the trials need is read at once: as many waiting orders as could get a unit.

    Nobody is tried of whose units nobody waits, and whoever may ship what it has is left out.
    """
    acme = store.seller()
    acme.book_in("R1", {"TEA": 1, "MUG": 1, "OIL": 3, "BUN": 1, "RUM": 2, "PIE": 1})
    acme.place_order("O1", {"TEA": 1, "MUG": 1, "JAM": 1})
    acme.place_order("O2", {"OIL": 3, "PIE": 1, "JAM": 1})
    acme.place_order("O3", {"BUN": 1, "JAM": 1})
    acme.place_order("O4", {"RUM": 2, "JAM": 1}, ship=ShipPolicy.AS_AVAILABLE)
    for number in range(9):
        acme.place_order(f"P{number}", {"TEA": 1, "OIL": 1, "RUM": 1, "FIG": 1})
        acme.place_order(f"Q{number}", {"OIL": 1})
    store.answers.clear()
    assert acme.holdups().items == ()
    assert store.answers == {
        "orders.on_back_order": [22],
        "orders.waiting": [27],
        "orders.find": [4],
        "stock.levels": [6],
        # Once for each of the two that are tried.
        "settings.get": [0, 0],
    }


def test_an_answer_to_all_locks_what_it_needs_at_once(store: AskedStore) -> None:
    """Product by product, two such answers could cross. The first is that of all of them."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 1, "JAM": 1, "OIL": 1, "MINT": 9})
    acme.place_order("O1", {"TEA": 2, "JAM": 1})
    acme.place_order("O2", {"TEA": 1, "OIL": 1})
    store.answers.clear()
    acme.replace_in_all("TEA", "MINT", key="K1")
    assert store.answers["stock.lock"][0] == 4
    acme.place_order("O3", {"TEA": 1, "OIL": 1})
    store.answers.clear()
    acme.remove_from_all("TEA", key="K2")
    assert store.answers["stock.lock"][0] == 2


def test_only_what_an_order_may_take_all_at_once_is_locked_besides(store: AskedStore) -> None:
    """A delivery locks its own products, and those of orders that take all or nothing."""
    acme = store.seller()
    acme.book_in("R1", {"JAM": 1, "OIL": 1})
    acme.place_order("O1", {"TEA": 1, "JAM": 2})
    acme.place_order("O2", {"TEA": 1, "OIL": 2}, claim=ClaimPolicy.YIELD)
    store.answers.clear()
    acme.book_in("R2", {"TEA": 9})
    assert store.answers["stock.lock"] == [0, 1]


def test_orders_are_saved_so_many_at_a_time(store: AskedStore, small: Callable[..., None]) -> None:
    """What a call keeps in memory is bounded, however many orders it serves; all are told of."""
    small("settling", _AT_ONCE=2)
    acme = store.seller()
    for number in range(5):
        acme.place_order(f"O{number}", {"TEA": 1})
    store.answers.clear()
    assert acme.book_in("R1", {"TEA": 9}).released == ("O0", "O1", "O2", "O3", "O4")
    assert len(store.answers["orders.save"]) == 3
    assert [acme.order(f"O{number}").version for number in range(5)] == [2] * 5


def test_what_changes_nothing_writes_nothing(store: AskedStore) -> None:
    """A call that is made again, or that has nothing to do, leaves no trace."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", {"TEA": 1})
    acme.hold_order("O1", HoldReason.FRAUD_RISK)
    store.answers.clear()
    acme.prioritise_order("O1", 0)
    acme.release_hold("O1", HoldReason.OTHER)
    acme.hold_order("O1", HoldReason.FRAUD_RISK)
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", {"TEA": 1})
    acme.release_due_holds()
    acme.reprocess()
    acme.count_stock("C1", {"TEA": 1})
    written = {"orders.add", "orders.save", "stock.save", "settings.put", "notices.note"}
    assert not written & store.answers.keys()
    assert len(store.answers["journal.append"]) == 1


def test_a_page_reads_one_more_than_it_shows(store: AskedStore) -> None:
    """That there is more is known by one of it."""
    acme = store.seller()
    for number in range(9):
        acme.place_order(f"O{number}", {"TEA": 1})
        acme.book_in(f"R{number}", {f"S{number}": 1})
    store.answers.clear()
    calls: dict[str, Callable[..., Page | LevelPage]] = {
        "orders.on_back_order": acme.back_orders,
        "orders.listed": acme.orders,
        "stock.listed": acme.stock_levels,
    }
    for question, call in calls.items():
        (one,) = call(limit=1).items
        found: list[object] = []
        store.answers.clear()
        page = call(limit=3)
        while True:
            found += page.items
            if page.next is None:
                break
            page = call(limit=3, after=page.next)
        assert store.answers[question] == [4, 4, 3]
        assert found[0] == one
        assert found == list(call(limit=9).items)


def test_a_subscriber_for_whom_there_is_nothing_is_not_written(store: AskedStore) -> None:
    """Asking every second costs a look, and no more."""
    app = Backorders(store, clock=SettableClock())
    subscription = app.subscribe(str, name="erp", events=[StockCounted])
    app.seller("acme").place_order("O1", {"TEA": 1})
    subscription.deliver()
    store.answers.clear()
    with store.begin("acme") as uow:
        assert take_events("erp", {StockCounted}, limit=9, jitter=0, uow=uow, now=START) is None
    assert "subscribers.save" not in store.answers


def test_no_more_that_is_stuck_is_read_than_there_is_room_for(store: AskedStore) -> None:
    """However many orders have got stuck, a small turn reads few of them."""

    def deaf(happened: Happened) -> None:
        if happened.subject != "O9":
            raise OSError

    clock = SettableClock()
    app = Backorders(store, clock=clock)
    subscription = app.subscribe(deaf, name="erp")
    for number in (1, 2, 9):
        app.seller("acme").place_order(f"O{number}", {"TEA": 1})
    subscription.deliver()
    clock.advance(hours=7)
    store.answers.clear()
    subscription.deliver(limit=1)
    assert store.answers["subscribers.due"] == [1]


def test_what_a_trial_has_read_it_does_not_read_again(store: AskedStore) -> None:
    """What is stored stays as it is while something is tried over it: once is enough."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 1})
    for number in range(9):
        acme.place_order(f"O{number}", {"TEA": 1})
    with acme.what_if() as trial:
        store.answers.clear()
        for _ in range(2):
            trial.order("O1")
            trial.stock("TEA")
            trial.users()
        assert store.answers == {"orders.find": [1], "stock.levels": [1], "users.every": [0]}
        asked = []
        for number in range(2, 6):
            store.answers.clear()
            trial.book_in(f"R{number}", {"TEA": 1})
            asked.append(store.answers["orders.waiting"])
        # Of the queue, two at a time, and one more, which might have further lines.
        assert asked == [[3], [3], [], [3]]


def test_a_trial_reads_on_where_what_is_stored_has_changed_in_it(store: AskedStore) -> None:
    """A page that is short of some that were changed is filled by a longer one."""
    acme = store.seller()
    for number in range(9):
        acme.place_order(f"O{number}", {"TEA": 1})
    with acme.what_if() as trial:
        store.answers.clear()
        assert len(trial.back_orders(limit=3).items) == 3
        assert store.answers["orders.on_back_order"] == [4]
        trial.book_in("R1", {"TEA": 2})
        store.answers.clear()
        assert [each.order_id for each in trial.back_orders(limit=2).items] == ["O2", "O3"]
        assert [each.order_id for each in trial.orders(limit=2).items] == ["O0", "O1"]
        assert store.answers["orders.on_back_order"] == [3, 6]
        assert store.answers["orders.listed"] == [3, 6]


def test_a_digest_reads_so_many_orders_at_a_time(
    store: AskedStore, small: Callable[..., None]
) -> None:
    """However many went on back order; and whether there is anything is known by one delivery."""
    small("composing", _AT_ONCE=2)
    acme = store.seller()
    acme.add_user("bob", email="bob@example.com")
    acme.opt_in("bob", NotificationKind.DELIVERY_OVERDUE)
    for number in range(5):
        acme.place_order(f"O{number}", {"TEA": 1})
        acme.announce_inbound(f"D{number}", {"TEA": 1}, expected_on=START.date())
        acme.inbound_arrived(f"D{number}")
    store.answers.clear()
    digest = acme.next_digest()
    assert digest is not None
    assert [entry.order_id for entry in digest.entries] == [f"O{number}" for number in range(5)]
    assert store.answers["orders.find"] == [2, 2, 1]
    later = START + timedelta(days=30)
    with store.begin("acme") as uow:
        usecases.compose_digest(uow=uow, now=later)
        store.answers.clear()
        assert usecases.is_anything_due(uow=uow, now=later)
        assert store.answers["inbounds.untold"] == [1]
        assert usecases.tell_of_overdue(uow=uow, now=later) == 5
        assert store.answers["inbounds.untold"] == [1, 2, 2, 1, 0]
        assert usecases.inbound("D1", uow=uow).version == 3
        # Neither a day that is over, nor, the next one, anything to tell of it.
        assert usecases.compose_digest(uow=uow, now=later) == 0
        assert usecases.compose_digest(uow=uow, now=later + timedelta(days=1)) == 0
        assert not usecases.is_anything_due(uow=uow, now=later + timedelta(days=1))
