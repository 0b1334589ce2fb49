"""All stores, side by side, come to the same results, errors, histories and state."""

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from tests.stress import side_by_side
from tests.stress.report import Report
from tests.support.stores import STORES

STEPS = 180


@pytest.mark.parametrize("seed", range(2))
def test_stores_agree_on_every_step_of_a_history(seed: int, tmp_path: Path) -> None:
    """What a seller is told does not depend on where it is kept, down to the words of an error."""
    report = Report()
    with ExitStack() as stack:
        stores = {"memory": MemoryStore()} | {
            name: stack.enter_context(closing(make(tmp_path))) for name, make in STORES.items()
        }
        side_by_side.play(stores, f"{seed}", STEPS, report)
    assert report.violations == []
    assert report.counts["steps"] == STEPS
    assert 0 < report.counts["refused"] < STEPS / 2
    assert report.counts["notices"] > 0


def test_stores_that_differ_in_anything_are_found_out() -> None:
    """A comparison that cannot fail proves nothing."""
    other = MemoryStore()
    Backorders(other).seller("acme").configure(time_zone="UTC")
    Backorders(other).seller("acme").book_in("BEFORE", {"TEA": 1})
    report = Report()
    side_by_side.play({"memory": MemoryStore(), "other": other}, "1", STEPS, report)
    assert report.violations[0].startswith("history 1, ")
    assert report.counts["steps"] < STEPS
