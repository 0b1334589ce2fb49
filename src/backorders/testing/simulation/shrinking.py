"""Making a failing case short: chunks of steps are left out, then what goes wrong in the rest."""

from collections.abc import Callable, Iterator

import attrs

from backorders.testing.simulation.plan import Case, Step
from backorders.testing.simulation.playing import Played


def shortest(played: Played, replay: Callable[[Case], Played], *, most: int = 400) -> Played:
    """Return the shortest failing case that is found in at most so many replays.

    Whatever fails counts, even if it is found elsewhere: a shorter history is the better one.
    """
    best = played
    left = most
    progress = True
    while progress and left > 0:
        progress = False
        for steps in _shorter(best.case.steps):
            if left <= 0:
                break
            left -= 1
            tried = replay(best.case.with_steps(steps))
            if tried.error is not None:
                best = tried
                progress = True
                break
    return best


def _shorter(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Yield simpler histories, those that leave out most first."""
    size = len(steps) // 2
    while size:
        # From the end: what comes after the failure goes first.
        for start in range(len(steps) - size, -1, -size):
            yield steps[:start] + steps[start + size :]
        size //= 2
    for place, step in enumerate(steps):
        for simpler in _simpler(step):
            yield (*steps[:place], simpler, *steps[place + 1 :])


def _simpler(step: Step) -> Iterator[Step]:
    if step.troubles:
        yield attrs.evolve(step, troubles=(), repeats=0)
    if step.seed is not None:
        yield attrs.evolve(step, seed=None, haste=0.0)
    if step.minutes:
        yield attrs.evolve(step, minutes=0)
    if step.repeats:
        yield attrs.evolve(step, repeats=0)
