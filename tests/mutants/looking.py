"""Lets the simulation look for a bug: `python -m tests.mutants.looking STORE SEED STEPS`.

Prints what it found, as JSON.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from backorders.testing.simulation import Place, simulate
from backorders.testing.simulation.places import MEMORY, place_at
from tests.support import lasting
from tests.support.stores import DATABASES

SMALL_COMMITS: Final = "small commits"
"""In memory, with a commit for each order."""


def main(store: str, seed: str, steps: str) -> None:
    """Look, and tell."""
    with _place(store) as place:
        is_modelled = store != SMALL_COMMITS
        found = simulate(place, seed=int(seed), steps=int(steps), is_modelled=is_modelled)
    failure, shortest = found.failure, found.shortest
    print(
        json.dumps(
            {
                "steps": found.tally.steps,
                "found": None if failure is None else _first_line(failure.error),
                "shortest": None if shortest is None else len(shortest.case.steps),
            }
        )
    )


@contextmanager
def _place(store: str) -> Iterator[Place]:
    if store in {MEMORY, SMALL_COMMITS}:
        yield place_at(MEMORY, orders_per_commit=1 if store == SMALL_COMMITS else None)
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield place_at(DATABASES[store](Path(folder)))
        finally:
            lasting.end()


def _first_line(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
