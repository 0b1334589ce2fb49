"""What is still to be told, in SQL: entries for the next digest, and the outbox."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, get_args

import attrs
import msgspec
from sqlalchemy import delete, insert, or_, select, update

from backorders.adapters.sql.rows import (
    Row,
    Value,
    from_instant,
    from_tagged,
    to_instant,
    to_json,
    to_tagged,
)
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.writes import Verb, Write
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import LostRace
from backorders.domain.notices import Content, NotificationKind, ShortProduct
from backorders.domain.values import MessageId, OrderId, Sku, UserId
from backorders.ports.notices import NewNotice

_CONTENTS: Final[Mapping[str, type[Content]]] = {
    content.__name__: content for content in get_args(Content)
}


@attrs.frozen
class SqlNotices:
    """What one seller's users are to be told; see the port for what each method promises."""

    _session: Session

    def note(self, new: Sequence[NewBackOrder]) -> None:
        session = self._session
        session.insert(session.tables.notes, [_note_row(session.seller_no, each) for each in new])

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        session, c = self._session, self._session.tables.notes.c
        found = session.read(
            select(c.order_id, c.version, c.at, c.products, c.more_products)
            .where(
                c.seller_no == session.seller_no,
                or_(c.at < to_instant(before), c.at > to_instant(beyond)),
            )
            .order_by(c.order_id, c.version)
        )
        return [_to_note(*row) for row in found]

    def last_digest(self) -> LastDigest | None:
        session, c = self._session, self._session.tables.digests.c
        found = session.read(select(c.number, c.until).where(c.seller_no == session.seller_no))
        for number, until in found:
            return LastDigest(number, from_instant(until))
        return None

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        session, digests = self._session, self._session.tables.digests
        seller_no = session.seller_no
        columns = {"number": digest.number, "until": to_instant(digest.until)}
        if last is None:
            session.write(insert(digests).values(seller_no=seller_no, **columns))
        else:
            statement = update(digests).where(
                digests.c.seller_no == seller_no, digests.c.number == last.number
            )
            if not session.write(statement.values(**columns)):
                raise LostRace("a digest has been composed meanwhile")
        keys: list[Row] = [(seller_no, each.order_id, each.version) for each in entries]
        if session.write_set(Write(Verb.DELETE, session.tables.notes.name), keys) != len(keys):
            raise LostRace("an entry has been used up meanwhile")

    def queue(self, new: Sequence[NewNotice]) -> None:
        session = self._session
        rows = [_outbox_row(session.seller_no, queued, content) for queued, content in new]
        session.insert(session.tables.outbox, rows)

    def find(self, message_ids: Collection[MessageId]) -> Mapping[MessageId, QueuedNotice]:
        session = self._session
        if not message_ids:
            return {}
        found = [
            _to_queued(*row)
            for row in session.read(session.queries.outbox, session.ids(message_ids))
        ]
        return {queued.message_id: queued for queued in found}

    def content(self, message_id: MessageId) -> Content | None:
        session, c = self._session, self._session.tables.outbox.c
        found = session.read(
            select(c.content).where(c.seller_no == session.seller_no, c.message_id == message_id)
        )
        for (text,) in found:
            return from_tagged(text, _CONTENTS)
        return None

    def save(self, notice: QueuedNotice) -> None:
        session, outbox = self._session, self._session.tables.outbox
        statement = update(outbox).where(
            outbox.c.seller_no == session.seller_no,
            outbox.c.message_id == notice.message_id,
            outbox.c.version == notice.version - 1,
        )
        if not session.write(statement.values(**_changing_columns(notice))):
            raise LostRace(f"notice {notice.message_id!r} has been changed meanwhile")

    def remove(self, message_id: MessageId) -> None:
        session, c = self._session, self._session.tables.outbox.c
        session.write(
            delete(session.tables.outbox).where(
                c.seller_no == session.seller_no, c.message_id == message_id
            )
        )

    def drop(self, user_id: UserId, kind: NotificationKind | None) -> None:
        session, c = self._session, self._session.tables.outbox.c
        statement = delete(session.tables.outbox).where(
            c.seller_no == session.seller_no, c.user_id == user_id
        )
        session.write(statement if kind is None else statement.where(c.kind == kind.value))


def _note_row(seller_no: int, note: NewBackOrder) -> Row:
    products = [(product.sku, product.short, product.ordered) for product in note.products]
    return (
        seller_no,
        note.order_id,
        note.version,
        to_instant(note.at),
        to_json(products),
        note.more_products,
    )


def _to_note(
    order_id: str, version: int, at: int, products: str, more_products: int
) -> NewBackOrder:
    short = msgspec.json.decode(products, type=list[tuple[Sku, int, int]])
    return NewBackOrder(
        OrderId(order_id),
        version,
        from_instant(at),
        tuple(ShortProduct(*product) for product in short),
        more_products,
    )


def _changing_columns(queued: QueuedNotice) -> dict[str, Value]:
    """Return what changes of a notice while it is on its way, column → value."""
    return {
        "due_at": None if queued.due_at is None else to_instant(queued.due_at),
        "attempts": queued.attempts,
        "failed_at": None if queued.failed_at is None else to_instant(queued.failed_at),
        "problem": queued.problem,
        "version": queued.version,
    }


def _outbox_row(seller_no: int, queued: QueuedNotice, content: Content) -> Row:
    return (
        seller_no,
        queued.message_id,
        queued.user_id,
        queued.kind.value,
        to_instant(queued.queued_at),
        *_changing_columns(queued).values(),
        to_tagged(content),
    )


def _to_queued(  # noqa: PLR0917 - one for each column, in their order
    message_id: str,
    user_id: str,
    kind: str,
    queued_at: int,
    due_at: int | None,
    attempts: int,
    failed_at: int | None,
    problem: str,
    version: int,
) -> QueuedNotice:
    return QueuedNotice(
        MessageId(message_id),
        UserId(user_id),
        NotificationKind(kind),
        from_instant(queued_at),
        None if due_at is None else from_instant(due_at),
        attempts,
        None if failed_at is None else from_instant(failed_at),
        problem,
        version,
    )
