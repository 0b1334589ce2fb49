"""A deterministic simulation: many sellers and clients, faults everywhere, all of it from one seed.

Clients make calls on the face and take turns at every call on a port; the store fails, is slow,
loses races and answers, and the process crashes and starts again, all of it in one process, under a
clock of its own. After each commit the laws and the naive model judge what was written, and the
store is compared with what was committed. At the end peace comes: nothing may idle, and what is
short, once it is delivered, releases everybody.

From the command line: `python -m backorders.testing.simulation --seed 7 --steps 10000`.

>>> from backorders.adapters.memory import MemoryStore
>>> class Lasting(MemoryStore):
...     def close(self) -> None:
...         "A crash of the process is not the end of what is kept."
>>> def place():
...     store = Lasting(patience=0)
...     return lambda: store
>>> found = simulate(place, seed=1, steps=100)
>>> found.failure is None, found.tally.steps
(True, 100)
"""

from collections.abc import Callable, Sequence

import attrs

from backorders.testing.simulation.plan import Case, Step, case_of, cases
from backorders.testing.simulation.playing import Place, Played, play
from backorders.testing.simulation.shrinking import shortest
from backorders.testing.simulation.tally import Tally
from backorders.testing.simulation.trouble import Fault, Trouble
from backorders.testing.simulation.world import Open

__all__ = [
    "Case",
    "Fault",
    "Found",
    "Open",
    "Place",
    "Played",
    "Step",
    "Tally",
    "Trouble",
    "case_of",
    "cases",
    "play",
    "simulate",
]


@attrs.frozen
class Found:
    """What a simulation has covered, and the first failure, if there was one."""

    seed: int
    tally: Tally
    failure: Played | None = None
    """The case that failed, as it was made from the seed."""
    shortest: Played | None = None
    """The shortest history found in which something fails."""

    def lines(self) -> Sequence[str]:
        """Return the report, line by line."""
        told = [f"seed {self.seed}", *self.tally.lines()]
        if self.failure is None or self.shortest is None:
            return [*told, "no violation"]
        played = self.shortest
        moves = [f"{number}:{what}" for number, what in played.trace]
        return [
            *told,
            f"VIOLATION in {played.case.name}, {_where(self.failure)}",
            (
                f"the shortest history found, {len(played.case.steps)} of "
                f"{len(self.failure.case.steps)} steps (~: others go on in between):"
            ),
            *(f"  {step}" for step in played.case.steps),
            f"the calls on ports, as they came, each with its step: {' '.join(moves)}",
            f"{_where(played)}: {type(played.error).__name__}: {played.error}",
        ]


def _where(played: Played) -> str:
    return "when peace came" if played.step is None else f"in step {played.step.number}"


def simulate(
    place: Place,
    *,
    seed: int,
    steps: int,
    is_modelled: bool = True,
    told: Callable[[Tally], None] | None = None,
) -> Found:
    """Play cases of a seed that come to so many steps, up to the first failure; make that short.

    `place` is called for each case, and returns a function that opens a store; called again after
    a crash, that must open the same one, with all that was committed. A store must not make wait
    for another unit of work: it raises `LostRace` or `StoreUnusable` at once. `is_modelled=False`
    judges by the laws alone: where calls are cut into several commits, the model cannot follow.
    `told` hears of the tally after each case.
    """
    total = Tally()
    prefix = _Prefixes(seed)

    def replay(case: Case) -> Played:
        return play(case, place, prefix=prefix.next(), is_modelled=is_modelled)

    for case in cases(seed, steps):
        played = replay(case)
        total.add(played.tally)
        if played.error is not None:
            return Found(seed, total, played, shortest(played, replay))
        if told is not None:
            told(total)
    return Found(seed, total)


class _Prefixes:
    """What the ids of sellers begin with, so that no case meets the sellers of another."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._number = 0

    def next(self) -> str:
        """Return another one."""
        self._number += 1
        return f"{self._seed}-{self._number}-"
