"""Making a failing case short: chunks of steps are left out, then what goes wrong in the rest."""

from collections.abc import Callable, Iterator, Sequence

import attrs

from backorders.testing.simulation.plan import Case, Step
from backorders.testing.simulation.playing import Played


def shortest(played: Played, replay: Callable[[Case], Played], *, most: int = 400) -> Played:
    """Return the shortest failing case that is found in at most so many replays.

    Whatever fails counts, even if it is found elsewhere: a shorter history is the better one.
    """
    search = _Search(played, replay, most)
    while search.leave_out() | search.simplify():
        pass
    return search.best


@attrs.define
class _Search:
    """What has been found, and how often more may be tried."""

    best: Played
    _replay: Callable[[Case], Played]
    _left: int

    def leave_out(self) -> bool:
        """Leave out steps, in ever smaller chunks; return whether any could be."""
        progress = False
        size = len(self.best.case.steps) // 2
        while size:
            # From the end: what comes after the failure goes first.
            start = len(self.best.case.steps) - size
            while start > -size:
                steps = self.best.case.steps
                first = max(start, 0)
                progress |= self._try([*steps[:first], *steps[first + size :]])
                start -= size
            size //= 2
        return progress

    def simplify(self) -> bool:
        """Let less go wrong in the steps that are left; return whether anything could."""
        progress = False
        for place in range(len(self.best.case.steps)):
            for simpler in _simpler(self.best.case.steps[place]):
                steps = self.best.case.steps
                progress |= self._try([*steps[:place], simpler, *steps[place + 1 :]])
        return progress

    def _try(self, steps: Sequence[Step]) -> bool:
        if not steps or not self._left:
            return False
        self._left -= 1
        tried = self._replay(self.best.case.with_steps(steps))
        if tried.error is None:
            return False
        self.best = tried
        return True


def _simpler(step: Step) -> Iterator[Step]:
    if step.troubles:
        yield attrs.evolve(step, troubles=(), repeats=0)
    if step.seed is not None:
        yield attrs.evolve(step, seed=None, haste=0.0)
    if step.minutes:
        yield attrs.evolve(step, minutes=0)
    if step.repeats:
        yield attrs.evolve(step, repeats=0)
