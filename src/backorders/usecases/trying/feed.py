"""No events come out of a trial: what is tried has not happened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from backorders.domain.errors import StoreUnusable
from backorders.domain.happened import Happened, Subject
from backorders.domain.subscribers import Stuck, Subscriber


class NothingHappens:
    """Events of which there are none; see the port."""

    def number(self, limit: int) -> int:
        """Return 0: there is nothing to number."""
        del limit
        return 0

    def last(self) -> int:
        """Return 0."""
        return 0

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        """Return nothing."""
        del position, limit
        return ()

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        """Return nothing."""
        del subject, first, last, limit
        return ()


class NobodyHears:
    """Subscribers of whom there are none, and can be none; see the port."""

    def find(self, name: str) -> Subscriber | None:
        """Return `None`."""
        del name
        return None

    def save(self, subscriber: Subscriber) -> None:
        """Refuse."""
        raise _refused(subscriber.name)

    def forget(self, name: str) -> None:
        """Do nothing: there is nobody to forget."""

    def stuck(self, name: str, subjects: Collection[Subject]) -> Mapping[Subject, Stuck]:
        """Return nothing."""
        del name, subjects
        return {}

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        """Return nothing."""
        del name, now, beyond, limit
        return ()

    def set_aside(self, name: str, limit: int) -> Sequence[Stuck]:
        """Return nothing."""
        del name, limit
        return ()

    def put(self, name: str, stuck: Sequence[Stuck]) -> None:
        """Refuse."""
        del stuck
        raise _refused(name)

    def free(self, name: str, subjects: Collection[Subject]) -> None:
        """Do nothing: nothing is stuck."""


def _refused(name: str) -> StoreUnusable:
    return StoreUnusable(f"subscriber {name!r} is told of what has happened, never of a what-if")
