"""The users of one seller, and what they are still to be told."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.feed import has_events
from backorders.adapters.memory.undoing import Undo, put_back
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import LostRace
from backorders.domain.inbound import InboundStatus
from backorders.domain.notices import Content, NotificationKind
from backorders.domain.users import User
from backorders.domain.values import MessageId, SellerId, UserId
from backorders.ports.notices import NewNotice


@attrs.frozen
class MemoryUsers:
    """Users of one seller; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def find(self, user_id: UserId) -> User | None:
        return self._seller.users.get(user_id)

    def every(self) -> Sequence[User]:
        users = self._seller.users
        return [users[user_id] for user_id in sorted(users)]

    def add(self, user: User) -> None:
        if user.user_id in self._seller.users:
            raise LostRace(f"user {user.user_id!r} has been added meanwhile")
        self._put(user)

    def save(self, stored: User, user: User) -> None:
        if self._seller.users.get(user.user_id) != stored:
            raise LostRace(f"user {user.user_id!r} has been changed meanwhile")
        self._put(user)

    def remove(self, user_id: UserId) -> None:
        users = self._seller.users
        if user_id in users:
            self._undo.append(partial(put_back, users, user_id, users.pop(user_id)))

    def _put(self, user: User) -> None:
        users = self._seller.users
        self._undo.append(partial(put_back, users, user.user_id, users.get(user.user_id)))
        users[user.user_id] = user


@attrs.frozen
class MemoryNotices:
    """What one seller's users are to be told; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def note(self, new: Sequence[NewBackOrder]) -> None:
        notes = self._seller.notes
        for entry in new:
            key = (entry.order_id, entry.version)
            self._undo.append(partial(put_back, notes, key, notes.get(key)))
            notes[key] = entry

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        notes = self._seller.notes
        entries = (notes[key] for key in sorted(notes))
        return [entry for entry in entries if entry.at < before or entry.at > beyond]

    def last_digest(self) -> LastDigest | None:
        return self._seller.last_digest

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        seller = self._seller
        if seller.last_digest != last:
            raise LostRace("a digest has been composed meanwhile")
        for entry in entries:
            key = (entry.order_id, entry.version)
            if key not in seller.notes:
                raise LostRace("an entry has been used up meanwhile")
            self._undo.append(partial(put_back, seller.notes, key, seller.notes.pop(key)))
        self._undo.append(partial(setattr, seller, "last_digest", last))
        seller.last_digest = digest

    def queue(self, new: Sequence[NewNotice]) -> None:
        outbox = self._seller.outbox
        for notice in new:
            message_id = notice.queued.message_id
            if message_id in outbox:
                raise LostRace(f"notice {message_id!r} has been queued meanwhile")
            self._undo.append(partial(outbox.pop, message_id))
            outbox[message_id] = notice

    def find(self, message_ids: Collection[MessageId]) -> Mapping[MessageId, QueuedNotice]:
        outbox = self._seller.outbox
        return {each: outbox[each].queued for each in message_ids if each in outbox}

    def content(self, message_id: MessageId) -> Content | None:
        notice = self._seller.outbox.get(message_id)
        return None if notice is None else notice.content

    def save(self, notice: QueuedNotice) -> None:
        outbox = self._seller.outbox
        stored = outbox.get(notice.message_id)
        if stored is None or stored.queued.version != notice.version - 1:
            raise LostRace(f"notice {notice.message_id!r} has been changed meanwhile")
        self._undo.append(partial(put_back, outbox, notice.message_id, stored))
        outbox[notice.message_id] = stored._replace(queued=notice)

    def remove(self, message_id: MessageId) -> None:
        outbox = self._seller.outbox
        if message_id in outbox:
            self._undo.append(partial(put_back, outbox, message_id, outbox.pop(message_id)))

    def drop(self, user_id: UserId, kind: NotificationKind | None) -> None:
        for message_id, (queued, _) in list(self._seller.outbox.items()):
            if queued.user_id == user_id and kind in (None, queued.kind):
                self.remove(message_id)


@attrs.frozen
class MemoryOutboxes:
    """What is to be told, of all sellers; see the port for what each method promises."""

    _each_seller: Callable[[], Iterator[tuple[SellerId, SellerData]]]

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        return tuple(
            [
                seller_id
                for seller_id, seller in self._each_seller()
                if seller.notes
                or any(
                    inbound.status is InboundStatus.ARRIVED and not inbound.overdue_told
                    for inbound in seller.inbounds.values()
                )
            ]
        )

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        found = [
            (queued.due_at, queued.message_id, seller_id)
            for seller_id, queued in self._notices()
            if queued.due_at is not None and not now < queued.due_at <= beyond
        ]
        return [(seller_id, message_id) for _, message_id, seller_id in sorted(found)[:limit]]

    def failed(self, limit: int) -> Sequence[tuple[SellerId, MessageId]]:
        found = [
            (queued.failed_at, queued.message_id, seller_id)
            for seller_id, queued in self._notices()
            if queued.failed_at is not None
        ]
        return [(seller_id, message_id) for _, message_id, seller_id in sorted(found)[:limit]]

    def seller_of_failed(self, message_id: MessageId) -> SellerId | None:
        whose = {
            queued.message_id: seller_id
            for seller_id, queued in self._notices()
            if queued.failed_at is not None
        }
        return whose.get(message_id)

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        return tuple(
            [
                seller_id
                for seller_id, seller in self._each_seller()
                if has_events(seller, name, now, beyond)
            ]
        )

    def sellers_with_failed_events(self, name: str) -> tuple[SellerId, ...]:
        return tuple(
            [
                seller_id
                for seller_id, seller in self._each_seller()
                if any(
                    whose == name and stuck.failed_at is not None
                    for (whose, _), stuck in seller.stuck.items()
                )
            ]
        )

    def _notices(self) -> list[tuple[SellerId, QueuedNotice]]:
        return [
            (seller_id, notice.queued)
            for seller_id, seller in self._each_seller()
            for notice in seller.outbox.values()
        ]
