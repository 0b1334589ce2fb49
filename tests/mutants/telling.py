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
    def key(cls, bug: Bug, seed: int, steps: int) -> str:
        """Return by what name it is kept."""
        return f"simulation of {bug.name} on {bug.store}, seed {seed}, {steps} steps"

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


def in_markdown(known: Records, seed: int, steps: int) -> list[str]:
    """Return what the document says of them."""
    caught = [known.of(name) for name in PLANTED]
    seen = [known.of(Sighting.key(bug, seed, steps)) for bug in PLANTED.values()]
    sightings = [Sighting.of(record) for record in seen if record is not None]
    found = sum(each.found is not None for each in sightings)
    return [
        (
            f"{sum(record is not None and record.status == 0 for record in caught)} of "
            f"{len(PLANTED)} planted bugs are caught by the tests that are named. The simulation, "
            f"with seed {seed} and {steps:,} steps for each, looked for {len(sightings)} of them "
            f"and found {found}."
        ),
        "",
        "| bug | caught by | the simulation finds it |",
        "|---|---|---|",
        *_rows(known, seed, steps),
    ]


def _rows(known: Records, seed: int, steps: int) -> Iterator[str]:
    for bug in PLANTED.values():
        tested, seen = known.of(bug.name), known.of(Sighting.key(bug, seed, steps))
        file, _, test = bug.caught_by.partition("::")
        is_caught = tested is not None and tested.status == 0
        by = f"[{_readable(test)}](../../{file})" if is_caught else "**not caught**"
        yield f"| {bug.what} | {by} | {_finds(bug, seen)} |"


def _finds(bug: Bug, seen: Record | None) -> str:
    if bug.store is None:
        return "out of its sight"
    where = "" if bug.store == "memory" else f" ({bug.store})"
    return "not tried" if seen is None else f"{Sighting.of(seen)}{where}"


def _readable(test: str) -> str:
    return test.partition("[")[0].removeprefix("test_").replace("_", " ")
