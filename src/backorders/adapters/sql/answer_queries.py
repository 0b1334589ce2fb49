"""The statements that read answers to many orders, each by `:seller_no` and `:answer_key`."""

from sqlalchemy import ColumnElement, Dialect, bindparam, select

from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.schema import Tables


class AnswerQueries:
    """The queries of one store about answers to many orders."""

    def __init__(self, tables: Tables, dialect: Dialect) -> None:
        answer, given = tables.answers.c, tables.answered.c
        seller_no: ColumnElement[int] = bindparam("seller_no")
        key: ColumnElement[str] = bindparam("answer_key")
        first: ColumnElement[int] = bindparam("first")
        end: ColumnElement[int] = bindparam("end")

        self.found = Prepared(
            select(answer.orders, answer.answered, answer.version, answer.content).where(
                answer.seller_no == seller_no, answer.answer_key == key
            ),
            dialect,
        )
        """How far one has come."""

        of_answer = (given.seller_no == seller_no, given.answer_key == key)
        self.to_do = Prepared(
            select(given.order_id)
            .where(*of_answer, given.place >= first, given.place < end)
            .order_by(given.place),
            dialect,
        )
        """The orders that it is for, from the place `:first` to that before `:end`."""

        self.given = Prepared(
            select(given.order_id, given.outcome, given.created, given.error)
            .where(*of_answer, given.outcome.is_not(None))
            .order_by(given.place),
            dialect,
        )
        """What came of it so far, in their order."""
