"""`verify` recomputes laws 1, 2 and 4 from the stored rows: here it finds what breaks them."""

import pytest

from backorders.domain.order import Stage
from backorders.domain.values import MAIN, OrderId, Sku
from backorders.domain.verification import LevelAudit, LineAudit, discrepancies


def _line(stage: Stage, quantity: int, own: int, pinned: int, *, listed: bool) -> LineAudit:
    return LineAudit(OrderId("O1"), 1, stage, quantity, own, pinned, listed=listed)


@pytest.mark.parametrize(
    ("level", "laws"),
    [
        (LevelAudit(MAIN, Sku("A"), 3, 2, 2, 3), []),
        (LevelAudit(MAIN, Sku("A"), 3, 0, 0, 3), []),
        (LevelAudit(MAIN, Sku("A"), 2, 2, 2, 2), []),
        (LevelAudit(MAIN, Sku("A"), 0, 0, 0, 0), []),
        (LevelAudit(MAIN, Sku("A"), 1, 2, 2, 1), [1]),
        (LevelAudit(MAIN, Sku("A"), 1, -1, -1, 1), [1]),
        (LevelAudit(MAIN, Sku("A"), 3, 2, 1, 3), [2]),
        (LevelAudit(MAIN, Sku("A"), 3, 2, 2, 4), [2]),
        (LevelAudit(MAIN, Sku("A"), 1, 2, 3, 4), [1, 2, 2]),
    ],
)
def test_verify_names_the_law_that_a_level_breaks(level: LevelAudit, laws: list[int]) -> None:
    """A proof that cannot fail proves nothing."""
    found = list(discrepancies([level], []))
    assert [one.law for one in found] == laws
    assert all("'A' in 'MAIN'" in one.subject and one.expected != one.found for one in found)


@pytest.mark.parametrize(
    ("line", "laws"),
    [
        (_line(Stage.OPEN, 3, 3, 3, listed=False), []),
        (_line(Stage.OPEN, 3, 2, 2, listed=True), []),
        (_line(Stage.PROCESSED, 3, 3, 3, listed=False), []),
        (_line(Stage.CANCELLED, 3, 0, 0, listed=False), []),
        (_line(Stage.OPEN, 3, 4, 4, listed=False), [4]),
        (_line(Stage.OPEN, 3, -1, -1, listed=True), [4]),
        (_line(Stage.OPEN, 3, 2, 3, listed=False), [4]),
        (_line(Stage.OPEN, 3, 2, 2, listed=False), [4]),
        (_line(Stage.OPEN, 3, 3, 3, listed=True), [4]),
        (_line(Stage.CANCELLED, 3, 0, 0, listed=True), [4]),
    ],
)
def test_verify_names_the_law_that_a_line_breaks(line: LineAudit, laws: list[int]) -> None:
    """A line that the backlog forgets would wait for ever, and nobody would notice."""
    found = list(discrepancies([], [line]))
    assert [one.law for one in found] == laws
    assert all("line 1 of order 'O1'" in one.subject for one in found)


def test_verify_says_on_which_side_a_line_is_wrong() -> None:
    """Whoever mends the rows must know whether a place is missing, or is one too many."""
    (missing,) = discrepancies([], [_line(Stage.OPEN, 3, 2, 2, listed=False)])
    (too_many,) = discrepancies([], [_line(Stage.OPEN, 3, 3, 3, listed=True)])
    assert (missing.expected, missing.found) == ("in the backlog", "not in it")
    assert (too_many.expected, too_many.found) == ("not in the backlog", "in it")
