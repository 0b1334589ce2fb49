"""Users as they are tried, and what they would be told, over what is stored.

What the seller's orders do is read far more often than this is written, so this keeps each write,
and repeats it when all is written into what is below.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import LostRace
from backorders.domain.notices import Content, NotificationKind
from backorders.domain.users import User
from backorders.domain.values import MessageId, OrderId, SellerId, UserId
from backorders.ports.notices import NewNotice, Notices, Users

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


class TriedUsers:
    """Users in memory, over those below; see the port."""

    def __init__(self, base: Users) -> None:
        self._base = base
        self._known: dict[UserId, User] | None = None
        self._writes: list[Callable[[Users], None]] = []

    def find(self, user_id: UserId) -> User | None:
        """Return a user, or `None` when there is none of this id."""
        return self._users().get(user_id)

    def every(self) -> Sequence[User]:
        """Return all users, by id."""
        users = self._users()
        return [users[user_id] for user_id in sorted(users)]

    def add(self, user: User) -> None:
        """Take in a new user."""
        if user.user_id in self._users():
            raise LostRace(f"user {user.user_id!r} is there already")
        self._users()[user.user_id] = user
        self._writes.append(lambda base: base.add(user))

    def save(self, stored: User, user: User) -> None:
        """Put a user in the place of one who was there."""
        if self._users().get(user.user_id) != stored:
            raise LostRace(f"user {user.user_id!r} is not as thought")
        self._users()[user.user_id] = user
        self._writes.append(lambda base: base.save(stored, user))

    def remove(self, user_id: UserId) -> None:
        """Forget a user, if there is one of this id."""
        self._users().pop(user_id, None)
        self._writes.append(lambda base: base.remove(user_id))

    def write(self, base: Users) -> None:
        """Write all of it into other users."""
        for write in self._writes:
            write(base)

    def _users(self) -> dict[UserId, User]:
        if self._known is None:
            self._known = {user.user_id: user for user in self._base.every()}
        return self._known


class TriedNotices:
    """Entries and notices in memory, over those below; see the port."""

    def __init__(self, base: Notices) -> None:
        self._base = base
        self._writes: list[Callable[[Notices], None]] = []
        self._noted: dict[tuple[OrderId, int], NewBackOrder] = {}
        self._used_up: set[tuple[OrderId, int]] = set()
        self._digest: LastDigest | None = None
        self._outbox: dict[MessageId, NewNotice] = {}
        self._removed: set[MessageId] = set()
        self._dropped: list[tuple[UserId, NotificationKind | None]] = []

    def note(self, new: Sequence[NewBackOrder]) -> None:
        """Keep entries for the next digest."""
        self._noted.update(((entry.order_id, entry.version), entry) for entry in new)
        self._writes.append(lambda base: base.note(new))

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        """Return the entries made before an instant, or later than another; by order, version."""
        found = self._entries(before, beyond)
        return [found[key] for key in sorted(found)]

    def last_digest(self) -> LastDigest | None:
        """Return how far the digests have come."""
        return self._digest or self._base.last_digest()

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        """Take entries into a digest, which comes after `last`."""
        if self.last_digest() != last:
            raise LostRace("a digest has been composed already")
        # Before the one or after the other: that is all there are.
        there = self._entries(_LAST, _FIRST)
        used = {(entry.order_id, entry.version) for entry in entries}
        if not used <= there.keys():
            raise LostRace("an entry has been used up already")
        for key in used:
            self._noted.pop(key, None)
        self._used_up |= used
        self._digest = digest
        self._writes.append(lambda base: base.use_up(entries, last, digest))

    def queue(self, new: Sequence[NewNotice]) -> None:
        """Put notices into the outbox, from which none is ever delivered."""
        taken = self.find([notice.queued.message_id for notice in new])
        for notice in new:
            message_id = notice.queued.message_id
            if message_id in taken:
                raise LostRace(f"notice {message_id!r} is there already")
            self._outbox[message_id] = notice
        self._writes.append(lambda base: base.queue(new))

    def find(self, message_ids: Collection[MessageId]) -> Mapping[MessageId, QueuedNotice]:
        """Return those of the notices that are in the outbox."""
        below = self._base.find([each for each in message_ids if self._is_below(each)])
        found = {each: notice for each, notice in below.items() if not self._is_dropped(notice)}
        for each in message_ids:
            if each in self._outbox:
                found[each] = self._outbox[each].queued
        return found

    def content(self, message_id: MessageId) -> Content | None:
        """Return what a notice says, or `None` when it is not in the outbox."""
        if message_id in self._outbox:
            return self._outbox[message_id].content
        return self._base.content(message_id) if self.find([message_id]) else None

    def save(self, notice: QueuedNotice) -> None:
        """Put a notice in the place of its version before."""
        message_id = notice.message_id
        stored = self.find([message_id]).get(message_id)
        content = self.content(message_id)
        if stored is None or content is None or stored.version != notice.version - 1:
            raise LostRace(f"notice {message_id!r} has another version")
        self._outbox[message_id] = NewNotice(notice, content)
        self._writes.append(lambda base: base.save(notice))

    def remove(self, message_id: MessageId) -> None:
        """Take a notice out of the outbox, if it is there."""
        self._outbox.pop(message_id, None)
        self._removed.add(message_id)
        self._writes.append(lambda base: base.remove(message_id))

    def drop(self, user_id: UserId, kind: NotificationKind | None) -> None:
        """Take all notices to a user out of the outbox; with `kind`, those of that kind."""
        self._dropped.append((user_id, kind))
        for message_id, (queued, _) in list(self._outbox.items()):
            if queued.user_id == user_id and kind in (None, queued.kind):
                del self._outbox[message_id]
        self._writes.append(lambda base: base.drop(user_id, kind))

    def write(self, base: Notices) -> None:
        """Write all of it into another outbox."""
        for write in self._writes:
            write(base)

    def _entries(
        self, before: datetime, beyond: datetime
    ) -> dict[tuple[OrderId, int], NewBackOrder]:
        below = {
            key: entry
            for entry in self._base.noted(before, beyond)
            if (key := (entry.order_id, entry.version)) not in self._used_up
        }
        mine = {
            key: entry
            for key, entry in self._noted.items()
            if entry.at < before or entry.at > beyond
        }
        return below | mine

    def _is_below(self, message_id: MessageId) -> bool:
        return message_id not in self._outbox and message_id not in self._removed

    def _is_dropped(self, notice: QueuedNotice) -> bool:
        return any(
            notice.user_id == user_id and kind in (None, notice.kind)
            for user_id, kind in self._dropped
        )


class NobodyIsTold:
    """The outboxes of a trial: what is only tried is told to nobody, so there is nothing due."""

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        """Return nobody."""
        return ()

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        """Return nothing."""
        del now, beyond, limit
        return ()

    def failed(self, limit: int) -> Sequence[tuple[SellerId, MessageId]]:
        """Return nothing."""
        del limit
        return ()

    def seller_of_failed(self, message_id: MessageId) -> SellerId | None:
        """Return nobody."""
        del message_id
        return None

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        """Return nobody."""
        del name, now, beyond
        return ()

    def sellers_with_failed_events(self, name: str) -> tuple[SellerId, ...]:
        """Return nobody."""
        del name
        return ()
