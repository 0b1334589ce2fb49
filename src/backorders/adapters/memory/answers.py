"""The answers of one seller to many orders."""

from collections.abc import Sequence
from functools import partial

import attrs

from backorders.adapters.memory.data import GivenAnswer, SellerData
from backorders.adapters.memory.undoing import Undo, put_back
from backorders.domain.answering import Answered, Answering, AnswerKey
from backorders.domain.errors import LostRace
from backorders.domain.values import OrderId


@attrs.frozen
class MemoryAnswers:
    """Answers of one seller; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def find(self, key: AnswerKey) -> Answering | None:
        known = self._seller.answers.get(key)
        return None if known is None else known.answering

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        if answering.key in self._seller.answers:
            raise LostRace(f"answer {answering.key!r} has been given meanwhile")
        self._put(GivenAnswer(answering, tuple(orders)), None)

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        orders = self._seller.answers[answering.key].orders
        return orders[answering.answered : answering.answered + limit]

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        known = self._seller.answers.get(stored.key)
        if known is None or known.answering.version != stored.version:
            raise LostRace(f"answer {stored.key!r} has been given further meanwhile")
        further = stored.after(len(given))
        self._put(GivenAnswer(further, known.orders, (*known.given, *given)), known)

    def given(self, key: AnswerKey) -> Sequence[Answered]:
        known = self._seller.answers.get(key)
        return () if known is None else known.given

    def _put(self, answer: GivenAnswer, old: GivenAnswer | None) -> None:
        answers = self._seller.answers
        answers[answer.answering.key] = answer
        self._undo.append(partial(put_back, answers, answer.answering.key, old))
