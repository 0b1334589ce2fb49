"""Answers to many orders in SQL: a row for each answer, and one for each order that it is for."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import msgspec

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.rows import Row, to_json
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.writes import Verb, Write
from backorders.domain.answering import Answered, Answering, AnswerKey, AnswerOutcome
from backorders.domain.errors import BackordersError, InvalidValue, Refused
from backorders.domain.values import OrderId


def _kinds(*errors: type[BackordersError]) -> Iterator[type[BackordersError]]:
    for error in errors:
        yield error
        yield from _kinds(*error.__subclasses__())


_ERRORS: Final = {error.code: error for error in _kinds(Refused, InvalidValue)}
"""Those by which an order can be refused."""


@attrs.frozen
class SqlAnswers:
    """Answers of one seller; see the port for what each method promises."""

    _session: Session

    def find(self, key: AnswerKey) -> Answering | None:
        queries = self._session.statements.answers
        for orders, answered, version, content in self._read(queries.found, key):
            return Answering(key, content, orders, answered, version)
        return None

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        session, tables = self._session, self._session.tables
        session.put(
            {
                Write(Verb.INSERT, tables.answers.name): [self._row(answering)],
                Write(Verb.INSERT, tables.answered.name): [
                    (session.seller_no, answering.key, place, order_id, None, None, None)
                    for place, order_id in enumerate(orders)
                ],
            }
        )

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        queries, first = self._session.statements.answers, answering.answered
        found = self._read(queries.to_do, answering.key, first=first, end=first + limit)
        return [OrderId(order_id) for (order_id,) in found]

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        session, tables = self._session, self._session.tables
        *columns, _ = self._row(stored.after(len(given)))
        session.put(
            {
                Write(Verb.UPDATE, tables.answers.name): [tuple(columns)],
                Write(Verb.UPSERT, tables.answered.name): [
                    (session.seller_no, stored.key, place, *_came_to(each))
                    for place, each in enumerate(given, start=stored.answered)
                ],
            }
        )

    def given(self, key: AnswerKey) -> Sequence[Answered]:
        found = self._read(self._session.statements.answers.given, key)
        return [
            Answered(
                OrderId(order_id),
                AnswerOutcome(outcome),
                None if created is None else OrderId(created),
                None if error is None else _to_error(error),
            )
            for order_id, outcome, created, error in found
        ]

    def _read(self, query: Prepared, key: AnswerKey, **where: int) -> Found:
        parameters: Parameters = {**where, "seller_no": self._session.seller_no, "answer_key": key}
        return self._session.read(query, parameters)

    def _row(self, each: Answering) -> Row:
        """Return the row of an answer, with what is written once at its end."""
        counts = (each.orders, each.answered, each.version)
        return (self._session.seller_no, each.key, *counts, each.content)


def _came_to(each: Answered) -> Row:
    error = None if each.error is None else to_json([each.error.code, each.error.args])
    return (each.order_id, each.outcome.value, each.created, error)


def _to_error(text: str) -> BackordersError:
    code, args = msgspec.json.decode(text, type=tuple[str, list[object]])
    return _ERRORS[code](*args)
