"""Counters of calls, in the text format that Prometheus reads."""

import bisect
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from backorders.domain.errors import InvalidValue
from backorders.domain.values import SellerId
from backorders.ports.observer import Observation, Observer, Tell

BUCKETS: Final = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
    30.0,
)
"""Seconds up to which calls are counted together, unless others are given."""


class Counters:
    """An observer that counts, for all threads of a process; `text()` is what Prometheus scrapes.

    Sellers are not told apart: there may be many of them.
    """

    def __init__(self, *, buckets: Sequence[float] = BUCKETS) -> None:
        self._buckets = tuple(buckets)
        if not self._buckets or sorted(set(self._buckets)) != list(self._buckets):
            raise InvalidValue("buckets", "must be one at least, each larger than the one before")
        self._lock = threading.Lock()
        self._calls: Counter[tuple[str, str]] = Counter()
        self._retries: Counter[str] = Counter()
        self._changed: Counter[str] = Counter()
        self._released: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._within: dict[str, list[int]] = {}

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Count the call when it ends."""
        del call, seller_id
        return self._count

    def _count(self, seen: Observation) -> None:
        place = bisect.bisect_left(self._buckets, seen.seconds)
        with self._lock:
            self._calls[seen.call, seen.outcome] += 1
            self._retries[seen.call] += seen.retries
            self._changed[seen.call] += seen.changed
            self._released[seen.call] += seen.released
            self._seconds[seen.call] += seen.seconds
            within = self._within.setdefault(seen.call, [0] * (len(self._buckets) + 1))
            within[place] += 1

    def text(self) -> str:
        """Return all counters in the text format of Prometheus, version 0.0.4."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from _head("backorders_calls_total", "counter", "Calls by name and outcome.")
        for (call, outcome), number in sorted(self._calls.items()):
            yield f'backorders_calls_total{{call="{call}",outcome="{outcome}"}} {number}'
        for name, about, counted in (
            ("retries", "Times that a call lost a race and was repeated.", self._retries),
            ("changed", "Orders, levels, events and other things written.", self._changed),
            ("released_orders", "Orders that left back order.", self._released),
        ):
            yield from _head(f"backorders_{name}_total", "counter", about)
            for call, number in sorted(counted.items()):
                yield f'backorders_{name}_total{{call="{call}"}} {number}'
        yield from _head("backorders_call_seconds", "histogram", "How long calls took.")
        for call, within in sorted(self._within.items()):
            bounds = [*map(repr, self._buckets), "+Inf"]
            for bound, number in zip(bounds, accumulate(within), strict=True):
                yield f'backorders_call_seconds_bucket{{call="{call}",le="{bound}"}} {number}'
            yield f'backorders_call_seconds_sum{{call="{call}"}} {self._seconds[call]!r}'
            yield f'backorders_call_seconds_count{{call="{call}"}} {sum(within)}'


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"


class Observers:
    """Several observers in the place of one."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Tell each; the last to hear of the beginning is the first to hear of the end."""
        tells = [observer.began(call, seller_id) for observer in self._observers]

        def tell(seen: Observation) -> None:
            for each in reversed(tells):
                each(seen)

        return tell
