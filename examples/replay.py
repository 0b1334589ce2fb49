"""Run real orders through the library, and compare with what is known to be right.

    python examples/replay.py                                  # everything: some minutes
    python examples/replay.py --dataset adventureworks --store memory
    python examples/replay.py --first 2000

Says in one line per run what was compared, and ends with exit code 1 if anything differed. Where
the orders come from is said in `data/README.md`.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from backorders import BackordersError
from backorders.adapters.cli.replay import adventureworks, online_retail
from backorders.adapters.cli.replay.run import Report
from backorders.adapters.cli.screen import Screen
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.ports.storage import Store

DATA = Path(__file__).parent / "data"
DATASETS = {"adventureworks": adventureworks.replay, "online_retail": online_retail.replay}
ORDERS = {"adventureworks": 31_455, "online_retail": 19_776}
EVERYTHING = (
    ("adventureworks", "memory"),
    ("adventureworks", "sqlite"),
    ("online_retail", "sqlite"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay what was asked for, and return the exit code."""
    parser = argparse.ArgumentParser(description="Run real orders through the library.")
    parser.add_argument("--dataset", choices=DATASETS, help="default: both")
    parser.add_argument("--store", help="memory, sqlite (a temporary file), or a database's URL")
    parser.add_argument("--first", type=positive, metavar="N", help="only the first N orders")
    asked = parser.parse_args(arguments)
    runs = [
        (dataset, asked.store or store)
        for dataset, store in EVERYTHING
        if asked.dataset in (None, dataset)
    ]
    screen = Screen()
    failed = 0
    for dataset, store in dict.fromkeys(runs):
        try:
            report = replay(dataset, store, asked.first, screen)
        except BackordersError as error:
            print(f"{dataset} on {store}: {error}", file=sys.stderr)
            failed += 1
            continue
        for remark in report.remarks:
            screen.line(f"  {remark}")
        for difference in report.differences.shown:
            screen.line(f"  {difference}", "red")
        screen.line(report.in_one_line(), "red" if report.differences.found else "green")
        failed += report.differences.found > 0
    return 1 if failed else 0


def replay(dataset: str, store: str, first: int | None, screen: Screen) -> Report:
    """Replay a data set into a store, which is closed afterwards."""
    title = f"{dataset} on {store.split(':', maxsplit=1)[0]}"
    orders = min(first or ORDERS[dataset], ORDERS[dataset])
    with (
        tempfile.TemporaryDirectory(prefix="backorders-") as folder,
        closing(opened(store, Path(folder))) as open_store,
        screen.progress(title, orders) as advance,
    ):
        return DATASETS[dataset](
            open_store, DATA / dataset, title=title, first=first, advance=advance
        )


def opened(store: str, folder: Path) -> Store:
    """Return the store that is meant."""
    if store == "memory":
        return MemoryStore()
    if store == "sqlite":
        return SqlStore.from_url(f"sqlite:///{folder / 'replay.db'}")
    return SqlStore.from_url(store)


def positive(text: str) -> int:
    """Return a number of orders."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 at least")
    return number


if __name__ == "__main__":
    sys.exit(main())
