"""The kit, used on an adapter that is not the library's: a store in plain JSON files."""

import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import InvalidValue
from backorders.ports.storage import Store
from backorders.testing.contracts import Ability, check_store, clauses
from backorders.testing.machine import machine_for
from backorders.testing.simulation import simulate
from tests.kit.json_store import JsonStore


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[[], JsonStore]:
    """A function that makes an empty store in a folder of its own."""
    numbers = count()

    def made() -> JsonStore:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return JsonStore(folder)

    return made


def reopened(store: Store) -> Store:
    """Return a store that is opened on the folder of another."""
    assert isinstance(store, JsonStore)
    store.close()
    return JsonStore(store.folder)


def test_it_keeps_every_clause(make_store: Callable[[], JsonStore]) -> None:
    """One line holds an adapter to the whole law of the storage port."""
    report = check_store(make_store, reopen=reopened)

    assert set(report.kept) == {*clauses(), "check_what_is_committed_lasts"}
    assert report.left_out == {}


def test_the_machine_takes_five_lines(make_store: Callable[[], JsonStore]) -> None:
    """This is all that the author of an adapter has to write to be judged by the model."""
    run_state_machine_as_test(
        machine_for(make_store),
        settings=settings(max_examples=3, stateful_step_count=8, deadline=None),
    )


def test_it_stands_the_simulation(tmp_path: Path) -> None:
    """A file for each seller, written at once: no crash leaves half of a call behind."""
    found = simulate(lambda: lambda: JsonStore(tmp_path, patience=0), seed=3, steps=60)

    assert found.failure is None, "\n".join(found.lines())
    assert found.tally.restarts > 0


def test_a_store_that_forgets_is_found_out() -> None:
    """Whoever opens it again must find what was committed."""

    def emptied(store: Store) -> Store:
        store.close()
        return MemoryStore()

    with pytest.raises(AssertionError) as caught:
        check_store(MemoryStore, reopen=emptied)
    assert caught.value.__notes__ == ["in the clause check_what_is_committed_lasts"]


def test_what_a_store_lacks_is_reported() -> None:
    """A clause that was left out is named: whoever reads the report knows what was not tried."""
    report = check_store(MemoryStore, lacks={Ability.SIDE_BY_SIDE})

    assert dict(report.left_out) == {
        "check_nothing_is_seen_before_commit": Ability.SIDE_BY_SIDE,
        "check_readers_do_not_wait_for_each_other": Ability.SIDE_BY_SIDE,
        "check_what_is_committed_lasts": Ability.LASTING,
    }
    assert not {*report.kept} & {*report.left_out}
    assert {*report.kept, *report.left_out} == {*clauses(), "check_what_is_committed_lasts"}
    assert "left out, for want of LASTING: check_what_is_committed_lasts" in str(report)


def test_a_store_that_can_be_opened_again_does_not_lack_that() -> None:
    """A contradiction is a mistake, and would hide a clause."""
    with pytest.raises(InvalidValue, match="LASTING"):
        check_store(MemoryStore, reopen=reopened, lacks={Ability.LASTING})


def test_the_kit_needs_no_test_runner() -> None:
    """Whoever uses unittest, or none, can use it too; `make test-wheel` does so without pytest."""
    code = (
        "import sys, pkgutil, importlib, backorders.testing as kit\n"
        "for found in pkgutil.walk_packages(kit.__path__, 'backorders.testing.'):\n"
        "    if not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        "print(*sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    loaded = set(ran.stdout.split())
    assert {"backorders.testing.machine", "backorders.testing.simulation.world"} <= loaded
    assert not {"pytest", "_pytest", "sqlalchemy"} & loaded
