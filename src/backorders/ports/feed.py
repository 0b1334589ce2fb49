"""What the use cases need from a store to tell others of events: their order, and who heard."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from backorders.domain.happened import Happened, Subject
from backorders.domain.subscribers import Stuck, Subscriber


class Feed(Protocol):
    """The seller's events in one order, in which none ever comes before one that was seen.

    They get their positions after they were committed, a few at a time by one transaction alone:
    what commits late comes late. Events of one subject are in their order.
    """

    def number(self, limit: int) -> int:
        """Give positions to events that have none, at most `limit`; return how many got one.

        Positions are 1, 2, 3 and so on. Raises `LostRace` when somebody else does so at once.
        """
        ...

    def last(self) -> int:
        """Return the last position that was given; 0 when none was."""
        ...

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        """Return the next events that have a position, at most `limit`, in the order of these."""
        ...

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        """Return a subject's events from one position to another, at most `limit`, in order."""
        ...


class Subscribers(Protocol):
    """How far the seller's subscribers have come, and what of theirs is stuck."""

    def find(self, name: str) -> Subscriber | None:
        """Return how far a subscriber has come; `None`: it was never told anything."""
        ...

    def save(self, subscriber: Subscriber) -> None:
        """Write a subscriber. Raises `LostRace` unless the one stored has the version before.

        The version before 1 is stored nowhere.
        """
        ...

    def forget(self, name: str) -> None:
        """Forget a subscriber, and what of its is stuck."""
        ...

    def stuck(self, name: str, subjects: Collection[Subject]) -> Mapping[Subject, Stuck]:
        """Return those of the subjects that are stuck for a subscriber."""
        ...

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        """Return the first of the subjects that are to be tried again, at most `limit`.

        Those that were to be tried by now, or only after `beyond`, by that time, then by subject.
        """
        ...

    def set_aside(self, name: str, limit: int) -> Sequence[Stuck]:
        """Return the first of the subjects that were set aside, at most `limit`.

        By the time that they were, then by subject.
        """
        ...

    def put(self, name: str, stuck: Sequence[Stuck]) -> None:
        """Write subjects that are stuck, new ones and changed ones."""
        ...

    def free(self, name: str, subjects: Collection[Subject]) -> None:
        """Forget that subjects are stuck, if they are."""
        ...
