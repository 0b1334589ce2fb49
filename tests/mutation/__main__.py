"""Mutation testing of the rules: `python -m tests.mutation`, or `make mutation ARGS=…`."""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from cyclopts import App, Parameter
from cyclopts.validators import Number

from tests.mutation import records
from tests.mutation.changes import Mutant, mutants_of
from tests.mutation.explaining import explanations, in_markdown, report
from tests.mutation.judging import (
    DEAD,
    MEASURED,
    Verdict,
    judge_all,
    judged_anew,
    reaches_of,
)
from tests.mutation.planting import SOURCE
from tests.prove import document

app = App(name="mutation", help_format="plaintext")

TESTS: Final = (
    *(f"src/backorders/{layer}" for layer in MEASURED),
    "tests/domain",
    *(
        f"tests/journeys/test_{name}.py"
        for name in ("bugs_that_others_had", "a_sellers_day", "notices")
    ),
    "tests/contracts/test_stores.py",
    "tests/contracts/test_trials.py",
    *(
        f"tests/histories/test_{name}.py"
        for name in ("digests", "found_by_the_machine", "overlay", "simulation", "what_if")
    ),
    "tests/kit/test_strategies.py",
    # They try the simulation itself, and take long.
    "-k not (broken_store or every_process or found_again or every_kind_of_fault)",
)
"""What judges: the tests of the rules, over the memory store, with few examples each."""

_LEAST_KILLED: Final = 0.95


@app.default
def mutation(
    *files: str,
    judges: Sequence[str] = (),
    sample: Annotated[int, Parameter(validator=Number(gt=0))] | None = None,
    seed: int = 1,
    part: str = "1/1",
    fresh: bool = False,
    write: bool = False,
) -> int:
    """Change the rules in one small way after the other, and see whether the tests notice.

    Goes on where it ended before. Exits with 1 if fewer than 95 % are noticed, or one that is not
    noticed has no explanation in tests/mutation/survivors.toml.

    Args:
        files: Modules below src/backorders, such as domain/shelf.py; all of domain/ and usecases/
            unless named.
        judges: Tests that judge instead of all of them, to see quickly what new ones notice: only
            what they notice is written down.
        sample: How many mutants to try, drawn by chance; all unless given.
        seed: What chance starts from.
        part: Which part of them: 1/2 and 2/2, at the same time, use two cores.
        fresh: Forget what was found before.
        write: Put the outcome into docs/reference/proof.md.
    """
    os.environ["BACKORDERS_TEST_STORES"] = "memory"
    os.environ["HYPOTHESIS_PROFILE"] = "brief"
    every = list(_every_mutant(files))
    chosen = every if sample is None else random.Random(seed).sample(every, min(sample, len(every)))
    number, parts = map(int, part.split("/"))
    chosen = chosen[number - 1 :: parts]
    state = records.everything()
    known = records.Records(state)
    if fresh:
        known.forget()
    known.read()
    left = [mutant for mutant in chosen if known.verdict(mutant) is None]
    print(f"{len(every):,} mutants, {len(chosen):,} chosen, {len(left):,} to be tried", flush=True)
    if left:
        _judge(left, known, state, judges)
    found = {mutant: known.verdict(mutant) for mutant in chosen}
    outcome = report(len(every), found, explanations())
    print(*outcome.lines, sep="\n")
    if write:
        document.write("mutation", in_markdown(outcome))
    return int(not outcome.is_good(_LEAST_KILLED))


def _every_mutant(files: Sequence[str]) -> Iterator[Mutant]:
    for layer in MEASURED:
        for source in sorted((SOURCE / layer).glob("**/*.py")):
            name = str(source.relative_to(SOURCE))
            if not files or name in files:
                yield from mutants_of(source, name)


def _judge(
    left: Sequence[Mutant], known: records.Records, state: str, judges: Sequence[str]
) -> None:
    tests = judges or TESTS
    reaches = None if judges else records.kept_reaches(state)
    if reaches is None:
        print("looking by which lines each test passes", flush=True)
        reaches = reaches_of(tests)
        if not judges:
            records.keep_reaches(state, reaches)
    print(f"{len(reaches):,} tests, {sum(each.seconds for each in reaches):.0f} s", flush=True)
    progress = _Progress(len(left), known, only_dead=bool(judges))
    judge_all(iter([each for each in left if each.is_inside]), tests, reaches, progress.told)
    # That was in another process.
    known.read()
    for mutant in left:
        if not mutant.is_inside:
            progress.told(mutant, judged_anew(mutant, tests, reaches))


class _Progress:
    def __init__(self, of: int, known: records.Records, *, only_dead: bool) -> None:
        self._of = of
        self._known = known
        self._only_dead = only_dead
        self._counts = Counter[str]()
        self._began_at = time.monotonic()

    def told(self, mutant: Mutant, verdict: Verdict) -> None:
        """Note a verdict, and show how far it is."""
        if verdict[0] in DEAD or not self._only_dead:
            self._known.note(mutant, verdict)
        self._counts[verdict[0]] += 1
        done = self._counts.total()
        if done % 20 == 0 or done == self._of:
            seconds = time.monotonic() - self._began_at
            counts = ", ".join(f"{what} {n:,}" for what, n in sorted(self._counts.items()))
            print(f"{done:,} of {self._of:,} in {seconds:.0f} s: {counts}", flush=True)


if __name__ == "__main__":
    sys.exit(app())
