"""Events in the order in which they are told, and how far subscribers are, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from backorders.adapters.sql.rows import Row, Value, from_instant, from_tagged, to_instant
from backorders.adapters.sql.session import Session
from backorders.domain.errors import LostRace
from backorders.domain.happened import EVENTS, Happened, Subject
from backorders.domain.subscribers import Stuck, Subscriber

_AT_ONCE = 500
"""Subjects that are asked for in one statement."""


@attrs.frozen
class SqlFeed:
    """Events of one seller; see the port for what each method promises.

    Positions are given in transactions that each write the row of `feeds`, so one after the other:
    whoever sees a position sees all before it.
    """

    _session: Session

    def number(self, limit: int) -> int:
        session, c = self._session, self._session.tables.journal.c
        known = self._numbered()
        rows = session.read(
            select(c.kind, c.subject, c.version, c.place)
            .where(c.seller_no == session.seller_no, c.position.is_(None))
            .order_by(c.position, c.kind, c.subject, c.version, c.place)
            .limit(limit)
        )
        if not rows:
            return 0
        last = known or 0
        self._count(known, last + len(rows))
        given: list[Row] = [
            (session.seller_no, *key, position) for position, key in enumerate(rows, start=last + 1)
        ]
        statement = session.statements.number
        if sum(session.write(statement, each) for each in session.engine.portions(given)) != len(
            given
        ):
            raise LostRace("events have been given positions meanwhile")
        return len(rows)

    def last(self) -> int:
        return self._numbered() or 0

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        session, c = self._session, self._session.tables.journal.c
        return self._happened(limit, c.seller_no == session.seller_no, c.position > position)

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        session, c = self._session, self._session.tables.journal.c
        return self._happened(
            limit,
            c.seller_no == session.seller_no,
            c.kind == subject.kind,
            c.subject == subject.id,
            c.position.between(first, last),
        )

    def _happened(self, limit: int, *which: ColumnElement[bool]) -> list[Happened]:
        session, c = self._session, self._session.tables.journal.c
        found = session.read(
            select(c.kind, c.subject, c.version, c.place, c.position, c.event)
            .where(*which)
            .order_by(c.position)
            .limit(limit)
        )
        return [
            Happened(
                session.seller_id,
                kind,
                subject,
                version,
                place,
                position,
                from_tagged(event, EVENTS),
            )
            for kind, subject, version, place, position, event in found
        ]

    def _numbered(self) -> int | None:
        session, c = self._session, self._session.tables.feeds.c
        for (numbered,) in session.read(select(c.numbered).where(c.seller_no == session.seller_no)):
            return int(numbered)
        return None

    def _count(self, before: int | None, numbered: int) -> None:
        session, feeds = self._session, self._session.tables.feeds
        if before is None:
            session.write(insert(feeds).values(seller_no=session.seller_no, numbered=numbered))
            return
        statement = update(feeds).where(
            feeds.c.seller_no == session.seller_no, feeds.c.numbered == before
        )
        if not session.write(statement.values(numbered=numbered)):
            raise LostRace("events have been given positions meanwhile")


@attrs.frozen
class SqlSubscribers:
    """How far subscribers of one seller are; see the port for what each method promises."""

    _session: Session

    def find(self, name: str) -> Subscriber | None:
        session, c = self._session, self._session.tables.subscribers.c
        found = session.read(
            select(c.name, c.position, c.due_at, c.failures, c.unsaid, c.problem, c.version).where(
                c.seller_no == session.seller_no, c.name == name
            )
        )
        for known, position, due_at, *rest in found:
            return Subscriber(known, position, _to_instant(due_at), *rest)
        return None

    def save(self, subscriber: Subscriber) -> None:
        session, table = self._session, self._session.tables.subscribers
        columns: dict[str, Value] = {
            "position": subscriber.position,
            "due_at": _from_instant(subscriber.due_at),
            "failures": subscriber.failures,
            "unsaid": subscriber.unsaid,
            "problem": subscriber.problem,
            "version": subscriber.version,
        }
        if subscriber.version == 1:
            key = {"seller_no": session.seller_no, "name": subscriber.name}
            session.write(insert(table).values(**key, **columns))
            return
        statement = update(table).where(
            table.c.seller_no == session.seller_no,
            table.c.name == subscriber.name,
            table.c.version == subscriber.version - 1,
        )
        if not session.write(statement.values(**columns)):
            raise LostRace(f"subscriber {subscriber.name!r} has been told meanwhile")

    def forget(self, name: str) -> None:
        session = self._session
        for table in (session.tables.subscribers, session.tables.stuck):
            session.write(
                delete(table).where(table.c.seller_no == session.seller_no, table.c.name == name)
            )

    def stuck(self, name: str, subjects: Collection[Subject]) -> Mapping[Subject, Stuck]:
        session, c = self._session, self._session.tables.stuck.c
        wanted = sorted(subjects)
        found: dict[Subject, Stuck] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            ids = session.ids(sorted({each.id for each in wanted[start : start + _AT_ONCE]}))
            rows = session.read(
                self._of(name).where(session.engine.among(c.subject)).order_by(c.kind, c.subject),
                ids,
            )
            found.update({each.subject: each for each in map(_stuck, rows)})
        return {each: found[each] for each in subjects if each in found}

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        c = self._session.tables.stuck.c
        is_due = or_(c.due_at <= to_instant(now), c.due_at > to_instant(beyond))
        rows = self._session.read(
            self._of(name).where(is_due).order_by(c.due_at, c.kind, c.subject).limit(limit)
        )
        return [_stuck(row) for row in rows]

    def set_aside(self, name: str, limit: int) -> Sequence[Stuck]:
        c = self._session.tables.stuck.c
        rows = self._session.read(
            self._of(name)
            .where(c.failed_at.is_not(None))
            .order_by(c.failed_at, c.kind, c.subject)
            .limit(limit)
        )
        return [_stuck(row) for row in rows]

    def put(self, name: str, stuck: Sequence[Stuck]) -> None:
        session = self._session
        session.upsert(
            session.tables.stuck,
            [
                (
                    session.seller_no,
                    name,
                    *each.subject,
                    each.position,
                    each.attempts,
                    _from_instant(each.due_at),
                    _from_instant(each.failed_at),
                    each.problem,
                )
                for each in stuck
            ],
        )

    def free(self, name: str, subjects: Collection[Subject]) -> None:
        session = self._session
        keys: list[Row] = [(session.seller_no, name, *each) for each in subjects]
        session.delete(session.tables.stuck, keys)

    # Any: a statement of rows that `_stuck` takes apart.
    def _of(self, name: str) -> Any:  # noqa: ANN401
        session, c = self._session, self._session.tables.stuck.c
        return select(
            c.kind, c.subject, c.position, c.attempts, c.due_at, c.failed_at, c.problem
        ).where(c.seller_no == session.seller_no, c.name == name)


# Any: a row has the columns that `_of` names.
def _stuck(row: Any) -> Stuck:  # noqa: ANN401
    kind, subject, position, attempts, due_at, failed_at, problem = row
    return Stuck(
        Subject(kind, subject),
        position,
        attempts,
        _to_instant(due_at),
        _to_instant(failed_at),
        problem,
    )


def _to_instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else from_instant(microseconds)


def _from_instant(at: datetime | None) -> int | None:
    return None if at is None else to_instant(at)
