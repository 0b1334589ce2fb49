"""The events of one seller in the order in which they are told, and how far subscribers are."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo, cut, put_back
from backorders.domain.errors import LostRace
from backorders.domain.happened import Happened, Subject, kind_of
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.values import SellerId
from backorders.ports.storage import Entry

_in_order = attrgetter("kind", "subject", "version", "place")


@attrs.frozen
class MemoryFeed:
    """Events of one seller; see the port for what each method promises."""

    _seller_id: SellerId
    _seller: SellerData
    _undo: Undo

    def number(self, limit: int) -> int:
        seller = self._seller
        new = [happened for entries in seller.appended for happened in self._of(entries)]
        waiting = sorted([*seller.unnumbered, *new], key=_in_order)
        self._undo.append(partial(setattr, seller, "appended", seller.appended))
        self._undo.append(partial(setattr, seller, "unnumbered", seller.unnumbered))
        self._undo.append(partial(cut, seller.feed, len(seller.feed)))
        seller.appended, seller.unnumbered = [], waiting[limit:]
        for happened in waiting[:limit]:
            seller.feed.append(attrs.evolve(happened, position=len(seller.feed) + 1))
        return min(len(waiting), limit)

    def last(self) -> int:
        return len(self._seller.feed)

    def after(self, position: int, limit: int) -> Sequence[Happened]:
        return self._seller.feed[position : position + limit]

    def of_subject(self, subject: Subject, first: int, last: int, limit: int) -> Sequence[Happened]:
        found = [each for each in self._seller.feed[first - 1 : last] if each.about == subject]
        return found[:limit]

    def _of(self, entries: Sequence[Entry]) -> Iterator[Happened]:
        places: Counter[tuple[str, str, int]] = Counter()
        for subject, version, event in entries:
            key = (kind_of(event), subject, version)
            yield Happened(self._seller_id, *key, places[key], 0, event)
            places[key] += 1


@attrs.frozen
class MemorySubscribers:
    """How far subscribers of one seller are; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def find(self, name: str) -> Subscriber | None:
        return self._seller.subscribers.get(name)

    def save(self, subscriber: Subscriber) -> None:
        known = self._seller.subscribers
        stored = known.get(subscriber.name)
        if (0 if stored is None else stored.version) != subscriber.version - 1:
            raise LostRace(f"subscriber {subscriber.name!r} has been told meanwhile")
        self._undo.append(partial(put_back, known, subscriber.name, stored))
        known[subscriber.name] = subscriber

    def forget(self, name: str) -> None:
        known = self._seller.subscribers
        if name in known:
            self._undo.append(partial(put_back, known, name, known.pop(name)))
        self.free(name, [subject for whose, subject in self._seller.stuck if whose == name])

    def stuck(self, name: str, subjects: Collection[Subject]) -> Mapping[Subject, Stuck]:
        stuck = self._seller.stuck
        return {each: stuck[name, each] for each in subjects if (name, each) in stuck}

    def due(self, name: str, now: datetime, beyond: datetime, limit: int) -> Sequence[Stuck]:
        found = [
            (each.due_at, each.subject, each)
            for (whose, _), each in self._seller.stuck.items()
            if whose == name and each.due_at is not None and not now < each.due_at <= beyond
        ]
        return [each for *_, each in sorted(found, key=lambda key: key[:2])[:limit]]

    def set_aside(self, name: str, limit: int) -> Sequence[Stuck]:
        found = [
            (each.failed_at, each.subject, each)
            for (whose, _), each in self._seller.stuck.items()
            if whose == name and each.failed_at is not None
        ]
        return [each for *_, each in sorted(found, key=lambda key: key[:2])[:limit]]

    def put(self, name: str, stuck: Sequence[Stuck]) -> None:
        known = self._seller.stuck
        for each in stuck:
            key = (name, each.subject)
            self._undo.append(partial(put_back, known, key, known.get(key)))
            known[key] = each

    def free(self, name: str, subjects: Collection[Subject]) -> None:
        known = self._seller.stuck
        for subject in subjects:
            key = (name, subject)
            if key in known:
                self._undo.append(partial(put_back, known, key, known.pop(key)))


def has_events(seller: SellerData, name: str, now: datetime, beyond: datetime) -> bool:
    """Return whether a subscriber may have to be told something; see the port."""
    subscriber = seller.subscribers.get(name, Subscriber(name))
    due_at = subscriber.due_at
    if due_at is not None and now < due_at <= beyond:
        return False
    return bool(
        seller.appended
        or seller.unnumbered
        or len(seller.feed) > subscriber.position
        or any(
            whose == name and stuck.due_at is not None and not now < stuck.due_at <= beyond
            for (whose, _), stuck in seller.stuck.items()
        )
    )
