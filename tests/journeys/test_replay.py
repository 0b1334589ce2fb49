"""Real orders, replayed through the public face against an answer that somebody else worked out."""

import csv
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from backorders import Backorders
from backorders.adapters.cli.errors import CommandRefused
from backorders.adapters.cli.replay import adventureworks, online_retail
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.ports.storage import Store

DATA = Path(__file__).parents[2] / "examples" / "data"
ADVENTUREWORKS = DATA / "adventureworks"


def on_memory(_folder: Path) -> Store:
    """Return a store in memory."""
    return MemoryStore()


def on_sqlite(folder: Path) -> Store:
    """Return a store in a SQLite file."""
    return SqlStore.from_url(f"sqlite:///{folder / 'replay.db'}")


def copied(folder: Path) -> Path:
    """Return a copy of AdventureWorks that can be tampered with."""
    return Path(shutil.copytree(ADVENTUREWORKS, folder / "adventureworks"))


def tampered(path: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Write a file again with its rows changed."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    change(rows)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _without_the_first(rows: list[dict[str, str]]) -> None:
    del rows[0]


def without_the_first(rows: list[dict[str, str]]) -> None:
    """Take a row out of a file."""
    del rows[0]


def differences(folder: Path, *, first: int = 300) -> list[str]:
    """Return what a replay of a few orders finds wrong."""
    return adventureworks.replay(MemoryStore(), folder, first=first).differences.shown


@pytest.mark.parametrize("open_store", [on_memory, on_sqlite])
def test_two_thousand_real_orders_get_what_the_published_answer_says(
    open_store: Callable[[Path], Store], tmp_path: Path
) -> None:
    """The answer was computed by other means, so it proves the planner and not only itself."""
    store = open_store(tmp_path)
    report = adventureworks.replay(store, ADVENTUREWORKS, first=2000)
    waiting = Backorders(store).seller("adventureworks").back_orders(limit=1)
    store.close()

    assert report.differences.shown == []
    assert (report.orders, report.receipts) == (2000, 398)
    assert report.matched == [
        "7,485 lines (1,173 back orders, 1,173 of them filled)",
        "1,833 daily balances",
        "verify()",
    ]
    assert waiting.items == ()


def test_progress_is_told_of_every_order() -> None:
    """A bar that does not reach its end looks like a fault."""
    placed: list[int] = []
    adventureworks.replay(MemoryStore(), ADVENTUREWORKS, first=300, advance=placed.append)
    assert sum(placed) == 300


def test_a_slice_of_the_right_answer_has_no_difference() -> None:
    """What follows shows that tampering is noticed: here is the same without it."""
    assert differences(ADVENTUREWORKS) == []


def test_a_wrong_allocation_is_noticed(tmp_path: Path) -> None:
    """A replay that finds nothing is worth something only if it would find this."""
    folder = copied(tmp_path)

    def one_unit_more(rows: list[dict[str, str]]) -> None:
        rows[0]["allocated_at_placement"] = str(int(rows[0]["allocated_at_placement"]) + 1)

    tampered(folder / "expected_backorders.csv.gz", one_unit_more)
    assert differences(folder) == [
        (
            "order SO43659, SO-B909-M.218: quantity, allocated and back order: "
            "expected (6, 5, 2), found (6, 4, 2)"
        )
    ]


def test_a_wrong_instant_is_noticed(tmp_path: Path) -> None:
    """Who gets the units is one question, when is another."""
    folder = copied(tmp_path)

    def a_day_later(rows: list[dict[str, str]]) -> None:
        rows[0]["filled_at"] = "2010-12-31T00:00:00Z"

    tampered(folder / "expected_backorders.csv.gz", a_day_later)
    assert differences(folder) == [
        (
            "order SO43659, SO-B909-M.218: filled at: "
            "expected 2010-12-31T00:00:00Z, found 2010-12-30T00:00:00Z"
        )
    ]


def test_a_back_order_that_is_not_expected_is_noticed(tmp_path: Path) -> None:
    """A line that the answer does not list must get everything at once."""
    folder = copied(tmp_path)
    tampered(folder / "expected_backorders.csv.gz", _without_the_first)
    assert differences(folder) == [
        (
            "order SO43659, SO-B909-M.218: quantity, allocated and back order: "
            "expected (6, 6, 0), found (6, 4, 2)"
        ),
        "order SO43659, SO-B909-M.218: filled at: expected never, found 2010-12-30T00:00:00Z",
    ]


def test_a_wrong_balance_is_noticed(tmp_path: Path) -> None:
    """The balances are the source's own, and independent of the list of back orders."""
    folder = copied(tmp_path)

    def one_more(rows: list[dict[str, str]]) -> None:
        rows[0]["closing_balance"] = str(int(rows[0]["closing_balance"]) + 1)

    tampered(folder / "daily_balances.csv.gz", one_more)
    assert differences(folder) == [
        "balance of HL-U509-R.212 on 2010-12-29: expected -19, found -20"
    ]


def test_a_receipt_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """Fewer units came than the answer reckons with: somebody waits for longer."""
    folder = copied(tmp_path)
    tampered(folder / "receipts.csv.gz", _without_the_first)
    found = differences(folder)
    assert any("balance of HL-U509-R.212 on 2010-12-30" in each for each in found)
    assert any(each.endswith("still waits") for each in found)


def test_orders_that_end_before_the_answer_does_are_noticed(tmp_path: Path) -> None:
    """A whole replay compares all totals, and misses what was expected and never came."""
    folder = copied(tmp_path)
    kept = 300

    def cut(rows: list[dict[str, str]]) -> None:
        del rows[kept:]

    tampered(folder / "orders.csv.gz", cut)
    tampered(folder / "receipts.csv.gz", cut)
    report = adventureworks.replay(MemoryStore(), folder)
    assert report.orders == kept
    assert report.differences.found > 28_000
    assert len(report.differences.shown) == 20
    assert "DIFFERENCES" in report.in_one_line()


def test_a_real_shop_stays_sound_whatever_happens_to_it(tmp_path: Path) -> None:
    """Repeated SKUs, corrections below zero, cancellations of nothing: the books hold all that."""
    store = on_sqlite(tmp_path)
    report = online_retail.replay(store, DATA / "online_retail", first=400)
    discrepancies = Backorders(store).seller("online retail").verify()
    store.close()
    assert report.differences.shown == []
    assert report.orders == 400
    assert discrepancies == ()
    assert len(report.remarks) == 3


def test_deliveries_of_many_products_leave_nothing_idle() -> None:
    """The first weekly deliveries bring hundreds of products to orders that wait for several."""
    report = online_retail.replay(MemoryStore(), DATA / "online_retail", first=1600)
    assert report.differences.shown == []
    assert report.receipts > 0


def test_a_store_with_orders_of_that_seller_is_refused() -> None:
    """A second replay on top of the first would compare nonsense."""
    store = MemoryStore()
    adventureworks.replay(store, ADVENTUREWORKS, first=1)
    with pytest.raises(CommandRefused, match="replay into an empty store"):
        adventureworks.replay(store, ADVENTUREWORKS, first=1)


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    """Who gives the wrong folder is told which file is missing."""
    with pytest.raises(CommandRefused, match=r"expected_backorders\.csv\.gz"):
        adventureworks.replay(MemoryStore(), tmp_path)


def test_a_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    """Half a file must not be taken for a small one."""
    folder = copied(tmp_path)
    whole = (folder / "lines.csv.gz").read_bytes()
    (folder / "lines.csv.gz").write_bytes(whole[:5000])
    with pytest.raises(CommandRefused, match=r"lines\.csv\.gz cannot be read"):
        adventureworks.replay(MemoryStore(), folder)


def test_lines_that_are_sorted_otherwise_than_the_orders_are_refused(tmp_path: Path) -> None:
    """The files are read side by side: an order without its lines must not be left out."""
    folder = copied(tmp_path)
    tampered(folder / "orders.csv.gz", list.reverse)
    with pytest.raises(CommandRefused, match="sort both files alike"):
        adventureworks.replay(MemoryStore(), folder)
