"""The planted bugs (`make mutants`) still fit the code, and the tests that catch them are there."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.mutants.planted import PLANTED

_ROOT: Final = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_fits_the_code(name: str) -> None:
    """One that does not fit any more proves nothing; nobody would notice before the next long run.

    Has your change moved what it replaces? Write the bug anew for the code as it is now, in the
    file of tests/mutants that has it, and see it caught: `make mutants ARGS=name`.
    """
    bug = PLANTED[name]
    text = (_ROOT / "src" / "backorders" / bug.file).read_text("utf-8")
    assert ast.dump(ast.parse(bug.planted_in(text))) != ast.dump(ast.parse(text))


def test_planted_bugs_name_tests_that_are_there() -> None:
    """Whoever renames a test renames it in tests/mutants, too."""
    named = {bug.caught_by.partition("[")[0] for bug in PLANTED.values()}
    missing = [name for name in sorted(named) if not _is_there(*name.split("::"))]
    assert not missing


def test_there_are_thirty_planted_bugs_at_least() -> None:
    """What others got wrong, and what we could have."""
    assert len(PLANTED) >= 30


def _is_there(file: str, name: str) -> bool:
    return f"\ndef {name}(" in (_ROOT / file).read_text("utf-8")
