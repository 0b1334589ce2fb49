"""What advice costs on the SQL store: statements, counted at two sizes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backorders import Backorders, OrderRequest, Seller
from tests.support.sqlite_costs import counting_store

ADVICE: dict[str, tuple[Callable[[Seller], object], int]] = {
    "restock_advice": (lambda seller: seller.restock_advice(units=40), 4),
    "holdups": (lambda seller: seller.holdups(), 6),
}
"""Name → the call, and how many statements it takes after the one that begins."""


def _place(seller: Seller, pairs: int) -> None:
    """Let half the orders hold what they cannot use, and as many wait for just that."""
    seller.book_in("R1", {f"S{number:03}": 2 for number in range(pairs)})
    numbers = range(pairs)
    holding = [OrderRequest(f"A{n:03}", {f"S{n:03}": 2, "JAM": 1 + n % 3}) for n in numbers]
    waiting = [OrderRequest(f"B{n:03}", {f"S{n:03}": 1 + n % 2}) for n in numbers]
    seller.place_orders([*holding, *waiting])


@pytest.mark.parametrize("name", ADVICE)
def test_advice_takes_no_more_statements_for_many_orders_than_for_few(
    name: str, tmp_path: Path
) -> None:
    """The backlog is read in one go, and what is tried is tried on what was read."""
    call, statements = ADVICE[name]
    for pairs in (5, 150):
        store, costs = counting_store(tmp_path / f"{pairs}.db")
        seller = Backorders(store).seller("acme")
        _place(seller, pairs)
        costs.clear()
        found = call(seller)
        assert len(costs.statements) == 1 + statements, costs.statements
        assert found
        store.close()


def test_both_sizes_give_advice_worth_having(tmp_path: Path) -> None:
    """Counting statements of calls that find nothing would prove nothing."""
    store, _ = counting_store(tmp_path / "shop.db")
    seller = Backorders(store).seller("acme")
    _place(seller, 20)
    assert len(seller.holdups().items) == 20
    assert all(each.releases for each in seller.holdups().items)
    assert len(seller.restock_advice(units=40).completes) > 20
    store.close()
