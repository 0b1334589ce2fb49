"""What became of the planted bugs, in words."""

import json
from collections.abc import Iterator

import attrs

from tests.mutants.bug import Bug
from tests.mutants.planted import PLANTED
from tests.prove.records import Record, Records


@attrs.frozen
class Sighting:
    """What the simulation made of a bug."""

    steps: int
    found: str | None = None
    """What was wrong then; `None` if nothing was."""
    problem: str = ""
    """Why the simulation could not even be run."""

    @classmethod
    def key(cls, bug: Bug | None, store: str, seed: int, steps: int) -> str:
        """Return by what name it is kept; `None`: no bug was planted."""
        name = "no bug" if bug is None else bug.name
        return f"simulation of {name} on {store}, seed {seed}, {steps} steps"

    @classmethod
    def of(cls, record: Record) -> "Sighting":
        """Return what was kept."""
        if record.status:
            return cls(0, problem=record.said)
        told = json.loads(record.said)
        return cls(told["steps"], told["found"])

    def __str__(self) -> str:
        if self.problem:
            return f"cannot run: {self.problem[:80]}"
        if self.found is None:
            return f"not in {self.steps:,} steps"
        return f"after {self.steps:,} steps"


def sighting(bug: Bug, known: Records, seeds: int, steps: int) -> tuple[int, Sighting] | None:
    """Return with which seed the simulation came upon a bug, or the last one that did not."""
    if bug.store is None:
        return None
    last = None
    for seed in range(1, seeds + 1):
        record = known.of(Sighting.key(bug, bug.store, seed, steps))
        if record is not None:
            last = seed, Sighting.of(record)
            if last[1].found is not None:
                break
    return last


def in_markdown(known: Records, seeds: int, steps: int) -> list[str]:
    """Return what the document says of them."""
    caught = [known.of(name) for name in PLANTED]
    seen = [sighting(bug, known, seeds, steps) for bug in PLANTED.values()]
    with_seed = [seed for seed, each in filter(None, seen) if each.found is not None]
    return [
        (
            f"{sum(record is not None and record.status == 0 for record in caught)} of "
            f"{len(PLANTED)} planted bugs are caught by the tests that are named. The simulation, "
            f"with {steps:,} steps of seed 1 for each, looked for {len([*filter(None, seen)])} of "
            f"them and found {with_seed.count(1)}; with as many steps of each seed up to {seeds}, "
            f"{len(with_seed)}."
        ),
        "",
        "| bug | caught by | the simulation finds it |",
        "|---|---|---|",
        *_rows(known, seeds, steps),
    ]


def _rows(known: Records, seeds: int, steps: int) -> Iterator[str]:
    for bug in PLANTED.values():
        tested, seen = known.of(bug.name), sighting(bug, known, seeds, steps)
        file, _, test = bug.caught_by.partition("::")
        is_caught = tested is not None and tested.status == 0
        by = f"[{_readable(test)}](../../{file})" if is_caught else "**not caught**"
        yield f"| {bug.what} | {by} | {_finds(bug, seen)} |"


def _finds(bug: Bug, seen: tuple[int, Sighting] | None) -> str:
    if bug.store is None:
        return "out of its sight"
    if seen is None:
        return "not tried"
    seed, made = seen
    of = "" if seed == 1 else f" of seed {seed}" if made.found is not None else " of any seed"
    where = "" if bug.store == "memory" else f" ({bug.store})"
    return f"{made}{of}{where}"


def _readable(test: str) -> str:
    return test.partition("[")[0].removeprefix("test_").replace("_", " ")
