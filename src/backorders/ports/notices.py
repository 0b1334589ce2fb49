"""What the use cases need from a store to tell people things: who they are, and an outbox."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.notices import Content, NotificationKind
from backorders.domain.users import User
from backorders.domain.values import MessageId, SellerId, UserId


class NewNotice(NamedTuple):
    """A notice to be put into the outbox, and what it says."""

    queued: QueuedNotice
    content: Content


class Users(Protocol):
    """The seller's users."""

    def find(self, user_id: UserId) -> User | None:
        """Return a user, or `None` when there is none of this id."""
        ...

    def every(self) -> Sequence[User]:
        """Return all users, by id."""
        ...

    def add(self, user: User) -> None:
        """Store a new user. Raises `LostRace` when the id has been taken meanwhile."""
        ...

    def save(self, stored: User, user: User) -> None:
        """Write over a stored user. Raises `LostRace` unless it still is as stored."""
        ...

    def remove(self, user_id: UserId) -> None:
        """Forget a user, if there is one of this id."""
        ...


class Notices(Protocol):
    """What the seller's users are still to be told."""

    def note(self, new: Sequence[NewBackOrder]) -> None:
        """Store entries for the next digest."""
        ...

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        """Return the entries made before an instant, or later than another; by order and version.

        Those that a digest has used up are gone.
        """
        ...

    def last_digest(self) -> LastDigest | None:
        """Return how far the digests have come; `None`: there was none yet."""
        ...

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        """Take entries into a digest, which comes after `last`.

        Raises `LostRace` when an entry has been used up meanwhile, or `last` is not the last.
        """
        ...

    def queue(self, new: Sequence[NewNotice]) -> None:
        """Put notices into the outbox. Raises `LostRace` when an id has been taken meanwhile."""
        ...

    def find(self, message_ids: Collection[MessageId]) -> Mapping[MessageId, QueuedNotice]:
        """Return those of the notices that are in the outbox."""
        ...

    def content(self, message_id: MessageId) -> Content | None:
        """Return what a notice says, or `None` when it is not in the outbox."""
        ...

    def save(self, notice: QueuedNotice) -> None:
        """Write over a notice. Raises `LostRace` unless the one stored has the version before."""
        ...

    def remove(self, message_id: MessageId) -> None:
        """Take a notice out of the outbox, if it is there."""
        ...

    def drop(self, user_id: UserId, kind: NotificationKind | None) -> None:
        """Take all notices to a user out of the outbox; with `kind`, those of that kind."""
        ...


class Outboxes(Protocol):
    """What is to be told, of all sellers at once: who has any, never what it says."""

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        """Return every seller of whom there may be something to compose, sorted.

        Those who have entries for a digest, or a delivery that has arrived, is not closed, and of
        which it was not told that it is overdue.
        """
        ...

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        """Return the first notices that are due, at most `limit`.

        Due are those that were to be tried by now, or only after `beyond`. Whichever was due first
        comes first; at one instant, by id.
        """
        ...

    def failed(self, limit: int) -> Sequence[tuple[SellerId, MessageId]]:
        """Return the first notices that are set aside, at most `limit`.

        Whichever was set aside first comes first; at one instant, by id.
        """
        ...

    def seller_of_failed(self, message_id: MessageId) -> SellerId | None:
        """Return whose notice that is, if it is set aside."""
        ...

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        """Return every seller of whom a subscriber may have to be told something, sorted.

        Those with events that have no position, or one after that of the subscriber, or with a
        subject that is to be tried again by now, or only after `beyond`; but for those of whom the
        subscriber itself is not due, by the same measure.
        """
        ...

    def sellers_with_failed_events(self, name: str) -> tuple[SellerId, ...]:
        """Return every seller of whom a subscriber has subjects that were set aside, sorted."""
        ...
