"""The tool that changes the rules: what it changes, what it makes of the outcome."""

import ast
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from backorders.domain.errors import InvalidType
from tests.mutation.changes import Mutant, mutants_of, planted
from tests.mutation.explaining import explanations, report
from tests.mutation.forking import forked
from tests.mutation.judging import KILLED, MEASURED, SURVIVED, Reach, end_after, judges_of
from tests.mutation.planting import SOURCE, imported_functions, plant
from tests.mutation.records import Records

_MODULE = '''
"""A module."""
LIMIT = 3


class Shelf:
    full: bool = field(repr=False)

    def takes(self, units: int | None, of: list[int]) -> bool:
        """Return whether they fit."""
        if units is None:
            raise ValueError("no units")
        return sum(of[1:]) + units <= LIMIT and not self.full

    def pairs(self, of: list[int]) -> object:
        """Return them with their numbers."""
        return zip(of, range(len(of)), strict=True)
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A module to be changed."""
    file = tmp_path / "shelf.py"
    file.write_text(_MODULE, "utf-8")
    return file


def test_what_decides_is_changed_and_what_only_readers_see_is_not(source: Path) -> None:
    """Docstrings, annotations, messages and what a `repr` shows are nobody's decision."""
    assert [f"{each.where}: {each.before} -> {each.after}" for each in _of(source)] == [
        ": 3 -> 4",
        "Shelf.takes: units is None -> units is not None",
        "Shelf.takes: raise ValueError('no units') -> pass",
        "Shelf.takes: return sum(of[1:]) + units <= LIMIT and (not self.full) -> return None",
        (
            "Shelf.takes: sum(of[1:]) + units <= LIMIT and (not self.full) -> "
            "sum(of[1:]) + units <= LIMIT or not self.full"
        ),
        "Shelf.takes: sum(of[1:]) + units <= LIMIT -> sum(of[1:]) + units < LIMIT",
        "Shelf.takes: sum(of[1:]) + units -> sum(of[1:]) - units",
        "Shelf.takes: of[1:] -> of[:]",
        "Shelf.takes: 1 -> 2",
        "Shelf.takes: not self.full -> self.full",
        "Shelf.pairs: return zip(of, range(len(of)), strict=True) -> return None",
    ]


def test_a_mutant_is_the_module_with_its_change_and_no_other(source: Path) -> None:
    """Whatever else were different would be what the tests notice."""
    sound = ast.unparse(ast.parse(_MODULE)).splitlines()
    for mutant in _of(source):
        changed = ast.unparse(planted(source, mutant)).splitlines()
        assert sum(a != b for a, b in zip(sound, changed, strict=True)) == 1


def test_judges_are_the_tests_that_pass_by_the_change(source: Path) -> None:
    """A test that never comes there cannot notice anything; the quickest goes first."""
    at_import, *_, inside, _ = _of(source)
    slow = Reach("slow", 2.0, {"shelf.py": frozenset({13})})
    quick = Reach("quick", 1.0, {"shelf.py": frozenset({13})})
    elsewhere = Reach("elsewhere", 0.5, {"shelf.py": frozenset({11})})
    other = Reach("other", 0.1, {"other.py": frozenset({13})})
    reaches = [slow, quick, elsewhere, other]
    assert judges_of(inside, reaches) == [quick, slow]
    assert judges_of(at_import, reaches) == [other, elsewhere, quick, slow]
    assert judges_of(attrs.evolve(inside, file="limits.py"), reaches) == []


def test_what_happens_in_a_copy_of_the_process_stays_there() -> None:
    """A mutant may do anything: die, go on for ever, or change what all others see."""
    seen: list[str] = []

    def dies() -> str:
        raise SystemExit

    def changes() -> str:
        seen.append("changed")
        return seen[0]

    def goes_on() -> str:
        while True:
            time.sleep(1)

    assert forked(changes, seconds=30) == "changed"
    assert forked(dies, seconds=30) is None
    assert forked(goes_on, seconds=0.1) is None
    assert seen == []


def test_a_test_that_goes_round_in_circles_is_not_waited_for_as_long_as_for_all_of_them() -> None:
    """The others have seconds of their own: what one may work is counted from where it begins."""

    def ended(*_: object) -> None:
        raise TimeoutError

    def work() -> str:
        signal.signal(signal.SIGXCPU, ended)
        end_after(1)
        try:
            while True:
                pass
        except TimeoutError:
            return "ended"

    assert forked(work, seconds=600) == "ended"


def test_a_call_of_the_class_above_can_be_left_out() -> None:
    """A change that cannot be put into the library would look like one that a test noticed."""
    (left_out,) = [
        mutant
        for mutant in mutants_of(SOURCE / "domain/errors.py", "domain/errors.py")
        if mutant.where == "InvalidType.__init__" and mutant.after == "pass"
    ]

    def work() -> str:
        plant(left_out, imported_functions())
        return f"{vars(InvalidType('sku', 'text', 'int'))}"

    assert forked(work, seconds=30) == "{}"


def test_who_is_dead_stays_so_and_who_lives_is_tried_again(source: Path, tmp_path: Path) -> None:
    """A test that is new may notice what none did; what was noticed, was."""
    dead, alive, *_ = [attrs.evolve(each, file="domain/shelf.py") for each in _of(source)]
    file = tmp_path / "verdicts.jsonl"
    before = Records("as it was", file)
    before.note(dead, (KILLED, "test_limit"))
    before.note(alive, (SURVIVED, ""))
    for everything, left in (("as it was", (SURVIVED, "")), ("as it is", None)):
        now = Records(everything, file)
        now.read()
        assert now.verdict(dead) == (KILLED, "test_limit")
        assert now.verdict(alive) == left


def test_a_survivor_needs_an_explanation(source: Path) -> None:
    """95 % are not enough: whoever is not noticed must not need to be."""
    mutants = list(_of(source))
    found = dict.fromkeys(mutants, (KILLED, "test")) | {mutants[0]: (SURVIVED, "")}
    assert report(11, found, {}).survivors == {mutants[0].key: ""}
    assert not report(11, found, {}).is_good(0.9)
    assert report(11, found, {mutants[0].key: "a limit"}).is_good(0.9)
    assert not report(11, found, {mutants[0].key: "a limit"}).is_good(0.95)


def test_a_sample_says_how_sure_it_is(source: Path) -> None:
    """What was not tried may have come out otherwise."""
    found = dict.fromkeys(_of(source), (KILLED, "test"))
    assert "100.0% killed" in report(11, found, {}).lines
    assert "100.0% killed, at least 74.1% (95 %)" in report(1000, found, {}).lines


def test_explanations_are_about_mutants_that_there_are() -> None:
    """Whoever changes the code sees what of it was explained; nothing is explained for ever."""
    there = {
        mutant.key
        for layer in MEASURED
        for file in (SOURCE / layer).glob("**/*.py")
        for mutant in mutants_of(file, str(file.relative_to(SOURCE)))
    }
    assert sorted(set(explanations()) - there) == []


def _of(source: Path) -> Iterator[Mutant]:
    return mutants_of(source, "shelf.py")
