"""Stores whose answers to many orders are broken on purpose, and the clauses that find it out."""

# What a method should do is the port's to say; what it does instead, the class's. Some of it is to
# pass over an argument.
# ruff: noqa: ARG002, D102

from collections.abc import Sequence

import attrs

from backorders.adapters import memory
from backorders.domain.answering import Answered, Answering, AnswerKey
from backorders.domain.values import OrderId
from tests.contracts.broken_stores import caught_by


@caught_by("answers_are_known_by_their_keys")
class KeysWithoutCase(memory.MemoryAnswers):
    """`find` does not tell upper case from lower."""

    def find(self, key: AnswerKey) -> Answering | None:
        folded = {each.casefold(): each for each in self._seller.answers}
        return super().find(folded.get(key.casefold(), key))


@caught_by("adding_a_known_answer_loses_the_race")
class LastAnswerWins(memory.MemoryAnswers):
    """A key that is taken is taken again."""

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        self._seller.answers.pop(answering.key, None)
        super().add(answering, orders)


@caught_by("orders_to_be_answered_come_in_their_turns", "adding_a_known_answer_loses_the_race")
class AnswersById(memory.MemoryAnswers):
    """The orders are kept by id."""

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        super().add(answering, sorted(orders))


@caught_by("orders_to_be_answered_come_in_their_turns")
class BeginsAgain(memory.MemoryAnswers):
    """`to_do` begins with the first order each time."""

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        return super().to_do(attrs.evolve(answering, answered=0), limit)


@caught_by("orders_to_be_answered_come_in_their_turns")
class NoLimit(memory.MemoryAnswers):
    """`to_do` returns all that is left."""

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        return super().to_do(answering, answering.orders)


@caught_by("given_answers_come_back_as_stored")
class LosesErrors(memory.MemoryAnswers):
    """That an order was refused is kept, and not why."""

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        super().save(stored, [attrs.evolve(each, error=None) for each in given])


@caught_by("given_answers_come_back_as_stored", "a_stale_answer_loses_the_race")
class KeepsTheLastPart(memory.MemoryAnswers):
    """What was given before is written over."""

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        super().save(stored, given)
        known = self._seller.answers[stored.key]
        self._seller.answers[stored.key] = attrs.evolve(known, given=tuple(given))


@caught_by("a_stale_answer_loses_the_race")
class AnswersOverAnyVersion(memory.MemoryAnswers):
    """The version is not looked at."""

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        super().save(self.find(stored.key) or stored, given)


@caught_by(
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
)
class AnswersOutliveRollback(memory.MemoryAnswers):
    """An answer is noted at once, on a connection of its own."""

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        super().add(answering, orders)
        self._undo.pop()
