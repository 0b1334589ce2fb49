"""What the use cases need from a store of answers that are given to many orders at once."""

from collections.abc import Sequence
from typing import Protocol

from backorders.domain.answering import Answered, Answering, AnswerKey
from backorders.domain.values import OrderId


class Answers(Protocol):
    """The seller's answers to many orders, each known by its key."""

    def find(self, key: AnswerKey) -> Answering | None:
        """Return how far the answer has come; `None`: the key is new."""
        ...

    def add(self, answering: Answering, orders: Sequence[OrderId]) -> None:
        """Store a new one with the orders that it is for, in the order of their turns.

        Raises `LostRace` when its key has been taken meanwhile.
        """
        ...

    def to_do(self, answering: Answering, limit: int) -> Sequence[OrderId]:
        """Return the next orders to be answered, at most `limit`, in their order."""
        ...

    def save(self, stored: Answering, given: Sequence[Answered]) -> None:
        """Note what came of the answer to the next orders, one for each, in their order.

        It has then come to `stored.after(len(given))`. Raises `LostRace` unless it has the version
        stored: here, or when it is committed.
        """
        ...

    def given(self, key: AnswerKey) -> Sequence[Answered]:
        """Return what came of the answers that have been given so far, in their order."""
        ...
