"""Telling subscribers of events, for all sellers: outside of any transaction, at least once."""

import random
from collections import deque
from collections.abc import Callable, Collection, Iterable
from typing import Final, TypeAlias, TypeVar

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.application.logs import LOG
from backorders.application.repeating import repeated
from backorders.domain import limits, values
from backorders.domain.delivering import latest
from backorders.domain.errors import InvalidType, InvalidValue, UnknownEvent
from backorders.domain.events import Event
from backorders.domain.happened import EVENTS, Happened, Subject
from backorders.domain.subscribers import (
    LONGEST_HANDLING,
    EventsDelivered,
    FailedEvent,
    Failure,
    Turn,
)
from backorders.domain.values import SellerId
from backorders.ports.clock import Clock
from backorders.ports.notices import Outboxes
from backorders.ports.pause import Pause
from backorders.ports.storage import Store
from backorders.usecases.subscribing import Outcome

_T = TypeVar("_T")

EventHandler: TypeAlias = Callable[[Happened], object]
"""Called with one event after the other, after its commit. Whatever it raises, it is told again."""

_AT_ONCE: Final = 100
"""Events of one turn: as many are told twice when a process ends without a word."""
_SILENT: Final = 3
"""Sellers of whom nothing at all could be told before the rest of them is left for later."""


@attrs.frozen
class SellersFeed(Calls):
    """One seller's events, as subscribers are told of them."""

    def take(self, name: str, events: Collection[type], limit: int) -> Turn | None:
        """Take what a subscriber is to be told next, if it is due."""
        return self._change(
            lambda uow, now: usecases.take_events(
                name, events, limit=limit, jitter=_chance(), uow=uow, now=now
            )
        )

    def note(self, turn: Turn, outcome: Outcome) -> bool:
        """Write down what became of a turn, if it is still nobody else's."""
        return self._change(
            lambda uow, now: usecases.note_events(turn, outcome, jitter=_chance(), uow=uow, now=now)
        )

    def failed(self, name: str, limit: int) -> tuple[FailedEvent, ...]:
        """Return the events that were set aside."""
        return self._read(lambda uow, _: usecases.failed_events(name, limit, uow=uow))

    def retry(self, name: str, event_id: str, *, skip: bool) -> None:
        """Make an event that was set aside due now, or go on after it."""
        self._change(
            lambda uow, now: usecases.retry_event(name, event_id, skip=skip, uow=uow, now=now)
        )

    def skip(self, name: str) -> None:
        """Move a subscriber past all that has happened."""
        while not self._change(lambda uow, _: usecases.skip_events(name, uow=uow)):
            pass

    def forget(self, name: str) -> None:
        """Forget a subscriber."""
        self._change(lambda uow, _: usecases.forget_subscriber(name, uow=uow))


@attrs.frozen
class Subscription:
    """Somebody who is told of the events of all sellers, and how far that has come.

    The place is stored under the name: another process with the same name goes on from there.
    """

    _store: Store
    _clock: Clock
    _pause: Pause
    name: str
    _handler: EventHandler
    _events: frozenset[type]

    def deliver(self, *, limit: int = limits.EVENTS) -> EventsDelivered:
        """Hand over what has happened since the last time, at most `limit` events.

        Those of one order come in their order. An event whose handler raises is told again after a
        pause, and holds up what comes after on its order alone; after `limits.DELIVERY_ATTEMPTS` it
        is set aside. When nothing at all succeeds, everything waits. Several processes can do this
        at once: each seller's events are handed over by one of them at a time.
        """
        left = values.whole_number("limit", limit, least=1, most=limits.EVENTS)
        now = values.instant("clock", self._clock())
        told = failed = silent = 0
        sellers = deque(
            self._asked(lambda outboxes: outboxes.sellers_with_events(self.name, now, latest(now)))
        )
        while sellers and left > 0 and (silent < _SILENT or told):
            seller_id = sellers.popleft()
            feed = self._of(seller_id)
            turn = feed.take(self.name, self._events, min(left, _AT_ONCE))
            if turn is None:
                continue
            handing = _HandingOver(self._handler, self._events, self._clock, turn)
            is_ours = handing.run(feed)
            told += handing.told
            failed += len(handing.failures)
            left -= handing.told + len(handing.failures)
            is_down = handing.outcome().is_down(turn)
            silent += is_down
            if is_ours and not is_down and handing.is_more:
                sellers.append(seller_id)
        return EventsDelivered(told, failed)

    def failed(self, *, limit: int = limits.NOTICES) -> tuple[FailedEvent, ...]:
        """Return the events that were set aside, those first that were so longest ago."""
        most = values.whole_number("limit", limit, least=1, most=limits.EVENTS)
        found = [
            failed
            for seller_id in self._sellers_with_failed()
            for failed in self._of(seller_id).failed(self.name, most)
        ]
        by_time = sorted(found, key=lambda each: (each.failed_at, each.seller_id))
        return tuple(by_time[:most])

    def retry(self, event_id: str) -> None:
        """Tell an event that was set aside again; raises `UnknownEvent` if there is none."""
        self._move(event_id, skip=False)

    def skip(self, event_id: str) -> None:
        """Give an event up that was set aside, and go on with what came after it on its order."""
        self._move(event_id, skip=True)

    def start_now(self) -> None:
        """Pass over all that has happened so far, set aside or not: what comes is told."""
        for seller_id in repeated(self._store.sellers, self._pause):
            self._of(seller_id).skip(self.name)

    def forget(self) -> None:
        """Forget how far it has come: a subscription of this name begins at the beginning."""
        for seller_id in repeated(self._store.sellers, self._pause):
            self._of(seller_id).forget(self.name)

    def _move(self, event_id: str, *, skip: bool) -> None:
        checked = values.message_id(event_id)
        for seller_id in self._sellers_with_failed():
            for failed in self._of(seller_id).failed(self.name, limits.EVENTS):
                if failed.event_id == checked:
                    self._of(seller_id).retry(self.name, checked, skip=skip)
                    return
        raise UnknownEvent(self.name, checked)

    def _sellers_with_failed(self) -> tuple[SellerId, ...]:
        return self._asked(lambda outboxes: outboxes.sellers_with_failed_events(self.name))

    def _asked(self, question: Callable[[Outboxes], _T]) -> _T:
        return repeated(lambda: question(self._store.outboxes), self._pause)

    def _of(self, seller_id: SellerId) -> SellersFeed:
        return SellersFeed(self._store, seller_id, self._clock, self._pause)


class _HandingOver:
    """One turn: events handed over one by one, for as long as nobody else may take over."""

    def __init__(
        self, handler: EventHandler, events: frozenset[type], clock: Clock, turn: Turn
    ) -> None:
        self._handler = handler
        self._events = events
        self._clock = clock
        self._turn = turn
        self._upto = turn.start
        self._reached: dict[Subject, int] = {}
        self._was_late = False
        self.told = 0
        self.failures: dict[Subject, Failure] = {}

    def run(self, feed: SellersFeed) -> bool:
        """Hand over, and write down what became of it, also when it is broken off."""
        turn = self._turn
        if not (turn.new or turn.stuck):
            return True
        try:
            self._hand_over()
        except BaseException:
            feed.note(turn, self.outcome())
            raise
        return feed.note(turn, self.outcome())

    @property
    def is_more(self) -> bool:
        """Whether more of the seller's events wait for another turn."""
        return self._turn.more or self._was_late

    def outcome(self) -> Outcome:
        """Return what became of the turn so far."""
        return Outcome(self.told, tuple(self.failures.values()), self._upto, self._reached)

    def _hand_over(self) -> None:
        turn = self._turn
        for stuck, events in turn.stuck:
            if not events:
                self._reached[stuck.subject] = stuck.position - 1
            for happened in events:
                if self._is_late():
                    return
                if type(happened.event) in self._events and not self._tell(happened):
                    break
                self._reached[stuck.subject] = happened.position
        failed = 0
        for happened in turn.new:
            if happened.about not in self.failures:
                if self._is_late():
                    return
                failed += not self._tell(happened)
                if not self.told and failed >= turn.subscriber.patience:
                    return
            self._upto = happened.position
        self._upto = turn.upto

    def _tell(self, happened: Happened) -> bool:
        try:
            self._handler(happened)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failure
            problem = f"{type(error).__name__}: {error}"
            name, event_id = self._turn.subscriber.name, happened.event_id
            LOG.warning("%s could not be told of event %s", name, event_id, exc_info=error)
            self.failures[happened.about] = Failure(happened, problem)
            return False
        self.told += 1
        return True

    def _is_late(self) -> bool:
        until = self._turn.subscriber.due_at
        now = values.instant("clock", self._clock())
        self._was_late = until is not None and now >= until - LONGEST_HANDLING
        return self._was_late


def event_types(events: Iterable[type[Event]] | None) -> frozenset[type]:
    """Return the classes of the events that are asked for; `None`: all of them."""
    every = frozenset(EVENTS.values())
    if events is None:
        return every
    if isinstance(events, type | str | bytes) or not isinstance(events, Iterable):
        raise InvalidType("events", "an iterable of event classes", type(events).__name__)
    wanted: set[type] = set()
    for place, kind in enumerate(events):
        if kind not in every:
            raise InvalidType(f"events[{place}]", "the class of an event", repr(kind)[:60])
        wanted.add(kind)
    if not wanted:
        raise InvalidValue("events", "must name at least one")
    return frozenset(wanted)


def subscriber_name(value: object) -> str:
    """Return `value` as the name of a subscriber."""
    plain = values.identifier("name", value)
    return values.text("name", plain, longest=limits.SUBSCRIBER_LENGTH)


def checked_handler(value: EventHandler) -> EventHandler:
    """Return `value` if it can be called."""
    if not callable(value):
        raise InvalidType("handler", "a callable", type(value).__name__)
    return value


def _chance() -> float:
    return random.random()  # noqa: S311 - parts what failed together, hides nothing
