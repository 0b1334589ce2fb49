"""Planting a bug, running its test, and telling who was not caught."""

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.mutants.__main__ import looked_for, problem_with
from tests.mutants.bug import Bug
from tests.mutants.copying import ROOT, Copy, copied
from tests.mutants.planted import PLANTED
from tests.prove.records import Records

_BUG = PLANTED["takes-unasked"]
_HARMLESS = attrs.evolve(_BUG, new=f"{_BUG.old}  # harmless")


@pytest.fixture(scope="module")
def copy() -> Iterator[Copy]:
    """A copy of the library."""
    with copied() as made:
        yield made


def test_a_bug_is_in_the_copy_alone_and_only_for_a_while(copy: Copy) -> None:
    """Whoever works on the source meanwhile must never see it."""
    in_the_copy = copy.source / "backorders" / _BUG.file
    sound = (ROOT / "src" / "backorders" / _BUG.file).read_text("utf-8")
    with copy.with_bug(_BUG):
        assert in_the_copy.read_text("utf-8") == _BUG.planted_in(sound) != sound
        assert (ROOT / "src" / "backorders" / _BUG.file).read_text("utf-8") == sound
    assert in_the_copy.read_text("utf-8") == sound


def test_a_bug_that_its_test_catches_is_no_problem_and_any_other_is(copy: Copy) -> None:
    """A runner that calls everything caught would be worse than none."""
    assert problem_with(copy, _BUG) is None
    missed = problem_with(copy, _HARMLESS)
    assert missed is not None
    assert "ended with 0" in missed


def test_a_bug_that_does_not_fit_is_named(copy: Copy) -> None:
    """Whoever has moved the code must learn which one to write anew."""
    misfit: Bug = attrs.evolve(_BUG, old="what is nowhere")
    problem = problem_with(copy, misfit)
    assert problem is not None
    assert "'takes-unasked'" in problem
    assert "stands there 0 times" in problem


def test_what_the_simulation_finds_anyway_is_no_sighting(copy: Copy, tmp_path: Path) -> None:
    """When its own judge was wrong, it once found three bugs, of which it cannot see two."""
    told = looked_for(copy, _HARMLESS, 1, 60, Records(tmp_path / "sound"))
    assert told == "not in 60 steps, seed 1"
    seen = PLANTED["draws-all-it-asked-for"]
    assert looked_for(copy, seen, 1, 60, Records(tmp_path / "planted")).startswith("after")
    with copy.with_bug(seen), pytest.raises(SystemExit, match="so it does without it"):
        looked_for(copy, _HARMLESS, 1, 60, Records(tmp_path / "broken"))
