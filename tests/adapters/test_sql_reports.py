"""What reports cost on the SQL store: counted, never timed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backorders import Backorders, Seller
from backorders.adapters.sql import SqlStore
from tests.support.sqlite_backlog import copy_the_order
from tests.support.sqlite_costs import counting_store

REPORTS: dict[str, tuple[Callable[[Seller], object], int]] = {
    "summary": (lambda seller: seller.summary(), 4),
    "restock_report": (lambda seller: seller.restock_report(), 3),
    "promise": (lambda seller: seller.promise("O0000009"), 4),
    "explain": (lambda seller: seller.explain("O0000009"), 5),
}
"""Name → the call, and how many statements it takes after the one that begins."""


@pytest.fixture(scope="module")
def backlogs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file with ten orders on back order, and one with a hundred thousand."""
    paths = []
    for waiting in (10, 100_000):
        path = tmp_path_factory.mktemp("backlog") / "shop.db"
        store = SqlStore.from_url(f"sqlite:///{path}")
        Backorders(store).seller("acme").place_order("O0000000", {"TEA": 1, "JAM": 2})
        store.close()
        copy_the_order(path, waiting - 1)
        paths.append(path)
    return paths


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_takes_no_more_statements_and_rows_for_a_hundred_thousand_orders_than_for_ten(
    name: str, backlogs: list[Path]
) -> None:
    """The database adds up; the orders themselves are never read into memory."""
    call, statements = REPORTS[name]
    rows = []
    for path in backlogs:
        store, costs = counting_store(path)
        call(Backorders(store).seller("acme"))
        assert len(costs.statements) == 1 + statements
        rows.append(costs.rows)
        store.close()
    assert rows[0] == rows[1]


def test_all_promises_take_as_many_statements_for_a_hundred_thousand_orders_as_for_ten(
    backlogs: list[Path],
) -> None:
    """The backlog is read in one of them, each line that is short once."""
    statements = []
    for path, waiting in zip(backlogs, (10, 100_000), strict=True):
        store, costs = counting_store(path)
        assert len(Backorders(store).seller("acme").promises()) == waiting
        statements.append(len(costs.statements))
        # Beside the lines: the seller, and the two SKUs that anybody waits for.
        assert costs.rows == 2 * waiting + 3
        store.close()
    assert statements == [6, 6]
