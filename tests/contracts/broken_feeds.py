"""Stores that tell events wrongly on purpose, and the clauses that find it out."""

# What a method should do is the port's to say; what it does instead, the class's. Some of it is to
# pass over an argument.
# ruff: noqa: ARG002, D102

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import attrs

from backorders.adapters import memory
from backorders.domain.happened import Happened, Subject
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.values import SellerId
from tests.contracts.broken_stores import caught_by


@caught_by("positions_are_given_once_and_in_order", "events_are_told_as_they_were_appended")
class NumbersTheLastFirst(memory.MemoryFeed):
    """Events get their positions in the reverse of their order."""

    def number(self, limit: int) -> int:
        given = super().number(limit)
        feed = self._seller.feed
        last = [
            attrs.evolve(each, position=len(feed) - given + place)
            for place, each in enumerate(reversed(feed[len(feed) - given :]), start=1)
        ]
        feed[len(feed) - given :] = last
        return given


@caught_by("positions_are_given_once_and_in_order")
class NumbersEverything(memory.MemoryFeed):
    """More events get positions than were asked for."""

    def number(self, limit: int) -> int:
        return super().number(2**31)


@caught_by(
    "positions_are_given_once_and_in_order",
    "events_are_told_as_they_were_appended",
    "events_of_one_subject_are_found",
)
class CountsFromZero(memory.MemoryFeed):
    """The first position is 0, and `after` counts from there."""

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        found = super().after(position, limit)
        return [attrs.evolve(each, position=each.position - 1) for each in found]


@caught_by("positions_are_given_once_and_in_order")
class NoEndOfEvents(memory.MemoryFeed):
    """`after` returns all there are."""

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        return super().after(position, 2**31)


@caught_by("positions_are_given_once_and_in_order")
class LastIsOfThePage(memory.MemoryFeed):
    """`last` is never more than one."""

    def last(self) -> int:
        return min(super().last(), 1)


@caught_by("events_are_told_as_they_were_appended", "events_of_one_subject_are_found")
class EverythingIsOfOrders(memory.MemoryFeed):
    """What an event is about is taken for an order."""

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        return [attrs.evolve(each, kind="order") for each in super().after(position, limit)]


@caught_by("events_of_one_subject_are_found")
class SubjectsWithoutCase(memory.MemoryFeed):
    """Subjects are not told apart by upper and lower case."""

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        found = [
            each
            for each in self._seller.feed[first - 1 : last]
            if each.kind == subject.kind and each.subject.casefold() == subject.id.casefold()
        ]
        return found[:limit]


@caught_by("events_of_one_subject_are_found")
class SubjectsToTheEnd(memory.MemoryFeed):
    """`of_subject` goes on past the last position."""

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        return super().of_subject(subject, first, 2**31, limit)


@caught_by("positions_and_subscribers_are_part_of_the_commit")
class PositionsAreForGood(memory.MemoryFeed):
    """What has a position keeps it, committed or not."""

    def number(self, limit: int) -> int:
        before = len(self._undo)
        given = super().number(limit)
        del self._undo[before:]
        return given


@caught_by(
    "a_subscriber_that_was_told_meanwhile_loses_the_race",
    "positions_and_subscribers_are_part_of_the_commit",
)
class LastSubscriberWins(memory.MemorySubscribers):
    """A subscriber is written over whatever its version is."""

    def save(self, subscriber: Subscriber) -> None:
        self._seller.subscribers.pop(subscriber.name, None)
        stored = attrs.evolve(subscriber, version=1)
        super().save(stored)
        self._seller.subscribers[subscriber.name] = subscriber


@caught_by("a_subscriber_that_was_told_meanwhile_loses_the_race", "stuck_subjects_come_back_as_put")
class SubscribersWithoutCase(memory.MemorySubscribers):
    """`find` does not tell upper case from lower."""

    def find(self, name: str) -> Subscriber | None:
        folded = {each.casefold(): found for each, found in self._seller.subscribers.items()}
        return folded.get(name.casefold())


@caught_by("stuck_subjects_come_back_as_put")
class ForgetsOnlyThePlace(memory.MemorySubscribers):
    """What is stuck of a subscriber outlives it."""

    def forget(self, name: str) -> None:
        stuck = {key: each for key, each in self._seller.stuck.items() if key[0] == name}
        super().forget(name)
        self._seller.stuck.update(stuck)


@caught_by("stuck_subjects_come_back_as_put", "sellers_with_events_are_found")
class FirstFailureStays(memory.MemorySubscribers):
    """What is stuck already is not written over."""

    def put(self, name: str, stuck: Sequence[Stuck]) -> None:
        super().put(name, [each for each in stuck if not self.stuck(name, [each.subject])])


@caught_by("stuck_subjects_come_back_as_put")
class FreesTheWholeId(memory.MemorySubscribers):
    """A receipt is freed with the order of its id."""

    def free(self, name: str, subjects: Collection[Subject]) -> None:
        ids = {each.id for each in subjects}
        super().free(name, [key for whose, key in [*self._seller.stuck] if key.id in ids])


@caught_by("stuck_subjects_come_back_as_put")
class FindsTheStuckOfAll(memory.MemorySubscribers):
    """`stuck` finds what is stuck for anybody."""

    def stuck(self, name: str, subjects: Collection[Subject]) -> Mapping[Subject, Stuck]:
        every = {subject: each for (_, subject), each in self._seller.stuck.items()}
        return {each: every[each] for each in subjects if each in every}


@caught_by("stuck_subjects_are_by_time")
class DueByName(memory.MemorySubscribers):
    """What is due comes by subject."""

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        found = super().due(name, now, beyond, 2**31)
        return sorted(found, key=lambda each: each.subject)[:limit]


@caught_by("stuck_subjects_are_by_time")
class NeverDueAgain(memory.MemorySubscribers):
    """What a wrong clock put off is left so."""

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        found = super().due(name, now, beyond, 2**31)
        return [each for each in found if each.due_at is not None and each.due_at <= now][:limit]


@caught_by("stuck_subjects_are_by_time")
class AsideByName(memory.MemorySubscribers):
    """What was set aside comes by subject."""

    def set_aside(self, name: str, limit: int) -> Sequence[Stuck]:
        found = super().set_aside(name, 2**31)
        return sorted(found, key=lambda each: each.subject)[:limit]


@caught_by("sellers_with_events_are_found")
class AllHaveEvents(memory.MemoryOutboxes):
    """Every seller is said to have events."""

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        return tuple(seller_id for seller_id, _ in self._each_seller())


@caught_by("sellers_with_events_are_found")
class NothingIsTriedAgain(memory.MemoryOutboxes):
    """Who has only what is to be tried again is passed over."""

    def sellers_with_events(
        self, name: str, now: datetime, beyond: datetime
    ) -> tuple[SellerId, ...]:
        fresh = {
            seller_id
            for seller_id, seller in self._each_seller()
            if seller.appended
            or seller.unnumbered
            or len(seller.feed) > seller.subscribers.get(name, Subscriber(name)).position
        }
        found = super().sellers_with_events(name, now, beyond)
        return tuple(each for each in found if each in fresh)


@caught_by("sellers_with_failed_events_are_found")
class FailedForAnybody(memory.MemoryOutboxes):
    """Whose subscriber it is that something failed for is passed over."""

    def sellers_with_failed_events(self, name: str) -> tuple[SellerId, ...]:
        return tuple(
            seller_id
            for seller_id, seller in self._each_seller()
            if any(stuck.failed_at is not None for stuck in seller.stuck.values())
        )
