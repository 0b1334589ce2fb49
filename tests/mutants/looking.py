"""Lets the simulation look for a bug: `python -m tests.mutants.looking STORE SEED STEPS`.

Prints what it found, as JSON. It does not look for a short history: whether is the question.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from backorders.testing.simulation import Place, cases, play
from backorders.testing.simulation.places import MEMORY, place_at
from tests.support import lasting
from tests.support.stores import DATABASES

SMALL_COMMITS: Final = "small commits"
"""In memory, with a commit for each order."""


def main(store: str, seed: str, steps: str) -> None:
    """Look, and tell."""
    done = 0
    found: str | None = None
    with _place(store) as place:
        for number, case in enumerate(cases(int(seed), int(steps))):
            is_modelled = store != SMALL_COMMITS
            played = play(case, place, prefix=f"{number}-", is_modelled=is_modelled)
            done += played.tally.steps
            if played.error is not None:
                found = f"{type(played.error).__name__}: {played.error}".splitlines()[0]
                break
    print(json.dumps({"steps": done, "found": found}))


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


if __name__ == "__main__":
    main(*sys.argv[1:])
