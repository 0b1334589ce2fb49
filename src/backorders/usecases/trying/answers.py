"""Answers to many orders as they are tried, over those that are stored."""

from collections.abc import Sequence

from backorders.domain.answering import Answered, Answering, AnswerKey
from backorders.domain.errors import LostRace
from backorders.domain.values import OrderId
from backorders.ports.answers import Answers


class TriedAnswers:
    """New and further answers in memory, over what is below; see the port."""

    def __init__(self, base: Answers) -> None:
        self._base = base
        self._own: dict[AnswerKey, Answering] = {}
        self._added: dict[AnswerKey, tuple[Answering, Sequence[OrderId]]] = {}
        self._given: dict[AnswerKey, list[Answered]] = {}

    def find(self, key: AnswerKey) -> Answering | None:
        """Return how far the answer has come; `None`: the key is new."""
        return self._own.get(key) or self._base.find(key)

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        """Take in a new one with the orders that it is for."""
        if self.find(answering.key) is not None:
            raise LostRace(f"answer {answering.key!r} is there already")
        self._own[answering.key] = answering
        self._added[answering.key] = (answering, tuple(orders))

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        """Return the next orders to be answered."""
        if answering.key not in self._added:
            return self._base.to_do(answering, limit)
        _, orders = self._added[answering.key]
        return orders[answering.answered : answering.answered + limit]

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        """Note what came of the answer to the next orders."""
        current = self.find(stored.key)
        if current is None or current.version != stored.version:
            raise LostRace(f"answer {stored.key!r} has another version")
        self._own[stored.key] = current.after(len(given))
        self._given.setdefault(stored.key, []).extend(given)

    def given(self, key: AnswerKey) -> Sequence[Answered]:
        """Return what came of the answers that have been given so far."""
        below = () if key in self._added else self._base.given(key)
        return [*below, *self._given.get(key, ())]

    def write(self, base: Answers) -> None:
        """Write what is new into other answers."""
        for answering, orders in self._added.values():
            base.add(answering, orders)
        for key, given in self._given.items():
            stored = base.find(key)
            if stored is not None:  # pragma: no branch - it was there, or has just been added
                base.save(stored, given)
