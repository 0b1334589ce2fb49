"""What is asked of all sellers at once: who they are, and whose notices are to be seen to."""

from collections.abc import Callable, Sequence
from datetime import datetime

import attrs
from sqlalchemy import Executable, Select, func, not_, or_, select

from backorders.adapters.sql.rows import to_instant
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.schema import Tables
from backorders.domain.values import MessageId, SellerId


@attrs.frozen
class SqlOutboxes:
    """What is to be told, of all sellers; see the port for what each method promises."""

    _tables: Tables
    _read: Callable[[Executable], Found]

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        seller, note, inbound = (
            self._tables.sellers.c,
            self._tables.notes.c,
            self._tables.inbounds.c,
        )
        entries = select(note.seller_no).where(note.seller_no == seller.seller_no)
        arrived = select(inbound.seller_no).where(
            inbound.seller_no == seller.seller_no,
            inbound.pending,
            inbound.due_on.is_not(None),
            not_(inbound.overdue_told),
        )
        either = or_(entries.exists(), arrived.exists())
        return ids_of(self._read(sellers(self._tables).where(either)))

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        c = self._tables.outbox.c
        by_time = self._notices().order_by(c.due_at, c.message_id)
        # Both at once would not be found in the index.
        due = self._read(by_time.where(c.due_at <= to_instant(now)).limit(limit))
        if len(due) == limit:
            return due
        late = by_time.where(c.due_at > to_instant(beyond)).limit(limit - len(due))
        return [*due, *self._read(late)]

    def failed(self, limit: int) -> Sequence[tuple[SellerId, MessageId]]:
        c = self._tables.outbox.c
        by_time = self._notices().order_by(c.failed_at, c.message_id)
        return self._read(by_time.where(c.failed_at.is_not(None)).limit(limit))

    def seller_of_failed(self, message_id: MessageId) -> SellerId | None:
        c = self._tables.outbox.c
        failed = self._notices().where(c.failed_at.is_not(None), c.message_id == message_id)
        for seller_id, _ in self._read(failed):
            return SellerId(seller_id)
        return None

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        seller, event = self._tables.sellers.c, self._tables.journal.c
        feed, subscriber = self._tables.feeds.c, self._tables.subscribers.c
        stuck = self._tables.stuck.c
        at, beyond_at = to_instant(now), to_instant(beyond)
        its = (subscriber.seller_no == seller.seller_no, subscriber.name == name)
        # A query of one value each: an engine might begin a join with all events.
        seen = select(subscriber.position).where(*its).scalar_subquery()
        last = select(feed.numbered).where(feed.seller_no == seller.seller_no).scalar_subquery()
        later = select(subscriber.name).where(
            *its, subscriber.due_at > at, subscriber.due_at <= beyond_at
        )
        unnumbered = select(event.seller_no).where(
            event.seller_no == seller.seller_no, event.position.is_(None)
        )
        due = select(stuck.seller_no).where(
            stuck.seller_no == seller.seller_no,
            stuck.name == name,
            or_(stuck.due_at <= at, stuck.due_at > beyond_at),
        )
        any_of_it = or_(
            func.coalesce(last, 0) > func.coalesce(seen, 0), unnumbered.exists(), due.exists()
        )
        return ids_of(self._read(sellers(self._tables).where(any_of_it, not_(later.exists()))))

    def sellers_with_failed_events(self, name: str) -> tuple[SellerId, ...]:
        seller, stuck = self._tables.sellers.c, self._tables.stuck.c
        aside = select(stuck.seller_no).where(
            stuck.seller_no == seller.seller_no, stuck.name == name, stuck.failed_at.is_not(None)
        )
        return ids_of(self._read(sellers(self._tables).where(aside.exists())))

    def _notices(self) -> Select[*tuple[str, str]]:
        seller, outbox = self._tables.sellers.c, self._tables.outbox.c
        # Not a join: an engine might begin it with all sellers.
        whose = select(seller.seller_id).where(seller.seller_no == outbox.seller_no)
        return select(whose.scalar_subquery(), outbox.message_id)


def sellers(tables: Tables) -> Select[*tuple[str]]:
    """Return what finds every seller, sorted."""
    c = tables.sellers.c
    return select(c.seller_id).order_by(c.seller_id)


def ids_of(found: Found) -> tuple[SellerId, ...]:
    """Return the sellers that were found."""
    return tuple(SellerId(seller_id) for (seller_id,) in found)
