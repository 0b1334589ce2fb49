"""How far a subscriber has come, what of it has got stuck, and when either is tried again."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from backorders.domain import limits, values
from backorders.domain.delivering import latest, pause_after
from backorders.domain.happened import Happened, Subject
from backorders.domain.values import SellerId

_TRUSTED: Final = 2
"""Turns in a row that may end without a word before events are taken one at a time."""
_MANY: Final = 10
"""Failures in a row after which one more makes no difference."""
_AT_FIRST: Final = 3
"""Events that may fail before anything succeeds: then it is the handler that is not well."""


@attrs.frozen
class Subscriber:
    """How far one subscriber has come with the events of one seller."""

    name: str
    position: int = 0
    """Of the last event that it was told, or that has got stuck."""
    due_at: datetime | None = None
    """When it is to be told more. While it is told: when somebody else may take over."""
    failures: int = 0
    """How often in a row nothing at all could be told."""
    unsaid: int = 0
    """How often in a row whoever took events has ended without saying what became of them."""
    problem: str = ""
    """Why nothing could be told the last time; empty when something could."""
    version: int = 0
    """How often it has been written; a store refuses to write over a version it does not know."""

    def is_due(self, now: datetime) -> bool:
        """Return whether it is to be told more, and nobody is telling it."""
        return self.due_at is None or not now < self.due_at <= latest(now)

    @property
    def is_alone(self) -> bool:
        """Whether it is told one event at a time: one of them may have ended the process."""
        return self.unsaid >= _TRUSTED

    @property
    def patience(self) -> int:
        """How many events may fail before anything succeeds; more, the longer that goes on.

        Were it always as many, some that can never succeed would be in the way of all others.
        """
        return _AT_FIRST << min(self.failures, _MANY)

    def claimed(self, now: datetime, position: int) -> "Subscriber":
        """Return it as being told, by one process alone until the lease ends."""
        until = values.after(now, limits.DELIVERY_LEASE)
        return self._next(position=position, due_at=until, unsaid=self.unsaid + 1)

    def moved(self, position: int) -> "Subscriber":
        """Return it further on, where nothing was for it."""
        return self._next(position=position)

    def came_to(self, position: int, *, more: bool) -> "Subscriber":
        """Return it after a turn in which it was told something, or nothing was for it.

        Who is told one event at a time is so until there is no `more`.
        """
        unsaid = _TRUSTED if self.unsaid > _TRUSTED and more else 0
        return self._next(position=position, due_at=None, failures=0, unsaid=unsaid, problem="")

    def postponed(
        self, position: int, problem: str, *, now: datetime, jitter: float
    ) -> "Subscriber":
        """Return it after a turn in which nothing succeeded: all of it is tried again."""
        failures = self.failures + 1
        pause = min(pause_after(min(failures, _MANY), jitter), limits.LONGEST_SUBSCRIBER_PAUSE)
        return self._next(
            position=position,
            due_at=values.after(now, pause),
            failures=failures,
            unsaid=0,
            problem=problem,
        )

    def _next(
        self,
        *,
        position: int,
        due_at: datetime | None = None,
        failures: int | None = None,
        unsaid: int | None = None,
        problem: str | None = None,
    ) -> "Subscriber":
        return attrs.evolve(
            self,
            position=position,
            due_at=due_at,
            failures=self.failures if failures is None else failures,
            unsaid=self.unsaid if unsaid is None else unsaid,
            problem=self.problem if problem is None else problem,
            version=self.version + 1,
        )


@attrs.frozen
class Stuck:
    """A subject of which a subscriber could not be told; what comes after waits for that."""

    subject: Subject
    position: int
    """Of the event that could not be told."""
    attempts: int
    due_at: datetime | None
    """When it is tried again; `None`: it was set aside."""
    failed_at: datetime | None = None
    """When it was set aside; `None`: it was not."""
    problem: str = ""

    @classmethod
    def at(
        cls, happened: Happened, problem: str, *, attempts: int, now: datetime, jitter: float
    ) -> "Stuck":
        """Return a subject as stuck at an event that was tried so often, or as set aside."""
        is_over = attempts >= limits.DELIVERY_ATTEMPTS
        due_at = None if is_over else values.after(now, pause_after(attempts, jitter))
        failed_at = now if is_over else None
        return cls(happened.about, happened.position, attempts, due_at, failed_at, problem)

    def moved(self, position: int, now: datetime) -> "Stuck":
        """Return it at a later event, which is due now."""
        return Stuck(self.subject, position, 0, now)


@attrs.frozen
class Failure:
    """An event that could not be told, and why."""

    happened: Happened
    problem: str


@attrs.frozen
class Turn:
    """What somebody has taken to tell a subscriber, for as long as the lease lasts."""

    subscriber: Subscriber
    start: int
    """The position before the first of the new events."""
    upto: int
    """The position of the last event that was looked at."""
    new: tuple[Happened, ...] = ()
    """Those of them that the subscriber wants, and that do not wait for one that is stuck."""
    stuck: tuple[tuple[Stuck, tuple[Happened, ...]], ...] = ()
    """Subjects that are to be tried again, each with its events as far as they had been taken."""
    more: bool = attrs.field(kw_only=True)
    """Whether there was more than one turn takes."""


@attrs.frozen
class EventsDelivered:
    """What one call has told subscribers."""

    told: int
    failed: int
    """Events that could not be told this time, set aside or to be tried again."""


@attrs.frozen
class FailedEvent:
    """An event that was set aside: it, and what came after on its subject, waits for somebody."""

    event_id: str
    seller_id: SellerId
    subscriber: str
    failed_at: datetime
    attempts: int
    problem: str
    happened: Happened


LONGEST_HANDLING: Final[timedelta] = limits.DELIVERY_LEASE / 2
"""How long one turn goes on handing events over; what is left is for the next."""
