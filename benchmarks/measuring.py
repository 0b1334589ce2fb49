"""Measuring two things in turns, so that whatever else the machine does befalls both."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import attrs


class Watch:
    """Seconds, of the parts of a round that count."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done within.

        The collector is at work, as it is in a service; but what was there before, which is the
        workload and what other cases have left, it does not go through on either side's time.
        """
        gc.collect()
        gc.freeze()
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - begun
            gc.unfreeze()


Round = Callable[[int, Watch], int]
"""Does the work of the round with this number, under the watch; returns how much that was."""


@attrs.frozen
class Pair:
    """The floor and the library, or whatever else is compared."""

    floor: Round
    ours: Round


@attrs.frozen
class Case:
    """One line of the table."""

    name: str
    what: str
    """What is counted: orders, receipts, attempts."""
    most: float
    """The target: the library takes at most so many times the seconds of the floor."""
    pair: Callable[[], AbstractContextManager[Pair]]
    """Sets up both."""


@attrs.frozen
class Figures:
    """Rates of one side, a round each: things per second."""

    rates: Sequence[float]

    @property
    def median(self) -> float:
        """The rate in the middle."""
        return statistics.median(self.rates)

    @property
    def spread(self) -> float:
        """From the slowest to the fastest round, as a part of the median."""
        return (max(self.rates) - min(self.rates)) / self.median


@attrs.frozen
class Result:
    """What a case came to."""

    case: Case
    floor: Figures
    ours: Figures

    @property
    def times(self) -> float:
        """How many times the floor's seconds the library takes, by the medians."""
        return self.floor.median / self.ours.median

    @property
    def is_met(self) -> bool:
        """Whether that is within the target."""
        return self.times <= self.case.most


def measure(case: Case, rounds: int) -> Result:
    """Return what the rounds of both sides came to, taken in turns, after one to warm up."""
    floor: list[float] = []
    ours: list[float] = []
    with case.pair() as pair:
        for number in range(rounds + 1):
            floor.append(_rate(pair.floor, number))
            ours.append(_rate(pair.ours, number))
    floor.pop(0)
    ours.pop(0)
    return Result(case, Figures(floor), Figures(ours))


def _rate(work: Round, number: int) -> float:
    watch = Watch()
    done = work(number, watch)
    return done / watch.seconds
