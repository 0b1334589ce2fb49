"""How many statements and rows a call costs on the SQL store: counted, never timed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backorders import Backorders, ClaimPolicy, OrderRequest
from backorders.application import Seller
from tests.support.sqlite_backlog import copy_the_order
from tests.support.sqlite_costs import Costs, counting_store

MANY = {f"S{place:03}": 5 for place in range(300)}


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[tuple[Seller, Costs]]:
    """A seller who exists, and what its calls cost."""
    store, costs = counting_store(tmp_path / "shop.db")
    seller = Backorders(store).seller("acme")
    seller.configure()
    yield seller, costs
    store.close()


def test_placing_an_order_takes_at_most_eight_statements_however_many_lines(
    counted: tuple[Seller, Costs],
) -> None:
    """A statement for each line would make large orders a thousand times as slow."""
    seller, costs = counted
    seller.book_in("R1", MANY)
    counts = []
    for number, lines in enumerate([{"S001": 1}, dict.fromkeys(MANY, 3), dict.fromkeys(MANY, 3)]):
        costs.clear()
        seller.place_order(f"O{number}", lines)
        counts.append(len(costs.statements))
    assert max(counts[:2]) <= 8
    # The last order went on back order, which the next digest is to tell.
    assert counts[2] <= 9


def test_placing_ten_thousand_orders_is_a_bounded_number_of_statements(
    counted: tuple[Seller, Costs],
) -> None:
    """A day's import is one transaction of sets, not of rows."""
    seller, costs = counted
    seller.book_in("R1", MANY)
    skus = list(MANY)
    costs.clear()
    seller.place_orders(
        [OrderRequest(f"O{n}", {skus[n % 300]: 1, skus[n % 7]: 1}) for n in range(10_000)]
    )
    assert len(costs.statements) <= 9


def test_booking_in_one_sku_takes_ten_statements_and_a_constant_for_each_five_hundred_orders(
    counted: tuple[Seller, Costs],
) -> None:
    """What a receipt costs follows the orders that it releases, 500 at a time."""
    seller, costs = counted
    seller.place_orders([OrderRequest(f"O{n:05}", {"TEA": 1}) for n in range(3000)])
    counts = []
    for number, units in enumerate([1, 400, 1500]):
        costs.clear()
        done = seller.book_in(f"R{number}", {"TEA": units})
        assert len(done.released) == units
        counts.append(len(costs.statements))
        # The line in the queue, and the order: of each that is released, and of nobody else.
        assert costs.rows <= 2 * units + 2
    for units, count in zip([1, 400, 1500], counts, strict=True):
        assert count <= 10 + 8 * -(-units // 500)


@pytest.mark.parametrize("lines", [2, 200])
def test_no_other_call_has_a_statement_for_each_line(
    counted: tuple[Seller, Costs], lines: int
) -> None:
    """Whatever is done to an order of 200 lines takes as many statements as with two."""
    seller, costs = counted
    skus = list(MANY)[:lines]
    seller.book_in("R1", dict.fromkeys(skus, 1))
    seller.place_order("O1", dict.fromkeys(skus, 2))
    calls: dict[str, Callable[[], object]] = {
        "split": lambda: seller.split_order("O1"),
        "process": lambda: seller.process_order("O1"),
        "despatch": lambda: seller.despatch_order("O1"),
        "count": lambda: seller.count_stock("C1", dict.fromkeys(skus, 1)),
        "cancel": lambda: seller.cancel_order("O1-2"),
        "history": lambda: seller.history("O1"),
        "back orders": seller.back_orders,
    }
    counts = {}
    for name, call in calls.items():
        costs.clear()
        call()
        counts[name] = len(costs.statements)
    assert counts == {
        # Where SKUs are locked, an order is read again afterwards.
        # One of them asks who wants to be told that the order has left back order.
        "split": 12,
        "process": 5,
        "despatch": 10,
        # One of them notes for the next digest which orders went on back order.
        "count": 13,
        "cancel": 11,
        "history": 4,
        "back orders": 3,
    }


@pytest.mark.parametrize("claim", ClaimPolicy)
def test_a_stocktake_takes_as_many_statements_however_many_products_are_gone(
    counted: tuple[Seller, Costs], claim: ClaimPolicy
) -> None:
    """Whoever finds an aisle empty must not wait for each of its products, nor for each order."""
    seller, costs = counted
    skus = list(MANY)
    counts = []
    for number, (few, each) in enumerate([(1, 1), (2, 3), (90, 3)]):
        gone = [skus.pop() for _ in range(few)]
        seller.book_in(f"R{number}", dict.fromkeys(gone, each))
        requests = [
            OrderRequest(f"O{number}-{sku}-{place}", {sku: 1}, claim=claim)
            for sku in gone
            for place in range(each)
        ]
        seller.place_orders(requests)
        costs.clear()
        lost = seller.count_stock(f"C{number}", dict.fromkeys(gone, 0)).lost
        assert len(lost) == len(requests)
        counts.append(len(costs.statements))
    assert counts == [13, 13, 13]


def test_booking_in_for_ten_orders_reads_no_more_when_a_hundred_times_as_many_wait(
    tmp_path: Path,
) -> None:
    """The cost of a delivery follows what it changes, not what waits."""
    few = _cost_of_releasing_ten(tmp_path / "few.db", waiting=1_000)
    many = _cost_of_releasing_ten(tmp_path / "many.db", waiting=100_000)
    assert many.rows <= few.rows
    # A tree a hundred times as large is a level or two deeper.
    assert many.steps <= few.steps * 1.1


def _cost_of_releasing_ten(path: Path, *, waiting: int) -> Costs:
    store, costs = counting_store(path)
    seller = Backorders(store).seller("acme")
    seller.place_order("O0000000", {"TEA": 1})
    store.close()
    copy_the_order(path, waiting - 1)
    store, costs = counting_store(path)
    seller = Backorders(store).seller("acme")
    done = seller.book_in("R1", {"TEA": 10})
    assert done.released == tuple(f"O{number:07}" for number in range(10))
    store.close()
    return costs
