"""Every stress program, small, on every store; `make stress` runs them at full size."""

import os
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from tests.stress import bank, crossing, flash_sale, mailing
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.programs import PROGRAMS
from tests.stress.report import Report
from tests.support.stores import DATABASES

SEED = 1


@pytest.mark.parametrize("name", DATABASES)
def test_law_1_a_flash_sale_sells_every_unit_once(name: str, tmp_path: Path) -> None:
    """Whoever wants the last unit at the same moment: one has it, the others queue for the next."""
    url = DATABASES[name](tmp_path)
    report = flash_sale.run(url, seed=SEED, processes=4, attempts=8, units=11)
    assert report.violations == []
    assert report.counts["waiting"] == 21


@pytest.mark.parametrize("name", DATABASES)
def test_orders_that_want_the_same_from_both_ends_block_nobody(name: str, tmp_path: Path) -> None:
    """Two calls that lock the same SKUs the other way round would wait for each other for ever."""
    report = crossing.run(DATABASES[name](tmp_path), seed=SEED, processes=4, attempts=8)
    assert report.violations == []
    assert report.counts["orders"] == 32


@pytest.mark.parametrize("name", DATABASES)
def test_law_22_mail_survives_those_who_deliver_it(name: str, tmp_path: Path) -> None:
    """Killed between sending and writing it down, a deliverer loses nothing and doubles no more."""
    report = mailing.run(DATABASES[name](tmp_path), seed=SEED, processes=2, kills=4)
    assert report.violations == []
    assert report.counts["killed after sending"] >= 1


def test_mail_that_was_lost_or_doubled_is_a_violation(tmp_path: Path) -> None:
    """A program that cannot fail proves nothing."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    line = {"what": "sent", "id": "m", "kind": "", "to": "", "orders": [], "text": "1"}
    report = Report()
    mailing.judge(url, 1, [line, {**line, "text": "2"}], report)
    assert report.violations[:2] == [
        "m was sent 2 times, not 1",
        "a notice was not the same each time",
    ]
    assert report.violations[2] == "ann@example.com of acme was told Counter()"
    assert len(report.violations) == 2 + 2 * 2 * 2


@pytest.mark.parametrize("name", DATABASES)
def test_law_2_whoever_reads_while_others_write_finds_sums_that_agree(
    name: str, tmp_path: Path
) -> None:
    """A report that is drawn up during the day must add up like one of the night."""
    report = bank.run(DATABASES[name](tmp_path), seed=SEED, processes=3, operations=60)
    assert report.violations == []
    assert report.counts["operations"] == 60
    assert report.counts["reads"] > 1


def test_a_sum_that_is_off_by_one_is_a_violation(tmp_path: Path) -> None:
    """The reader adds up by itself, and has the store add up as well: both must notice."""
    with closing(SqlStore.from_url(DATABASES["sqlite"](tmp_path))) as store:
        acme = Backorders(store).seller(bank.SELLER)
        acme.book_in("R1", {bank.SKUS[0]: 3})
        acme.place_order("O1", {bank.SKUS[0]: 2})
        acme.place_order("O2", {bank.SKUS[1]: 1})
        with store.begin(bank.SELLER, read_only=True) as uow:
            assert list(bank.judge(uow)) == []
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE backorders_levels SET allocated = 1"))
            connection.execute(text("UPDATE backorders_orders SET waiting = false"))
        with store.begin(bank.SELLER, read_only=True) as uow:
            found = "\n".join(bank.judge(uow))
    assert "law 2: StockLevel" in found
    assert "2 allocated, the sum of its allocations" in found
    assert "the backlog lists 0 orders, 1 wait" in found


def test_a_unit_that_was_promised_twice_is_a_violation() -> None:
    """A program that cannot fail proves nothing."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.book_in("R1", {flash_sale.SKU: 1})
    for order_id in ("O1", "O2", "O3"):
        acme.place_order(order_id, {flash_sale.SKU: 1})
    acme.adjust_stock("A1", {flash_sale.SKU: -1})

    report = Report()
    flash_sale.judge(acme, [(("O1", True), ("O2", False), ("O3", True))], 1, report)

    assert [violation.partition(":")[0] for violation in report.violations] == [
        "1 units should be sold",
        "2 orders were told that they got a unit, not 1",
        "O1 was told True and has False",
        "O3 was told True and has False",
        "somebody got a unit after one who did not",
        "those who wait are not those who got nothing",
    ]


def _fail(job: str, start: Start) -> str:
    start()
    if job == "raise":
        raise RuntimeError(job)
    if job == "die":
        os._exit(1)
    return job


def test_a_process_that_fails_or_dies_is_heard_of() -> None:
    """Otherwise the processes that did nothing would be those that found nothing wrong."""
    told = what_they_came_to(_fail, ["well", "raise", "die"])
    assert told[0] == "well"
    assert isinstance(told[1], Failed)
    assert "RuntimeError: raise" in told[1].why
    assert told[2] == Failed("a process died")


def test_every_program_says_how_much_it_does() -> None:
    """A size of nothing would pass everything."""
    for programs in PROGRAMS.values():
        for program in programs.values():
            assert min(program.numbers(0.001).values()) >= 1
    assert Counter(PROGRAMS["flash-sale"]["postgresql"].numbers(1)) == {
        "processes": 16,
        "attempts": 250,
        "units": 100,
    }
