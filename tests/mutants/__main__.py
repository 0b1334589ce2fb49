"""The planted bugs' command line: `python -m tests.mutants`, or `make mutants ARGS=…`."""

import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated, Final

from cyclopts import App, Parameter
from cyclopts.validators import Number

from tests.mutants.bug import Bug
from tests.mutants.copying import ROOT, Copy, copied
from tests.mutants.planted import PLANTED
from tests.mutants.telling import Sighting, in_markdown
from tests.prove import document, records
from tests.prove.records import Record, Records

app = App(name="mutants", help_format="plaintext")

_FAILED: Final = 1
"""How pytest ends when a test has failed; any other end is no proof of anything."""
_RECORDS: Final = ROOT / "build" / "mutants.jsonl"


@app.default
def mutants(
    *names: str,
    simulate: bool = False,
    seeds: Annotated[int, Parameter(validator=Number(gt=0))] = 5,
    steps: Annotated[int, Parameter(validator=Number(gt=0))] = 10_000,
    write: bool = False,
) -> int:
    """Plant one bug after the other in a copy of the library, and run the test that must catch it.

    Exits with 1 if a test does not catch its bug, or a bug does not fit the code any more.

    Args:
        names: The bugs; all unless named.
        simulate: Look, too, whether the simulation finds them; what it found before in the same
            source is not looked for again.
        seeds: How many seeds of the simulation are tried, from 1 on, until one of them finds it.
        steps: How many steps it has with each.
        write: Put what is known of all of them into docs/reference/proof.md.
    """
    for name in names:
        if name not in PLANTED:
            sys.exit(f"there is no planted bug {name!r}: choose from {', '.join(PLANTED)}")
    chosen = [PLANTED[name] for name in names or PLANTED]
    known = Records(_RECORDS)
    known.read()
    missed = 0
    with copied() as copy:
        see_that_all_pass(copy, chosen)
        for bug in chosen:
            problem = problem_with(copy, bug)
            missed += problem is not None
            print(f"{'caught' if problem is None else 'MISSED'}  {bug.name}: {bug.what}")
            print(f"        by {bug.caught_by}" if problem is None else f"        {problem}")
            known.note(Record(bug.name, "", records.revision(), problem is not None, 0, {}))
            sys.stdout.flush()
        if simulate:
            for bug in chosen:
                print(f"{bug.name}: {looked_for(copy, bug, seeds, steps, known)}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} planted bugs caught")
    if write:
        document.write("planted bugs", in_markdown(known, seeds, steps))
    return min(missed, 1)


def see_that_all_pass(copy: Copy, bugs: Sequence[Bug]) -> None:
    """End the program if a test fails anyway: it catches nothing."""
    tests = list(dict.fromkeys(bug.caught_by for bug in bugs))
    status, said = copy.tested(tests, seconds=3600)
    if status:
        sys.exit(f"{said}\nthe tests must pass as long as no bug is planted")


def problem_with(copy: Copy, bug: Bug) -> str | None:
    """Return what is wrong, or `None` if the bug is caught."""
    try:
        with copy.with_bug(bug):
            status, said = copy.tested([bug.caught_by])
    except ValueError as misfit:
        return str(misfit)
    if status == _FAILED:
        return None
    return f"{bug.caught_by} ended with {status}: {said.strip().splitlines()[-1]}"


def looked_for(copy: Copy, bug: Bug, seeds: int, steps: int, known: Records) -> str:
    """Return what the simulation makes of a bug."""
    if bug.store is None:
        return "out of its sight"
    told = ""
    for seed in range(1, seeds + 1):
        seen = _look(copy, bug, bug.store, seed=seed, steps=steps, known=known)
        told = f"{seen}, seed {seed}"
        if seen.found is not None:
            anyway = _look(copy, None, bug.store, seed=seed, steps=steps, known=known)
            if anyway.found is not None:
                # Then whatever it says of a bug means nothing.
                sys.exit(f"{told}: and so it does without it: {anyway.found}")
            break
    return told


def _look(
    copy: Copy, bug: Bug | None, store: str, *, seed: int, steps: int, known: Records
) -> Sighting:
    """Let the simulation look for a bug, or without one, unless it has done so in this source."""
    key, code = Sighting.key(bug, store, seed, steps), records.code()
    record = known.of(key)
    if record is None or record.code != code:
        began_at = time.monotonic()
        look = ("-m", "tests.mutants.looking", store, str(seed), str(steps))
        with nullcontext() if bug is None else copy.with_bug(bug):
            status, said = copy.run(*look, seconds=7200)
        seconds = round(time.monotonic() - began_at, 1)
        last = said.strip().splitlines()[-1]
        record = Record(key, code, records.revision(), status, seconds, {}, last)
        known.note(record)
    return Sighting.of(record)


if __name__ == "__main__":
    sys.exit(app())
