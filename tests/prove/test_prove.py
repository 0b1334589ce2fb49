"""The long run: what it consists of, that it goes on where it ended, and what it makes of it."""

from collections import Counter
from pathlib import Path

import attrs
import pytest

from tests.prove.counting import listed, simulated
from tests.prove.records import Record, Records
from tests.prove.report import lines, parts_of
from tests.prove.trials import Trial, trials

_RECORD = Record("one", "code", "abc1234", 0, 1.5, {"cases": 600})


def test_the_full_run_has_the_steps_that_were_promised() -> None:
    """A million steps in memory, a hundred thousand on SQLite, twenty thousand on PostgreSQL."""
    steps = Counter[str]()
    for trial in trials(1):
        if trial.part == "simulation":
            (given,) = [each for each in trial.command if each.startswith("--steps=")]
            steps[trial.store] += int(given.removeprefix("--steps="))
    assert steps == {"memory": 1_000_000, "sqlite": 100_000, "postgresql": 20_000}


def test_a_smaller_run_has_all_parts_and_less_of_each() -> None:
    """Whoever has a minute sees the same kinds of trials as whoever has a night."""
    large, small = list(trials(1)), list(trials(0.001))
    assert {(each.part, each.store) for each in small} == {
        (each.part, each.store) for each in large
    }
    assert len(small) < len(large) / 3
    assert len({each.key for each in large}) == len(large)


def test_the_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    """Hours are not begun again because somebody needed the machine; the newest record counts."""
    first = Records(tmp_path / "prove.jsonl")
    first.note(attrs.evolve(_RECORD, status=1, said="VIOLATION"))
    first.note(_RECORD)
    second = Records(tmp_path / "prove.jsonl")
    second.read()
    assert second.of("one") == _RECORD
    assert second.of("two") is None
    second.forget()
    third = Records(tmp_path / "prove.jsonl")
    third.read()
    assert third.of("one") is None


def test_the_report_says_what_was_run_what_that_bounds_and_what_is_left() -> None:
    """A part that was not run must not look as if it had found nothing."""
    every = [
        Trial("simulation", "memory", (name,), simulated) for name in ("one", "two", "three")
    ] + [Trial("stress: bank", "sqlite", ("four",), listed)]
    known = {
        trial.key: attrs.evolve(_RECORD, key=trial.key, revision=revision)
        for trial, revision in zip(every, ("abc1234", "def5678"), strict=False)
    }
    said = lines(parts_of(every, known), 1)
    assert "| simulation | memory | 2 of 3 | abc1234, def5678 | 1 of 400 cases |" in said
    assert "| stress: bank | sqlite | 0 of 1 | - | - |" in said
    assert "- simulation on memory: 1,200 cases" in said
    assert said[0].endswith("2 runs, 0 of which found something; 2 are still to be made.")


def test_what_was_found_is_in_the_report_and_bounds_nothing() -> None:
    """After a failure the rate is not zero, and three over n means nothing."""
    trial = Trial("simulation", "memory", ("one",), simulated)
    found = parts_of([trial], {trial.key: attrs.evolve(_RECORD, status=1)})
    assert "| simulation | memory | 1 of 1, 1 FAILED | abc1234 | - |" in lines(found, 1)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("kills 300, calls 1,234", {"kills": 300, "calls": 1234}),
        ("== bank on sqlite, seed 1: 8 processes", {}),
        ("0 violations", {}),
    ],
)
def test_counts_are_those_of_the_program_and_not_of_its_plan(
    said: str, counted: dict[str, int]
) -> None:
    """What was meant to be done is no evidence."""
    assert dict(listed(said)) == counted
