"""Subscribers are told of every event at least once, each order's in its order, and go on alone."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backorders import Backorders, EventsDelivered, Happened, HoldReason
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits
from backorders.domain.errors import InvalidType, InvalidValue, UnknownEvent
from backorders.domain.events import (
    HoldReleased,
    OrderPlaced,
    StockAdjusted,
    StockBookedIn,
    StockCounted,
    WentOnBackOrder,
)
from backorders.domain.inbound_events import InboundClosed
from backorders.usecases import note_events, retry_event, take_events
from backorders.usecases.subscribing import Outcome
from tests.support.clock import START, SettableClock

_MINUTE = timedelta(minutes=1)
_LEASE = limits.DELIVERY_LEASE

Handler: TypeAlias = Callable[[Happened], object]


class Ear:
    """A handler that remembers what it was told, and can be made to fail."""

    def __init__(self) -> None:
        self.told: list[Happened] = []
        self.refused: list[Happened] = []
        self.deaf_to: set[str] = set()
        """Subjects of which it can be told nothing."""
        self.stops_at: str | None = None
        """The subject at which the whole program ends."""

    def __call__(self, happened: Happened) -> None:
        """Hear, refuse, or end the program."""
        if happened.subject == self.stops_at:
            raise KeyboardInterrupt
        if happened.subject in self.deaf_to:
            self.refused.append(happened)
            raise OSError(f"not {happened.subject}\x07")
        self.told.append(happened)

    def names(self) -> list[tuple[str, str]]:
        """Return what it was told: subject and the event's name."""
        return [(each.subject, type(each.event).__name__) for each in self.told]

    def subjects(self) -> list[str]:
        """Return the subjects that it was told of, each as often as it was."""
        return [each.subject for each in self.told]


class Place:
    """A store, a clock, and a program that may be started again."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = SettableClock()
        self.app = Backorders(self.store, clock=self.clock)
        self.acme = self.app.seller("acme")

    def order(self, *order_ids: str) -> None:
        """Place orders for one unit each."""
        for order_id in order_ids:
            self.acme.place_order(order_id, {"A": 1})

    def wait(self, length: timedelta) -> None:
        """Let time pass."""
        self.clock.now += length

    def subscribed(self, ear: Handler, name: str = "erp") -> Callable[[], EventsDelivered]:
        """Return how a program that has just been started delivers to a subscriber."""
        return Backorders(self.store, clock=self.clock).subscribe(ear, name=name).deliver


@pytest.fixture
def place() -> Place:
    """An empty place."""
    return Place()


def test_a_subscriber_hears_all_that_happened_once(place: Place) -> None:
    """Orders, papers and deliveries: whatever is stored is told, after its commit."""
    ear = Ear()
    place.app.subscribe(ear, name="erp")
    place.order("O1")
    place.acme.book_in("R1", {"A": 2})
    place.acme.announce_inbound("D1", {"A": 2}, expected_on=START.date())
    place.app.seller("bolt").place_order("O1", {"B": 1})
    assert place.app.deliver_events() == EventsDelivered(told=8, failed=0)
    assert place.app.deliver_events() == EventsDelivered(told=0, failed=0)
    assert [each.event for each in ear.told if each.about == ("order", "O1")] == [
        *place.acme.history("O1"),
        *place.app.seller("bolt").history("O1"),
    ]
    assert {each.kind for each in ear.told} == {"order", "receipt", "inbound"}
    assert len({each.event_id for each in ear.told}) == len(ear.told)
    place.order("O2")
    assert place.app.deliver_events().told == 1
    assert ear.subjects()[8:] == ["O2"]


def test_it_goes_on_after_a_restart_where_it_was(place: Place) -> None:
    """How far it has come is stored under its name; another name begins at the beginning."""
    first, second, other = Ear(), Ear(), Ear()
    place.order("O1")
    place.subscribed(first)()
    place.order("O2")
    place.subscribed(second)()
    place.subscribed(other, "mail")()
    assert {*first.subjects()} == {"O1"}
    assert {*second.subjects()} == {"O2"}
    assert other.subjects() == [*first.subjects(), *second.subjects()]


def test_it_is_told_of_the_events_that_it_asked_for(place: Place) -> None:
    """The rest is passed over, however much that is."""
    ear = Ear()
    place.app.subscribe(ear, name="erp", events=[WentOnBackOrder, StockBookedIn])
    place.order(*(f"O{number}" for number in range(9)))
    place.acme.book_in("R1", {"A": 1})
    assert place.app.deliver_events(limit=4).told == 4
    assert place.app.deliver_events().told == 6
    assert {name for _, name in ear.names()} == {"WentOnBackOrder", "StockBookedIn"}
    place.acme.cancel_order("O1")
    assert place.app.deliver_events().told == 0


def test_many_events_that_nobody_wants_are_passed_over(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are looked through a page at a time, and what lies behind them is found."""
    monkeypatch.setattr("backorders.usecases.subscribing._PAGE", 2)
    monkeypatch.setattr("backorders.usecases.subscribing._PAGES", 2)
    monkeypatch.setattr("backorders.usecases.subscribing._NUMBERED", 5)
    ear = Ear()
    place.app.subscribe(ear, name="erp", events=[StockBookedIn])
    place.order(*(f"O{number}" for number in range(9)))
    place.acme.book_in("R1", {"A": 1})
    assert place.app.deliver_events() == EventsDelivered(1, 0)
    assert ear.names() == [("R1", "StockBookedIn")]


def test_a_failing_event_holds_up_its_own_order_alone(place: Place) -> None:
    """One event that cannot be told must not keep the others, and nothing may overtake it."""
    ear = Ear()
    deliver = place.subscribed(ear)
    ear.deaf_to = {"O2"}
    place.order("O1", "O2", "O3")
    assert deliver() == EventsDelivered(told=4, failed=1)
    assert {*ear.subjects()} == {"O1", "O3"}
    place.acme.cancel_order("O2")
    place.acme.cancel_order("O3")
    deliver()
    assert ear.names()[4:] == [("O3", "OrderCancelled")]
    ear.deaf_to = set()
    assert deliver() == EventsDelivered(0, 0), "it is tried again after a pause"
    place.wait(2 * _MINUTE)
    assert deliver().told == 3
    assert ear.names()[5:] == [
        ("O2", "OrderPlaced"),
        ("O2", "WentOnBackOrder"),
        ("O2", "OrderCancelled"),
    ]
    place.order("O4")
    deliver()
    assert ear.subjects()[-1] == "O4"


def test_a_failing_subscriber_is_in_nobodys_way(place: Place) -> None:
    """Each has its own place, and its own pauses."""
    good, bad = Ear(), Ear()
    bad.deaf_to = {"O1", "O2", "R1"}
    place.app.subscribe(bad, name="bad")
    place.app.subscribe(good, name="good")
    place.order("O1", "O2")
    assert place.app.deliver_events() == EventsDelivered(told=4, failed=2)
    assert {*good.subjects()} == {"O1", "O2"}


def test_an_event_that_fails_too_often_is_set_aside_for_somebody_to_see_to(place: Place) -> None:
    """It can be tried again or skipped; what came after on its order waits for that."""
    ear = Ear()
    ear.deaf_to = {"O1", "O2"}
    subscription = place.app.subscribe(ear, name="erp")
    place.order("O1", "O2", "O3")
    for _ in range(limits.DELIVERY_ATTEMPTS):
        place.app.deliver_events()
        place.wait(timedelta(hours=7))
    assert len(ear.refused) == 2 * limits.DELIVERY_ATTEMPTS
    assert place.app.deliver_events() == EventsDelivered(0, 0)
    first, second = subscription.failed()
    assert subscription.failed(limit=1) == (first,)
    assert {first.happened.subject, second.happened.subject} == {"O1", "O2"}
    assert (first.subscriber, first.seller_id, first.attempts) == ("erp", "acme", 12)
    assert first.problem == f"OSError: not {first.happened.subject} "
    ear.deaf_to = set()
    by_order = {each.happened.subject: each.event_id for each in (first, second)}
    subscription.skip(by_order["O2"])
    subscription.retry(by_order["O1"])
    assert subscription.failed() == ()
    del ear.told[:]
    assert place.app.deliver_events().told == 3
    assert sorted(ear.names()) == [
        ("O1", "OrderPlaced"),
        ("O1", "WentOnBackOrder"),
        ("O2", "WentOnBackOrder"),
    ]
    for call in (subscription.skip, subscription.retry):
        with pytest.raises(UnknownEvent, match="'erp'"):
            call(first.event_id)
    with place.store.begin("acme") as uow, pytest.raises(UnknownEvent):
        retry_event("erp", first.event_id, skip=False, uow=uow, now=place.clock())


def test_the_last_event_of_an_order_can_be_skipped(place: Place) -> None:
    """Nothing comes after it; what comes later is told as ever."""
    ear = Ear()
    ear.deaf_to = {"O1"}
    subscription = place.app.subscribe(ear, name="erp", events=[OrderPlaced])
    place.order("O1", "O2")
    for _ in range(limits.DELIVERY_ATTEMPTS):
        subscription.deliver()
        place.wait(timedelta(hours=7))
    (failed,) = subscription.failed()
    subscription.skip(failed.event_id)
    assert subscription.deliver() == EventsDelivered(0, 0)
    assert subscription.failed() == ()
    place.order("O3")
    assert subscription.deliver() == EventsDelivered(1, 0)


def test_when_nothing_can_be_told_nothing_is_set_aside(place: Place) -> None:
    """An outage of a day is no reason to lose the order of things, or to ask anybody for help."""
    ear = Ear()
    orders = [f"O{number}" for number in range(5)]
    ear.deaf_to = {*orders}
    subscription = place.app.subscribe(ear, name="erp")
    place.order(*orders)
    assert subscription.deliver() == EventsDelivered(0, 3), "some are tried, not all"
    assert subscription.deliver() == EventsDelivered(0, 0), "there is a pause"
    for _ in range(100):
        place.wait(6 * _MINUTE)
        subscription.deliver()
    assert subscription.failed() == ()
    ear.deaf_to = set()
    place.wait(6 * _MINUTE)
    assert subscription.deliver() == EventsDelivered(10, 0)
    assert ear.told == sorted(ear.told, key=lambda each: each.position)


def test_events_that_can_never_be_told_do_not_look_like_an_outage_for_ever(place: Place) -> None:
    """More are tried each time, until one succeeds: then it is the events that are at fault."""
    ear = Ear()
    ear.deaf_to = {f"O{number}" for number in range(5)}
    deliver = place.subscribed(ear)
    place.order(*sorted(ear.deaf_to), "P1")
    assert deliver() == EventsDelivered(0, 3)
    place.wait(6 * _MINUTE)
    assert deliver() == EventsDelivered(told=2, failed=5)
    assert {*ear.subjects()} == {"P1"}


def test_a_seller_whose_events_fail_does_not_keep_the_others(place: Place) -> None:
    """All sellers share a handler; when it hears nobody, it is left alone for this time."""
    sellers = [f"s{number}" for number in range(6)]
    for name in sellers:
        place.app.seller(name).place_order(f"of {name}", {"A": 1})
    ear = Ear()
    deliver = place.subscribed(ear)
    ear.deaf_to = {f"of {name}" for name in sellers[:2]}
    assert deliver() == EventsDelivered(8, 2)
    ear.deaf_to = {f"of {name}" for name in sellers}
    other = place.subscribed(ear, "other")
    assert other() == EventsDelivered(0, 3)


def test_whoever_ends_without_a_word_is_followed_by_another(place: Place) -> None:
    """The next one waits for the lease to end, and tells again what was not noted."""
    first, second = Ear(), Ear()
    place.order("O1", "O2")
    with place.store.begin("acme") as uow:
        turn = take_events("erp", {OrderPlaced}, limit=9, jitter=0, uow=uow, now=place.clock())
        uow.commit()
    assert turn is not None
    first(turn.new[0])
    deliver = place.subscribed(second)
    assert deliver() == EventsDelivered(0, 0)
    place.wait(_LEASE)
    assert deliver().told == 4
    outcome = Outcome(1, (), turn.upto, {})
    with place.store.begin("acme") as uow:
        assert not note_events(turn, outcome, jitter=0, uow=uow, now=place.clock())
    assert deliver() == EventsDelivered(0, 0), "whoever was followed has no more say"


def test_two_processes_do_not_take_the_same(place: Place) -> None:
    """Whoever looks at the same moment finds that somebody else is at it, or that there is none."""

    def take() -> bool:
        with place.store.begin("acme") as uow:
            taken = take_events("erp", {OrderPlaced}, limit=9, jitter=0, uow=uow, now=place.clock())
            uow.commit()
        return taken is not None

    assert not take(), "nothing has happened"
    place.order("O1")
    assert (take(), take()) == (True, False)


def _taken(place: Place) -> Iterator[list[str]]:
    """Yield what is taken, turn by turn, by processes that each end without a word."""
    while True:
        with place.store.begin("acme") as uow:
            turn = take_events(
                "erp", {OrderPlaced}, limit=9, jitter=0.5, uow=uow, now=place.clock()
            )
            uow.commit()
        assert turn is not None
        stuck = [each.subject for _, events in turn.stuck for each in events]
        yield [*stuck, *(each.subject for each in turn.new)]
        place.wait(_LEASE)


def test_an_event_that_ends_the_process_does_not_do_so_for_ever(place: Place) -> None:
    """After two such ends events are taken one by one, and each counts as tried."""
    place.order("O1", "O2", "O3")
    taken = _taken(place)
    assert [next(taken), next(taken)] == [["O1", "O2", "O3"]] * 2
    seen = [next(taken) for _ in range(9)]
    assert all(len(each) == 1 for each in seen)
    assert {each for (each,) in seen} == {"O1", "O2", "O3"}
    ear = Ear()
    subscription = place.app.subscribe(ear, name="erp", events=[OrderPlaced])
    for _ in range(4):
        place.wait(timedelta(hours=7))
        subscription.deliver()
    assert sorted(ear.subjects()) == ["O1", "O2", "O3"]
    place.order("O4", "O5")
    assert subscription.deliver().told == 2


def test_one_that_always_ends_the_process_is_set_aside_in_the_end(place: Place) -> None:
    """Somebody is told which it is; all others have been told."""
    place.order("O1")
    subscription = place.app.subscribe(Ear(), name="erp")
    taken = _taken(place)
    ended = 0
    while not subscription.failed():
        next(taken)
        place.wait(timedelta(hours=7))
        ended += 1
    assert ended == limits.DELIVERY_ATTEMPTS + 2
    (failed,) = subscription.failed()
    assert "ended without saying" in failed.problem


def test_what_is_new_and_what_is_stuck_take_turns(place: Place) -> None:
    """While events are taken one by one, neither keeps the other waiting for longer than a turn."""
    place.order("O1", "O2", "O3")
    taken = _taken(place)
    for _ in range(2):
        next(taken)
    assert [next(taken) for _ in range(5)][::2] == [["O1"], ["O2"], ["O3"]]


def test_events_are_taken_one_by_one_until_there_are_no_more(place: Place) -> None:
    """Whichever of them ended the process: it may be among those that are still to come."""
    place.order("O1", "O2", "O3")
    taken = _taken(place)
    next(taken), next(taken)
    place.wait(_LEASE)

    def take_and_tell() -> list[str]:
        with place.store.begin("acme") as uow:
            now = place.clock()
            # The last that happens to each order, so that there is nothing behind the last one.
            turn = take_events("erp", {WentOnBackOrder}, limit=9, jitter=0, uow=uow, now=now)
            assert turn is not None
            told = [*turn.new, *(each for _, events in turn.stuck for each in events)]
            reached = {each.about: each.position for each in told}
            outcome = Outcome(len(told), (), turn.upto, reached)
            assert note_events(turn, outcome, jitter=0, uow=uow, now=now)
            uow.commit()
        return [each.subject for each in told]

    assert [take_and_tell() for _ in range(3)] == [["O1"], ["O2"], ["O3"]]
    place.order("O4", "O5")
    assert take_and_tell() == ["O4", "O5"]


def test_a_turn_takes_no_more_than_there_is_room_for(place: Place) -> None:
    """What is tried again comes first, and what is new after it, as far as the limit goes."""
    ear = Ear()
    ear.deaf_to = {"O1", "O2"}
    deliver = place.subscribed(ear)
    place.order("O1", "O2", "O3")
    deliver()
    place.order("O4", "O5")
    place.wait(2 * _MINUTE)

    def take(limit: int) -> tuple[list[tuple[str, int]], list[str], bool]:
        with place.store.begin("acme") as uow:
            events = {OrderPlaced, WentOnBackOrder}
            turn = take_events("erp", events, limit=limit, jitter=0, uow=uow, now=place.clock())
        assert turn is not None
        stuck = [(each.subject.id, len(events)) for each, events in turn.stuck]
        return stuck, [each.subject for each in turn.new], turn.more

    assert take(1) == ([("O1", 1)], [], True)
    assert take(2) == ([("O1", 2)], [], True)
    assert take(3) == ([("O1", 2), ("O2", 1)], [], True)
    assert take(5) == ([("O1", 2), ("O2", 2)], ["O4"], True)
    assert take(8) == ([("O1", 2), ("O2", 2)], ["O4", "O4", "O5", "O5"], False)


def test_no_more_is_told_than_was_asked_for(place: Place) -> None:
    """Also when several orders that were stuck have several events each to be told."""
    ear = Ear()
    ear.deaf_to = {"O1", "O2"}
    subscription = place.app.subscribe(ear, name="erp")
    place.order("O1", "O2", "O3")
    subscription.deliver()
    ear.deaf_to = set()
    place.wait(2 * _MINUTE)
    assert subscription.deliver(limit=2) == EventsDelivered(2, 0)
    assert subscription.deliver() == EventsDelivered(2, 0)


def test_what_was_told_before_an_outage_is_not_told_again(place: Place) -> None:
    """It goes on at the first event that could not be told, not before it and not behind it."""
    ear = Ear()
    deliver = place.subscribed(ear)
    place.order("O1")
    deliver()
    place.order("O2", "O3", "O4")
    ear.deaf_to = {"O2", "O3", "O4"}
    assert deliver() == EventsDelivered(0, 3)
    ear.deaf_to = set()
    place.wait(6 * _MINUTE)
    assert deliver() == EventsDelivered(6, 0)
    assert ear.subjects() == ["O1", "O1", "O2", "O2", "O3", "O3", "O4", "O4"]


def test_the_attempts_are_those_of_one_event(place: Place) -> None:
    """What was told in the end is forgotten: the next one on its order has all its attempts."""
    ear = Ear()
    ear.deaf_to = {"O1"}
    subscription = place.app.subscribe(ear, name="erp")
    place.order("O1", "O2")
    for _ in range(3):
        subscription.deliver()
        place.wait(timedelta(hours=7))

    def only_the_first(happened: Happened) -> None:
        if happened.subject == "O1" and not isinstance(happened.event, OrderPlaced):
            raise OSError

    again = place.subscribed(only_the_first)
    tried, last = 0, place.clock.now
    while not subscription.failed():
        again()
        tried, last = tried + 1, place.clock.now
        place.wait(timedelta(hours=7))
    (failed,) = subscription.failed()
    assert (tried, failed.attempts) == (limits.DELIVERY_ATTEMPTS, limits.DELIVERY_ATTEMPTS)
    assert failed.failed_at == last
    assert isinstance(failed.happened.event, WentOnBackOrder)


def test_a_program_that_is_stopped_notes_what_it_has_told(place: Place) -> None:
    """Ctrl-C in a handler: what was told before is not told again, and nobody waits."""
    ear = Ear()
    ear.stops_at = "O2"
    place.order("O1", "O2", "O3")
    with pytest.raises(KeyboardInterrupt):
        place.subscribed(ear)()
    ear.stops_at = None
    place.subscribed(ear)()
    assert ear.told == sorted(ear.told, key=lambda each: each.position)
    assert len(ear.told) == 6


def test_a_slow_handler_is_not_overtaken(place: Place) -> None:
    """Long before the lease ends, what was told is noted, and the rest is taken anew."""
    ear = Ear()

    def slow(happened: Happened) -> None:
        place.wait(3 * _MINUTE)
        ear(happened)

    place.order("O1", "O2", "O3")
    deliver = place.subscribed(slow)
    assert deliver() == EventsDelivered(6, 0)
    assert ear.told == sorted(ear.told, key=lambda each: each.position)
    ear.deaf_to = {"O4"}
    place.order("O4", "O5")
    deliver()
    ear.deaf_to = set()
    place.acme.cancel_order("O4")
    place.acme.cancel_order("O5")
    for _ in range(9):
        place.wait(10 * _MINUTE)
        deliver()
    assert [name for name in ear.names() if name[0] == "O4"] == [
        ("O4", "OrderPlaced"),
        ("O4", "WentOnBackOrder"),
        ("O4", "OrderCancelled"),
    ]


def test_a_slow_handler_leaves_what_was_stuck_for_the_next_time(place: Place) -> None:
    """It is due still, and has not failed once more."""
    ear = Ear()

    def slow(happened: Happened) -> None:
        ear(happened)
        place.wait(6 * _MINUTE)

    place.order("O1", "O2", "O3")
    deliver = place.subscribed(slow)
    ear.deaf_to = {"O1", "O2"}
    for _ in range(3):
        place.wait(timedelta(hours=7))
        deliver()
    ear.deaf_to = set()
    place.wait(timedelta(hours=7))
    deliver()
    assert {*ear.subjects()} == {"O1", "O2", "O3"}
    assert len(ear.told) == 6


def test_a_subscriber_can_start_now_or_anew(place: Place) -> None:
    """A new one may have no use for the past, and one that lost what it had may want it back."""
    ear = Ear()
    subscription = place.app.subscribe(ear, name="erp")
    place.order("O1", "O2")
    subscription.start_now()
    assert subscription.deliver() == EventsDelivered(0, 0)
    place.order("O3")
    assert subscription.deliver().told == 2
    subscription.forget()
    assert subscription.deliver().told == 6
    assert {*ear.subjects()[2:]} == {"O1", "O2", "O3"}


def test_a_long_past_is_passed_over_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many events have no position yet."""
    monkeypatch.setattr("backorders.usecases.subscribing._NUMBERED", 3)
    subscription = place.app.subscribe(Ear(), name="erp")
    place.order("O1", "O2", "O3", "O4")
    subscription.start_now()
    assert subscription.deliver() == EventsDelivered(0, 0)


def test_more_of_one_order_than_a_turn_takes_comes_in_order(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits behind a failed event is told a part at a time, and nothing overtakes it."""
    monkeypatch.setattr("backorders.usecases.subscribing._OF_SUBJECT", 2)
    ear = Ear()
    ear.deaf_to = {"O1"}
    deliver = place.subscribed(ear)
    place.order("O1", "O2")
    deliver()
    for priority in range(1, 8):
        place.acme.prioritise_order("O1", priority)
        deliver()
    ear.deaf_to = set()
    for _ in range(9):
        place.wait(7 * 60 * _MINUTE)
        deliver()
    told = [each for each in ear.told if each.subject == "O1"]
    assert [each.event for each in told] == list(place.acme.history("O1"))


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"name": "taken"}, "name"),
        ({"name": "erp", "handler": None}, "handler"),
        ({"name": "erp", "events": []}, "events"),
        ({"name": "erp", "events": OrderPlaced}, "events"),
        ({"name": "erp", "events": "OrderPlaced"}, "events"),
        ({"name": "erp", "events": ["OrderPlaced"]}, r"events\[0\]"),
        ({"name": "erp", "events": [OrderPlaced, int]}, r"events\[1\]"),
    ],
)
def test_a_wrong_subscription_is_named(
    options: dict[str, object], field: str, place: Place
) -> None:
    """A subscription with a mistake in it would wait for events in vain."""
    place.app.subscribe(Ear(), name="taken")
    given: dict[str, object] = {"handler": Ear(), **options}
    with pytest.raises(InvalidValue, match=f"^{field} "):
        place.app.subscribe(given.pop("handler"), **given)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(InvalidValue, match=r"^limit "):
        place.app.deliver_events(limit=0)
    with pytest.raises(InvalidType, match=r"^limit "):
        place.app.deliver_events(limit="1")  # type: ignore[arg-type]  # on purpose


def test_an_event_goes_into_plain_values(place: Place) -> None:
    """What is sent on must say all of it, in values that JSON has."""
    ear = Ear()
    place.app.subscribe(ear, name="erp")
    place.order("O1")
    place.app.deliver_events()
    place.acme.hold_order("O1", HoldReason.FRAUD_RISK)
    place.acme.announce_inbound("D1", {"A": 2}, expected_on=START.date())
    place.acme.count_stock("C1", {"A": 0})
    place.app.deliver_events()
    plain = {each.event_id: each.to_dict() for each in ear.told}
    placed = next(each for each in plain.values() if each["type"] == "OrderPlaced")
    assert placed == {
        # It stays the same for good: by it, what is told twice is known again.
        "event_id": "754783f6def30ee03e788975d359e153",
        "type": "OrderPlaced",
        "seller_id": "acme",
        "kind": "order",
        "subject": "O1",
        "version": 1,
        "place": 0,
        "position": 1,
        "event": {
            "order_id": "O1",
            "at": START.isoformat(),
            "units": {"A": 1},
            "allocated": {},
        },
    }
    held = next(each for each in plain.values() if each["type"] == "HoldPlaced")
    assert held["event"] == {
        "order_id": "O1",
        "at": START.isoformat(),
        "reason": "fraud_risk",
        "until": None,
    }
    announced = next(each for each in plain.values() if each["type"] == "InboundAnnounced")
    assert (announced["kind"], announced["subject"], announced["version"]) == ("inbound", "D1", 1)
    counted = next(each for each in plain.values() if each["type"] == "StockCounted")
    assert (counted["kind"], counted["subject"], counted["version"]) == ("count", "C1", 1)
    assert announced["event"] == {
        "inbound_id": "D1",
        "at": START.isoformat(),
        "warehouse": "MAIN",
        "units": {"A": 2},
        "expected_on": "2026-03-02",
    }


def test_events_are_told_by_what_they_are_about(place: Place) -> None:
    """A subscriber can tell a receipt R1 from a count R1, and ask for either."""
    ear = Ear()
    kinds = [StockBookedIn, StockCounted, StockAdjusted, InboundClosed, HoldReleased]
    place.app.subscribe(ear, name="erp", events=kinds)
    place.acme.book_in("R1", {"A": 2})
    place.acme.count_stock("R1", {"A": 3})
    place.acme.adjust_stock("R1", {"A": -1})
    place.acme.announce_inbound("R1", {"A": 2}, expected_on=START.date())
    place.acme.close_inbound("R1")
    place.order("R1")
    place.acme.hold_order("R1", HoldReason.OTHER)
    place.acme.release_hold("R1", HoldReason.OTHER)
    place.app.deliver_events()
    assert {type(each.event): each.kind for each in ear.told} == {
        StockBookedIn: "receipt",
        StockCounted: "count",
        StockAdjusted: "adjustment",
        InboundClosed: "inbound",
        HoldReleased: "order",
    }
    assert {each.about for each in ear.told} == {(each.kind, "R1") for each in ear.told}
    (released,) = [each for each in ear.told if each.kind == "order"]
    assert released.to_dict()["event"] == {
        "order_id": "R1",
        "at": START.isoformat(),
        "reason": "other",
        "due": False,
    }


STEPS = st.one_of(
    st.tuples(st.just("order"), st.sampled_from("ABCDE")),
    st.tuples(st.just("cancel"), st.sampled_from("ABCDE")),
    st.tuples(st.just("book in"), st.sampled_from("12345")),
    st.tuples(st.just("deaf"), st.sampled_from(["", "A", "AB", "ABCDE12345"])),
    st.tuples(st.just("stop at"), st.sampled_from("ABCDE")),
    st.tuples(st.just("deliver"), st.sampled_from("12345")),
    st.tuples(st.just("wait"), st.sampled_from("123")),
)


def _take(step: str, what: str, place: Place, ear: Ear) -> None:
    match step:
        case "order":
            place.order(what)
        case "cancel":
            place.order(what)
            place.acme.cancel_order(what)
        case "book in":
            place.acme.book_in(what, {"A": 1})
        case "deaf":
            ear.deaf_to, ear.stops_at = {*what}, None
        case "stop at":
            ear.stops_at = what
        case "wait":
            place.wait(int(what) * 4 * _MINUTE)
        case _:
            subscription = Backorders(place.store, clock=place.clock).subscribe(ear, name="erp")
            with suppress(KeyboardInterrupt):
                subscription.deliver(limit=int(what))


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=25))
def test_whatever_fails_every_event_is_told_and_none_overtakes_another(
    steps: list[tuple[str, str]],
) -> None:
    """At least once, and on each order in order: the two promises, under any course of things."""
    place, ear = Place(), Ear()
    for step, what in steps:
        _take(step, what, place, ear)
    ear.deaf_to, ear.stops_at = set(), None
    for _ in range(4):
        place.wait(timedelta(hours=7))
        place.subscribed(ear)()
    with place.store.begin("acme", read_only=True) as uow:
        every = {each.event_id for each in uow.feed.after(0, 999)}
        assert uow.feed.last() == len(every)
    assert {each.event_id for each in ear.told} == every
    firsts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for each in ear.told:
        seen = firsts.setdefault(each.about, [])
        if (each.version, each.place) not in seen:
            seen.append((each.version, each.place))
    for seen in firsts.values():
        assert all(one < next_one for one, next_one in pairwise(seen))
