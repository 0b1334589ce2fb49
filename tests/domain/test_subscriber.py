"""How a subscriber comes on, turn by turn: its pauses, its patience, and whom it is trusted by."""

from datetime import timedelta

import attrs

from backorders.domain import limits
from backorders.domain.delivering import latest
from backorders.domain.happened import Subject
from backorders.domain.subscribers import LONGEST_HANDLING, Stuck, Subscriber
from tests.support.clock import START

_MINUTE = timedelta(minutes=1)
_NEW = Subscriber("erp")


def _failed(times: int) -> Subscriber:
    subscriber = _NEW
    for _ in range(times):
        subscriber = subscriber.claimed(START, 0).postponed(0, "busy", now=START, jitter=0)
    return subscriber


def test_it_is_told_more_once_its_pause_is_over() -> None:
    """A pause that no pause can be so long as was set by a clock that was wrong."""
    assert _NEW.is_due(START)
    waiting = attrs.evolve(_NEW, due_at=START)
    assert waiting.is_due(START)
    assert not waiting.is_due(START - _MINUTE)
    far = attrs.evolve(_NEW, due_at=latest(START))
    assert not far.is_due(START)
    assert attrs.evolve(far, due_at=latest(START) + timedelta(microseconds=1)).is_due(START)


def test_pauses_grow_up_to_a_limit_and_so_does_patience() -> None:
    """Minutes, not hours: and more events are tried each time, though not without end."""
    pauses = [subscriber.due_at for subscriber in map(_failed, range(1, 5))]
    assert pauses == [START + n * _MINUTE for n in (1, 2, 4)] + [
        START + limits.LONGEST_SUBSCRIBER_PAUSE
    ]
    assert [_failed(times).patience for times in (0, 1, 2, 9, 10, 11)] == [
        3,
        6,
        12,
        1536,
        3072,
        3072,
    ]
    assert _failed(11).failures == 11


def test_what_went_wrong_is_kept_until_something_goes_well() -> None:
    """Whoever looks while it is told once more still finds why it failed before."""
    assert (_NEW.problem, _NEW.failures) == ("", 0)
    failed = _failed(2)
    again = failed.claimed(START, 3).moved(5)
    assert (again.problem, again.failures, again.position) == ("busy", 2, 5)
    well = again.came_to(6, more=False)
    assert (well.problem, well.failures, well.unsaid, well.due_at) == ("", 0, 0, None)
    assert well.version == again.version + 1


def test_one_at_a_time_is_told_to_whom_two_turns_in_a_row_were_too_much() -> None:
    """One that has ended once may have been stopped by anybody; twice, it is some event."""
    once = _NEW.claimed(START, 0)
    assert not once.is_alone
    again = once.claimed(START, 0)
    assert again.came_to(9, more=True).unsaid == 0, "all went well, the second time"
    assert again.is_alone
    alone = again.claimed(START, 1)
    assert alone.came_to(1, more=True).is_alone, "the one that it was may be among the next"
    assert alone.came_to(1, more=False).unsaid == 0
    assert alone.postponed(1, "busy", now=START, jitter=0).unsaid == 0, "it has said something"


def test_what_comes_after_an_event_that_was_told_has_not_been_tried() -> None:
    """Attempts are those of one event, not of all that wait behind it."""
    stuck = Stuck(Subject("order", "O1"), 3, limits.DELIVERY_ATTEMPTS, None, START, "no")
    assert stuck.moved(4, START) == Stuck(Subject("order", "O1"), 4, 0, START)


def test_a_turn_ends_before_its_lease() -> None:
    """Or another would begin to tell the same events while this one still tells them."""
    assert timedelta() < LONGEST_HANDLING < limits.DELIVERY_LEASE
