"""A notice on its way: when it is tried, when it is tried again, and when that ends (law 22)."""

from datetime import datetime, timedelta

import attrs

from backorders.domain import limits, values
from backorders.domain.notices import Content, NotificationKind
from backorders.domain.values import MessageId, SellerId, UserId

_AHEAD = timedelta(days=1)
"""Longer than any pause or lease, with much to spare for clocks that differ."""


@attrs.frozen
class QueuedNotice:
    """A notice in the outbox, without what it says. It is due at some time, or set aside."""

    message_id: MessageId
    user_id: UserId
    kind: NotificationKind
    queued_at: datetime
    due_at: datetime | None
    """When it is to be tried next. While it is being tried: when somebody else may take it over.

    `None`: it is set aside.
    """
    attempts: int = 0
    """How often it has been tried since it was queued or retried."""
    failed_at: datetime | None = None
    """When it was set aside; `None`: it is not."""
    problem: str = ""
    """Why it could not be delivered the last time."""
    version: int = 1
    """How often it has been written; a store refuses to write over a version it does not know."""

    def is_due(self, now: datetime) -> bool:
        """Return whether it is to be tried, and nobody has it."""
        return self.due_at is not None and not now < self.due_at <= latest(now)

    @property
    def is_worn_out(self) -> bool:
        """Whether it has been tried as often as it may be."""
        return self.attempts >= limits.DELIVERY_ATTEMPTS

    def claimed(self, now: datetime) -> "QueuedNotice":
        """Return it as being tried once more, by one deliverer alone until the lease ends."""
        until = values.after(now, limits.DELIVERY_LEASE)
        return self._next(due_at=until, attempts=self.attempts + 1)

    def postponed(self, problem: str, *, now: datetime, jitter: float) -> "QueuedNotice":
        """Return it after a failure, to be tried again after a pause: `pause_after`."""
        due_at = values.after(now, pause_after(self.attempts, jitter))
        return self._next(due_at=due_at, attempts=self.attempts, problem=problem)

    def set_aside(self, problem: str, *, now: datetime) -> "QueuedNotice":
        """Return it as one that is not tried any more unless somebody asks for it."""
        return self._next(due_at=None, attempts=self.attempts, problem=problem, failed_at=now)

    def retried(self, now: datetime) -> "QueuedNotice":
        """Return it as due now, as if it had never been tried."""
        return self._next(due_at=now, attempts=0)

    def _next(
        self,
        *,
        due_at: datetime | None,
        attempts: int,
        problem: str | None = None,
        failed_at: datetime | None = None,
    ) -> "QueuedNotice":
        return attrs.evolve(
            self,
            due_at=due_at,
            attempts=attempts,
            problem=self.problem if problem is None else problem,
            failed_at=failed_at,
            version=self.version + 1,
        )


@attrs.frozen
class Taken:
    """A notice that somebody has taken to deliver, for as long as the lease lasts."""

    queued: QueuedNotice
    recipient: str
    content: Content


def latest(now: datetime) -> datetime:
    """Return an instant after which nothing is due unless a clock was wrong: then it is due now."""
    return values.after(now, _AHEAD)


def pause_after(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time, up to a limit.

    `jitter`, from 0 up to 1, is chance: it cuts off up to half, so that what failed together does
    not come back together.

    >>> [str(pause_after(attempts, 0.0)) for attempts in (1, 2, 3, 12)]
    ['0:01:00', '0:02:00', '0:04:00', '6:00:00']
    """
    doubled: timedelta = limits.DELIVERY_PAUSE * 2 ** (attempts - 1)
    return min(doubled, limits.LONGEST_DELIVERY_PAUSE) * (1 - jitter / 2)


def printable(problem: str) -> str:
    """Return what went wrong as one line that any store can hold."""
    cut = problem[: limits.REASON_LENGTH]
    return "".join(char if char.isprintable() else " " for char in cut)


@attrs.frozen
class Delivered:
    """What one call has delivered."""

    sent: int
    failed: int
    """Notices that could not be delivered this time, set aside or to be tried again."""


@attrs.frozen
class FailedNotice:
    """A notice that was set aside: it is not tried any more unless `retry_notification` asks."""

    message_id: MessageId
    seller_id: SellerId
    user_id: UserId
    recipient: str
    """The user's address as it is now: where a retry will go."""
    kind: NotificationKind
    queued_at: datetime
    failed_at: datetime
    attempts: int
    problem: str
    """Why it could not be delivered the last time."""
