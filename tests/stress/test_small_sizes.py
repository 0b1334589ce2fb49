"""Every stress program, small, on every store; `make stress` runs them at full size."""

import os
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from tests.stress import bank, crashes, crossing, flash_sale, kills, mailing, migrators
from tests.stress.aftermath import Aftermath
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.player import Broke, Ended
from tests.stress.programs import PROGRAMS
from tests.stress.report import Report
from tests.stress.story import Story, make
from tests.support.stores import DATABASES

SEED = 1
EVENTFUL = 39
"""Each of the first twelve calls of this story changes something."""


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
def test_processes_that_migrate_at_once_do_it_once(name: str, tmp_path: Path) -> None:
    """Every process of a service migrates when it starts; one may have died over it before."""
    report = migrators.run(DATABASES[name](tmp_path), seed=SEED, processes=2, rounds=3)
    assert report.violations == []
    assert report.counts["killed"] == 1
    assert report.counts["migrated"] == 3


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
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")) as store:
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


@pytest.mark.parametrize("name", DATABASES)
def test_law_19_a_killed_process_leaves_whole_calls(name: str, tmp_path: Path) -> None:
    """What its caller was told is there once; the call that was cut off can be made again."""
    report = kills.run(DATABASES[name](tmp_path), seed=SEED, kills=4)
    assert report.violations == []
    assert report.counts["kills"] == 4
    assert report.counts["acknowledged"] > 0


@pytest.mark.parametrize("name", DATABASES)
def test_who_is_killed_takes_nobody_along(name: str, tmp_path: Path) -> None:
    """What a dead process had locked is free for the others, who are told of no error."""
    url = DATABASES[name](tmp_path)
    report = bank.run(url, seed=SEED, processes=2, operations=30, kills=2)
    assert report.violations == []
    assert report.counts["killed"] == 2


@pytest.mark.skipif("postgresql" not in DATABASES, reason="it is PostgreSQL that crashes")
def test_law_19_a_crash_of_the_server_loses_nothing_and_doubles_nothing() -> None:
    """The database has what it said it has, and the callers find out what became of the rest."""
    report = crashes.run("", seed=SEED, crashes=1)
    assert report.violations == []
    assert report.counts["crashes"] == 1


def _found_after(
    folder: Path, *, calls: int = 12, told: int = 11, lost: int | None = None, broke: str = ""
) -> Report:
    """Return the report on so many calls, of which one never reached the database."""
    report = Report()
    shadow = Story("acme", EVENTFUL)
    answers = [shadow.make(number) for number in range(told)]
    story = Story("acme", EVENTFUL)
    with closing(SqlStore.from_url(f"sqlite:///{folder / 'shop.db'}")) as store:
        for number in range(calls):
            if number != lost:
                make(story.call(number), number, store, story.seller_id)
        ended = Ended(story, answers, Broke(broke, "") if broke else None)
        Aftermath(store, random.Random(SEED), report).judge(ended, at_once=False)
    return report


def test_a_call_that_was_cut_off_may_have_happened_or_not(tmp_path: Path) -> None:
    """Both are right, and what follows shows that anything else is noticed."""
    assert _found_after(tmp_path).violations == []
    (tmp_path / "shop.db").unlink()
    assert _found_after(tmp_path, calls=11).violations == []


@pytest.mark.parametrize("lost", [0, 6, 10])
def test_a_call_that_was_acknowledged_and_is_lost_is_a_violation(lost: int, tmp_path: Path) -> None:
    """A program that cannot fail proves nothing."""
    assert "is neither before nor after" in _found_after(tmp_path, lost=lost).violations[0]


def test_half_a_call_is_a_violation(tmp_path: Path) -> None:
    """Two more than was told cannot come of one call that was cut off."""
    assert "is neither before nor after" in _found_after(tmp_path, told=8).violations[0]


def test_what_happened_though_it_was_said_not_to_have_is_a_violation(tmp_path: Path) -> None:
    """Whoever is told that nothing was changed will do something else instead."""
    [violation] = _found_after(tmp_path, broke="StoreUnusable").violations
    assert "has happened, though the caller was told" in violation
    (tmp_path / "shop.db").unlink()
    assert _found_after(tmp_path, broke="OutcomeUnknown").violations == []


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
