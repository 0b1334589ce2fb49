"""The tests as judges of mutants: what each of them passes by, and which of them fails."""

import gc
import json
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final, TypeAlias

import attrs
import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.changes import Mutant
from tests.mutation.forking import forked
from tests.mutation.planting import ROOT, SOURCE, Changed, Functions, imported_functions, plant

MEASURED: Final = ("domain", "usecases")

Verdict: TypeAlias = tuple[str, str]
"""What became of a mutant, and the test that noticed it, if one did."""
Told: TypeAlias = Callable[[Mutant, Verdict], None]

KILLED: Final = "killed"
TIMED_OUT: Final = "timed out"
SURVIVED: Final = "survived"
NOT_REACHED: Final = "not reached"
DEAD: Final = frozenset({KILLED, TIMED_OUT})

_PATIENCE: Final = 10.0
"""Seconds; besides, a multiple of what a test takes when nothing is changed."""
_TIMES_SLOWER: Final = 3.0
_DAY: Final = 24 * 3600.0


@attrs.frozen
class Reach:
    """How long a test takes, and by which lines it passes."""

    test: str
    seconds: float
    lines: Mapping[str, frozenset[int]]
    """Module → lines."""


def reaches_of(arguments: Sequence[str]) -> Sequence[Reach]:
    """Run all tests in a copy of this process, and return what each of them passes by.

    One that fails though nothing is changed is no judge of anything, and is left out and named.
    Raises `RuntimeError` when they cannot be run at all.
    """
    watching = _Watching()

    def work() -> str:
        _run(arguments, watching)
        return watching.told()

    told = forked(work, seconds=_DAY)
    if told is None:
        raise RuntimeError("the tests cannot be run")
    reaches, failing = json.loads(told)
    for test in failing:
        print(f"left out, for it fails as it is: {test}", flush=True)
    return [
        Reach(test, seconds, {file: frozenset(lines) for file, lines in by_file.items()})
        for test, seconds, by_file in reaches
    ]


def judges_of(mutant: Mutant, reaches: Sequence[Reach]) -> Sequence[Reach]:
    """Return the tests that pass by what is changed, the quickest first.

    Nobody passes by what is done at import, by a constant or a member of an enum, and everybody may
    notice that it is another.
    """
    first, last = mutant.lines
    wanted = frozenset(range(first, last + 1))
    found = []
    for reach in reaches:
        lines = reach.lines.get(mutant.file)
        if not mutant.is_inside or (lines is not None and lines & wanted):
            found.append(reach)
    return sorted(found, key=lambda reach: reach.seconds)


def judged_anew(mutant: Mutant, arguments: Sequence[str], reaches: Sequence[Reach]) -> Verdict:
    """Judge a mutant by a process into which the library is imported with the change."""
    judges = judges_of(mutant, reaches)
    if not judges:
        return NOT_REACHED, ""

    def work() -> str:
        sys.meta_path.insert(0, Changed(mutant))
        judging = _JudgingOne(judges)
        return "" if _run(arguments, judging) else judging.killer or _NOBODY

    # It may be that it cannot even be imported.
    answer = forked(work, seconds=_patience(judges))
    return (KILLED, "import") if answer is None else _verdict(answer)


def judge_all(
    mutants: Iterator[Mutant], arguments: Sequence[str], reaches: Sequence[Reach], told: Told
) -> None:
    """Judge one mutant after the other, each in a copy of a process in which all is imported.

    That is a copy of this one, into which nothing is imported.
    """

    def work() -> str:
        return f"{_run(arguments, _JudgingMany(mutants, reaches, told))}"

    status = forked(work, seconds=_DAY, is_quiet=False)
    if status != "0":
        raise RuntimeError(f"pytest ended with {status}")


_NOBODY: Final = "-"
"""The answer when no test has failed."""


def _verdict(answer: str | None) -> Verdict:
    if answer is None:
        return TIMED_OUT, ""
    return (SURVIVED, "") if answer == _NOBODY else (KILLED, answer)


def _run(arguments: Sequence[str], plugin: object) -> int:
    os.chdir(ROOT)
    options = ("-q", "--capture=no", "-p", "no:cacheprovider")
    return int(pytest.main([*options, *arguments], plugins=[plugin]))


def _patience(judges: Sequence[Reach]) -> float:
    return _PATIENCE + _TIMES_SLOWER * sum(reach.seconds for reach in judges)


class _Watching:
    """Runs every test and notes what it passes by."""

    def __init__(self) -> None:
        self._reaches: list[tuple[str, float, dict[str, list[int]]]] = []
        self._failing: list[str] = []

    def told(self) -> str:
        """Return what was found, and the tests that fail, for another process."""
        return json.dumps((self._reaches, self._failing))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests."""
        folders = [f"{SOURCE / layer}/*" for layer in MEASURED]
        for place, item in enumerate(session.items):
            measured = coverage.Coverage(
                data_file=None, config_file=False, include=folders, messages=False
            )
            # Not every test passes by the rules.
            measured.set_option("run:disable_warnings", ["no-data-collected"])
            began_at = time.process_time()
            with measured.collect():
                is_passed = _passes(item, _next(session.items, place))
            if not is_passed:
                self._failing.append(item.nodeid)
                continue
            found = measured.get_data()
            by_file = {
                str(Path(file).relative_to(SOURCE)): sorted(found.lines(file) or ())
                for file in found.measured_files()
            }
            self._reaches.append((item.nodeid, time.process_time() - began_at, by_file))
        return True


class _JudgingOne:
    """Runs some tests, up to the first that fails."""

    def __init__(self, judges: Sequence[Reach]) -> None:
        self._judges = judges
        self.killer: str | None = None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run them in their order."""
        by_id = {item.nodeid: item for item in session.items}
        self.killer = first_to_fail([each for each in self._judges if each.test in by_id], by_id)
        return True


class _JudgingMany:
    """Judges mutants one after the other, once everything has been imported and collected."""

    def __init__(self, mutants: Iterator[Mutant], reaches: Sequence[Reach], told: Told) -> None:
        self._mutants = mutants
        self._reaches = reaches
        self._told = told
        self._killers = defaultdict[str, Counter[str]](Counter)
        """What has noticed other changes of a function, or of its file, is likely to notice the
        next one.
        """

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge them."""
        functions = imported_functions()
        by_id = {item.nodeid: item for item in session.items}
        gc.collect()
        # What is there already is never looked through again, nor copied for that.
        gc.freeze()
        for mutant in self._mutants:
            near = self._killers[f"{mutant.file}:{mutant.where}"]
            far = self._killers[mutant.file]
            likeliest = partial(_likeliest_first, near=near, far=far)
            judges = sorted(judges_of(mutant, self._reaches), key=likeliest)
            verdict = _judged(mutant, judges, by_id, functions)
            if verdict[1]:
                near[verdict[1]] += 1
                far[verdict[1]] += 1
            self._told(mutant, verdict)
        return True


def _likeliest_first(reach: Reach, *, near: Counter[str], far: Counter[str]) -> tuple[int, float]:
    return -near[reach.test], reach.seconds / (1 + 5 * far[reach.test])


def _judged(
    mutant: Mutant,
    judges: Sequence[Reach],
    by_id: Mapping[str, pytest.Item],
    functions: Functions,
) -> Verdict:
    if not judges:
        return NOT_REACHED, ""

    def work() -> str:
        plant(mutant, functions)
        return first_to_fail(judges, by_id) or _NOBODY

    return _verdict(forked(work, seconds=_patience(judges)))


def first_to_fail(judges: Sequence[Reach], by_id: Mapping[str, pytest.Item]) -> str | None:
    """Return the first test that fails; one that takes far too long ends the process."""
    items = [by_id[reach.test] for reach in judges]
    for place, item in enumerate(items):
        end_after(_patience(judges[place : place + 1]))
        if not _passes(item, _next(items, place)):
            return item.nodeid
    return None


def end_after(seconds: float) -> None:
    """Let this process work so much longer, at most, if it may work so long at all.

    Who goes round in circles does so in one test: waiting as long as all of them take finds nothing
    more.
    """
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = ceil(used + seconds)
    at_most = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (at_most, hard))


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def _next(items: Sequence[pytest.Item], place: int) -> pytest.Item | None:
    return items[place + 1] if place + 1 < len(items) else None
