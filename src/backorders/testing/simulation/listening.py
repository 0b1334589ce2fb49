"""Somebody who hears of all that happens: at least once, and of each thing in its order."""

from collections import Counter
from typing import Final, TypeAlias
from zlib import crc32

import attrs

from backorders.domain.events import Event
from backorders.domain.happened import Happened, kind_of
from backorders.testing.simulation.books import Writes

_Subject: TypeAlias = tuple[str, str, str]
"""A seller, what kind of thing, and its id."""

_ONE_IN: Final = 5
_TURNED_AWAY: Final = 5
"""Often enough for pauses in which more happens to the same thing."""


class NotNowError(Exception):
    """The listener hears an event, but not this time."""


@attrs.define
class Listener:
    """A subscriber, who is out of order now and then; what it hears is judged."""

    is_calm: bool = False
    """Whether it is never out of order."""
    _committed: dict[_Subject, list[tuple[int, Event]]] = attrs.field(factory=dict)
    """What has happened to each thing, in order, each with the version that it led to."""
    _heard: Counter[_Subject] = attrs.field(factory=Counter)
    """How much of that it has heard."""
    _turned_away: Counter[str] = attrs.field(factory=Counter)

    def enter(self, seller_id: str, writes: Writes) -> None:
        """Take in what a commit has made known."""
        for port, method, args in writes:
            if (port, method) == ("journal", "append"):
                for entry in args[0]:
                    subject = (seller_id, kind_of(entry.event), entry.subject)
                    events = self._committed.setdefault(subject, [])
                    events.append((entry.version, entry.event))

    def hear(self, happened: Happened) -> None:
        """Hear of an event, or be out of order; nothing before it may be left out."""
        subject = (happened.seller_id, happened.kind, happened.subject)
        events = self._committed.get(subject, [])
        versions = [version for version, _ in events]
        assert happened.version in versions, f"law 19: {happened} was undone, and is told"
        number = versions.index(happened.version) + happened.place
        known = events[number : number + 1]
        assert known == [(happened.version, happened.event)], f"{happened} is told, not {known}"
        heard = self._heard[subject]
        assert number <= heard, f"{happened} is told before {events[heard]}"
        if self._is_out_of_order(happened.event_id):
            raise NotNowError
        self._heard[subject] = max(heard, number + 1)

    def _is_out_of_order(self, event_id: str) -> bool:
        if self.is_calm or crc32(event_id.encode()) % _ONE_IN:
            return False
        self._turned_away[event_id] += 1
        return self._turned_away[event_id] <= _TURNED_AWAY

    def assert_all_is_heard(self) -> None:
        """Nothing that has happened is kept from whoever subscribes."""
        missed = {
            subject: events[self._heard[subject]]
            for subject, events in self._committed.items()
            if self._heard[subject] < len(events)
        }
        assert not missed, f"nobody was told of {missed}"
