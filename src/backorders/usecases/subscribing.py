"""Telling subscribers of events: taking some to hand over, and noting what became of them.

Nothing is told in a transaction. Somebody takes a turn, which is a lease; hands the events over;
and notes what came of it, unless the lease ran out and somebody else has taken over.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import attrs

from backorders.domain import limits
from backorders.domain.delivering import latest, printable
from backorders.domain.errors import UnknownEvent
from backorders.domain.happened import Happened, Subject
from backorders.domain.subscribers import FailedEvent, Failure, Stuck, Subscriber, Turn
from backorders.ports.storage import UnitOfWork

_NUMBERED: Final = 1_000
"""Events that get their positions in one transaction: bounds how long others wait for it."""
_PAGE: Final = 500
_PAGES: Final = 10
"""Events that are read at a time, and how often, to find some that the subscriber wants."""
_STUCK: Final = 20
_OF_SUBJECT: Final = 50
"""Subjects that are tried again in one turn, and events of one of them."""
_ENDED: Final = "whoever handed it over ended without saying what became of it"


def take_events(
    name: str,
    events: Collection[type],
    *,
    limit: int,
    jitter: float,
    uow: UnitOfWork,
    now: datetime,
) -> Turn | None:
    """Return what a subscriber is to be told next, and nobody else tells it; `None`: nothing now.

    A turn with nothing in it, but more to come, has only moved on over what it does not want. When
    those before have ended without a word, it is one event, which counts as stuck until it is told.
    """
    subscriber = uow.subscribers.find(name) or Subscriber(name)
    if not subscriber.is_due(now):
        return None
    more = uow.feed.number(_NUMBERED) == _NUMBERED
    room = 1 if subscriber.is_alone else limit
    # One by one, they take turns: neither what is new nor what is stuck keeps the other waiting.
    new_first = subscriber.is_alone and subscriber.unsaid % 2 == 0
    stuck = [] if new_first else _stuck(subscriber, room, uow=uow, now=now)
    room -= sum(len(found) for _, found in stuck)
    new, upto, is_more = _new(subscriber.position, events, room, uow)
    waiting = uow.subscribers.stuck(name, {happened.about for happened in new})
    new = [happened for happened in new if happened.about not in waiting]
    if new_first and not new:
        stuck = _stuck(subscriber, 1, uow=uow, now=now)
    more = more or is_more
    if not (new or stuck):
        if upto > subscriber.position:
            uow.subscribers.save(subscriber.moved(upto))
        return Turn(subscriber, upto, upto, more=True) if more else None
    start = subscriber.position
    if subscriber.is_alone:
        if new:
            stuck = [(Stuck(new[0].about, new[0].position, 0, now), (new[0],))]
            new, start = [], upto
        for each, found in stuck:
            for first in found:
                attempts, problem = each.attempts + 1, each.problem or _ENDED
                tried = Stuck.at(first, problem, attempts=attempts, now=now, jitter=jitter)
                uow.subscribers.put(name, [tried])
    claimed = subscriber.claimed(now, start)
    uow.subscribers.save(claimed)
    return Turn(claimed, start, upto, tuple(new), tuple(stuck), more=more)


def _stuck(
    subscriber: Subscriber, room: int, *, uow: UnitOfWork, now: datetime
) -> list[tuple[Stuck, tuple[Happened, ...]]]:
    """Return subjects that are to be tried again, with some of their events."""
    stuck = []
    for each in uow.subscribers.due(subscriber.name, now, latest(now), min(room, _STUCK)):
        # For whom there is no room now is due still.
        if room:
            most = min(room, _OF_SUBJECT)
            found = uow.feed.of_subject(each.subject, each.position, subscriber.position, most)
            stuck.append((each, tuple(found)))
            room -= len(found)
    return stuck


def _new(
    position: int, events: Collection[type], room: int, uow: UnitOfWork
) -> tuple[list[Happened], int, bool]:
    """Return some wanted events after a position, the last one looked at, and if there is more."""
    wanted: list[Happened] = []
    for _ in range(_PAGES):
        page = uow.feed.after(position, _PAGE)
        for happened in page:
            if len(wanted) >= room:
                return wanted, position, True
            position = happened.position
            if type(happened.event) in events:
                wanted.append(happened)
        if len(page) < _PAGE:
            return wanted, position, False
    return wanted, position, True


@attrs.frozen
class Outcome:
    """What became of a turn."""

    told: int
    """Events that were handed over."""
    failures: Sequence[Failure]
    """The first of each subject that could not be told."""
    upto: int
    """The position of the last new event that was gone by, told or not."""
    reached: Mapping[Subject, int]
    """Stuck subject → position of the last of its events that was told."""

    def is_down(self, turn: Turn) -> bool:
        """Return whether nothing could be told at all, so that it is all to be tried again."""
        return not self.told and bool(self.new_failures(turn))

    def new_failures(self, turn: Turn) -> list[Failure]:
        """Return the failures of events that were new."""
        known = {each.subject for each, _ in turn.stuck}
        return [failure for failure in self.failures if failure.happened.about not in known]


def note_events(
    turn: Turn, outcome: Outcome, *, jitter: float, uow: UnitOfWork, now: datetime
) -> bool:
    """Write down what became of a turn; return whether it was still nobody else's.

    If somebody has taken over, nothing is written, and the events are told again.
    """
    subscriber = turn.subscriber
    name = subscriber.name
    if uow.subscribers.find(name) != subscriber:
        return False
    new = outcome.new_failures(turn)
    if outcome.is_down(turn):
        first = min(new, key=lambda failure: failure.happened.position)
        position = first.happened.position - 1
        told = subscriber.postponed(position, _said(first), now=now, jitter=jitter)
    else:
        position = outcome.upto
        more = turn.more or position < turn.upto
        told = subscriber.came_to(position, more=more)
        stuck = [
            Stuck.at(each.happened, _said(each), attempts=1, now=now, jitter=jitter) for each in new
        ]
        uow.subscribers.put(name, stuck)
    failed = {failure.happened.about: failure for failure in outcome.failures}
    for each, _ in turn.stuck:
        failure = failed.get(each.subject)
        if failure is not None:
            is_same = failure.happened.position == each.position
            attempts = each.attempts + 1 if is_same else 1
            again = Stuck.at(
                failure.happened, _said(failure), attempts=attempts, now=now, jitter=jitter
            )
            uow.subscribers.put(name, [again])
        elif each.subject in outcome.reached:
            following = outcome.reached[each.subject] + 1
            _go_on(name, each, following, position, uow=uow, now=now)
    uow.subscribers.save(told)
    return True


def _go_on(
    name: str, stuck: Stuck, first: int, last: int, *, uow: UnitOfWork, now: datetime
) -> None:
    """Free a subject, or move it to the next of its events that has been gone by meanwhile."""
    following = uow.feed.of_subject(stuck.subject, first, last, 1)
    if following:
        uow.subscribers.put(name, [stuck.moved(following[0].position, now)])
    else:
        uow.subscribers.free(name, [stuck.subject])


def failed_events(name: str, limit: int, *, uow: UnitOfWork) -> tuple[FailedEvent, ...]:
    """Return the events that were set aside for a subscriber, those first that were so first."""
    return tuple(
        [
            FailedEvent(
                happened.event_id,
                uow.seller_id,
                name,
                # What was set aside was so at some time.
                stuck.failed_at or happened.event.at,
                stuck.attempts,
                stuck.problem,
                happened,
            )
            for stuck in uow.subscribers.set_aside(name, limit)
            for happened in uow.feed.of_subject(stuck.subject, stuck.position, stuck.position, 1)
        ]
    )


def retry_event(name: str, event_id: str, *, skip: bool, uow: UnitOfWork, now: datetime) -> None:
    """Make an event that was set aside due now, or `skip` it and go on with what came after.

    Raises `UnknownEvent` when it is not set aside.
    """
    for stuck in uow.subscribers.set_aside(name, limits.EVENTS):
        for happened in uow.feed.of_subject(stuck.subject, stuck.position, stuck.position, 1):
            if happened.event_id == event_id:
                # It stays stuck until somebody with a lease finds that nothing more of it waits.
                position = stuck.position + 1 if skip else stuck.position
                uow.subscribers.put(name, [stuck.moved(position, now)])
                return
    raise UnknownEvent(name, event_id)


def skip_events(name: str, *, uow: UnitOfWork) -> bool:
    """Move a subscriber past all that has happened so far; return whether that is all of it."""
    more = uow.feed.number(_NUMBERED) == _NUMBERED
    uow.subscribers.forget(name)
    uow.subscribers.save(Subscriber(name, position=uow.feed.last(), version=1))
    return not more


def forget_subscriber(name: str, *, uow: UnitOfWork) -> None:
    """Forget how far a subscriber has come: one of this name begins at the beginning."""
    uow.subscribers.forget(name)


def _said(failure: Failure) -> str:
    return printable(failure.problem)
