"""`demo` and `replay`: the library at work on real orders."""

from pathlib import Path
from typing import Literal

from backorders.adapters.cli.commands import Desk, Flag, prints
from backorders.adapters.cli.documents.account import ReplayDocument
from backorders.adapters.cli.errors import CommandRefused


def demo(*, desk: Desk) -> None:
    """Show what happens when stock is not enough, on real orders, in a file that you can keep.

    It works in the file or database that --store names; without it, in backorders-demo.db in this
    folder. Only what an earlier demo has made is overwritten.

    For example:

        backorders demo
    """
    from backorders.adapters.cli.demo import demo as show

    show(store=desk.named_store)


@prints(ReplayDocument)
def replay(
    dataset: Literal["adventureworks", "online_retail"],
    folder: Path,
    /,
    *,
    first: int | None = None,
    memory: Flag = False,
    desk: Desk,
) -> None:
    """Run real orders through the library in time order, and compare with what is known.

    The files are in the library's source, in examples/data. Without --store it works in a file that
    is gone afterwards. Exit code 1 if anything came out otherwise.

    For example:

        backorders replay adventureworks examples/data/adventureworks --first 2000

    Args:
        dataset: Which orders.
        folder: Where their files are.
        first: Only so many orders.
        memory: Work in memory.
    """
    from backorders.adapters.cli.replay.command import replayed

    report = replayed(dataset, folder, first=first, store="memory" if memory else desk.named_store)
    document: ReplayDocument = {
        "orders": report.orders,
        "receipts": report.receipts,
        "seconds": round(report.seconds, 3),
        "differences": report.differences.found,
        "shown": report.differences.shown,
        "remarks": list(report.remarks),
    }
    desk.show(
        document,
        lambda screen: screen.say(
            "\n".join([*report.remarks, *report.differences.shown, report.in_one_line()])
        ),
    )
    if report.differences.found:
        raise CommandRefused("not all came out as expected", "please report this")
