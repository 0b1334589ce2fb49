"""Answers to many orders, as documents."""

from typing import TypedDict

from backorders.domain.answering import AnsweredAll


class AnswerDocument(TypedDict):
    """What came of an answer to one order: done, refused or unchanged.

    `created` is what was split off, `error` why it was refused; otherwise they are null.
    """

    order_id: str
    outcome: str
    created: str | None
    error: str | None


class AnswersDocument(TypedDict):
    """What came of an answer to many orders, in rank order.

    `repeated`: all of it had been done before under this key, so nothing was done.
    """

    key: str
    dry_run: bool
    repeated: bool
    orders: list[AnswerDocument]


def of_answers(answered: AnsweredAll, *, dry_run: bool) -> AnswersDocument:
    """Return what came of an answer as a document."""
    return {
        "key": answered.key,
        "dry_run": dry_run,
        "repeated": answered.repeated,
        "orders": [
            {
                "order_id": each.order_id,
                "outcome": each.outcome.value,
                "created": each.created,
                "error": None if each.error is None else str(each.error),
            }
            for each in answered.orders
        ],
    }
