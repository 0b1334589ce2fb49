"""`backorders export`: orders, stock and deliveries, written as CSV."""

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Flag, group, prints
from backorders.adapters.cli.desk import Desk as TheDesk
from backorders.adapters.cli.documents.exports import ExportDocument
from backorders.adapters.cli.errors import WrongUsage
from backorders.adapters.cli.interrupts import Interrupts
from backorders.adapters.cli.progress import Bar
from backorders.adapters.files import exporting
from backorders.adapters.files.exporting import Export
from backorders.adapters.files.writing import STDOUT, written
from backorders.domain.order import OrderStatus

_Output: TypeAlias = Annotated[str, Parameter(name=("--output", "-o"), allow_leading_hyphen=True)]


@prints(ExportDocument)
def orders(
    *,
    status: Annotated[tuple[OrderStatus, ...], Parameter(show_default=False)] = (),
    every: Annotated[bool, Parameter(name="--all", negative=(), show_default=False)] = False,
    output: _Output = STDOUT,
    desk: Desk,
) -> None:
    """Write the open orders: one row for each line, by the time at which they were placed.

    For example:

        backorders export orders > orders.csv
        backorders export orders --status despatched --output despatched.csv

    Args:
        status: Only orders of this status, given as often as needed.
        every: Also those that are processed, despatched or cancelled.
        output: The file to write, which is replaced; - prints it.
    """
    if status and every:
        raise WrongUsage("--all and --status exclude each other", "say one of them")
    wanted = tuple(OrderStatus) if every else status or exporting.OPEN
    _write(exporting.orders(wanted), output, desk)


@prints(ExportDocument)
def back_orders(
    *,
    sku: str | None = None,
    older_than: str | None = None,
    output: _Output = STDOUT,
    desk: Desk,
) -> None:
    """Write the orders on back order: one row for each line, in the order of their rank.

    For example:

        backorders export back-orders --sku TEA --older-than 3d

    Args:
        sku: Only orders that are short of it.
        older_than: Only orders placed longer ago than that: 3d, 12h, 30m or 2w.
        output: The file to write, which is replaced; - prints it.
    """
    age = None if older_than is None else typed.length(older_than)
    _write(exporting.back_orders(sku=sku, older_than=age), output, desk)


@prints(ExportDocument)
def stock(*, output: _Output = STDOUT, desk: Desk) -> None:
    """Write all stock: one row for each SKU in each warehouse. It can be imported as a count.

    For example:

        backorders export stock --output stock.csv

    Args:
        output: The file to write, which is replaced; - prints it.
    """
    _write(exporting.stock(), output, desk)


@prints(ExportDocument)
def inbound(*, closed: Flag = False, output: _Output = STDOUT, desk: Desk) -> None:
    """Write the announced deliveries: one row for each SKU, by the day on which they are expected.

    For example:

        backorders export inbound --closed --output deliveries.csv

    Args:
        closed: Also those of which nothing more is to come.
        output: The file to write, which is replaced; - prints it.
    """
    _write(exporting.inbound(closed=closed), output, desk)


def _write(export: Export, output: str, desk: TheDesk) -> None:
    if desk.json and output == STDOUT:
        raise WrongUsage("an export is CSV, and no JSON document", "write it with --output FILE")
    with desk.seller() as seller, Bar() as bar, Interrupts() as stop:

        def watch(rows: int) -> None:
            stop.check()
            bar.show("writing", rows, None, rows)

        with written(output) as file:
            rows = exporting.write(export, seller, file, watch)
    if output != STDOUT:
        desk.show(
            ExportDocument(file=output, rows=rows),
            lambda screen: screen.say(f"{rows:,} {'row' if rows == 1 else 'rows'} in {output}."),
        )


app = group(
    "export",
    "Write orders, stock or deliveries as CSV, to be imported again.",
    [orders, back_orders, stock, inbound],
)
