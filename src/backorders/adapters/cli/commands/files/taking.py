"""`backorders import`: files taken into the store, whole or not at all."""

from pathlib import Path
from typing import Annotated, Final, TypeAlias, TypeVar

import attrs
from cyclopts import Parameter

from backorders.adapters.cli.commands import Desk, Flag, Many, group, prints
from backorders.adapters.cli.desk import Desk as TheDesk
from backorders.adapters.cli.documents.imports import ImportDocument, of_report
from backorders.adapters.cli.errors import WrongUsage
from backorders.adapters.cli.interrupts import Interrupts
from backorders.adapters.cli.progress import Bar
from backorders.adapters.cli.views.imports import refused, show_report
from backorders.adapters.files.cells import Dates
from backorders.adapters.files.importing import take_file
from backorders.adapters.files.kinds import Kind
from backorders.adapters.files.options import Options, Ways
from backorders.adapters.files.orders import ORDERS
from backorders.adapters.files.stock_kinds import ADJUSTMENTS, COUNTS, INBOUND, RECEIPTS

_D = TypeVar("_D")

_File: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True)]
"""The name of a file; - is what is piped in."""

_Id: TypeAlias = Annotated[str | None, Parameter(name="--id")]

_SEPARATORS: Final = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "bar": "|",
    "\\t": "\t",
    ",": ",",
    ";": ";",
    "\t": "\t",
    "|": "|",
}


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class How:
    """How a file is to be read and taken."""

    dry_run: Flag = False
    """Only say what would come of it; nothing is stored."""
    keep_good: Flag = False
    """Take the good orders or documents, and leave out those with a bad row. Without it, all of
    the file is taken or nothing."""
    rejects: Path | None = None
    """Write the rows that are left out, with the reason of each, into this CSV file."""
    column: Many = ()
    """Say which column is which: FIELD=HEADER, as often as needed."""
    dates: Dates = Dates.ISO
    """How dates are written: iso (2026-11-29), day-first (29/11/2026) or month-first (11/29/2026).
    """
    separator: str | None = None
    """What stands between cells: comma, semicolon, tab or bar. Without it, the header tells."""
    encoding: str | None = None
    """The encoding of the text, such as cp1252. Without it: UTF-8."""
    warehouse: str | None = None
    """The warehouse of rows that name none."""

    def options(self, *, document_id: str | None = None, reason: str = "") -> Options:
        """Return this as the import wants it."""
        separator = None
        if self.separator is not None:
            separator = _SEPARATORS.get(self.separator)
            if separator is None:
                problem = f"{self.separator!r} is no separator"
                raise WrongUsage(problem, "say comma, semicolon, tab or bar")
        columns = {}
        for named in self.column:
            field, equals, header = named.partition("=")
            if not (field and equals and header):
                raise WrongUsage(f"{named!r} names no column", "say --column FIELD=HEADER")
            columns[field] = header
        return Options(
            dry_run=self.dry_run,
            keep_good=self.keep_good,
            separator=separator,
            encoding=self.encoding,
            columns=columns,
            dates=self.dates,
            document_id=document_id,
            warehouse=self.warehouse,
            reason=reason,
            rejects=self.rejects,
        )


_AS_IS: Final = How()


@prints(ImportDocument)
def orders(file: _File, /, *, how: How = _AS_IS, desk: Desk) -> None:
    """Place the orders of a CSV file: one row for each line, known by the id of the order.

    Columns are order_id, sku and quantity, and, where there are any, placed_at, priority, ship,
    claim and warehouse, or what shops call them. Rows of an order need not stand together. Who has
    placed an order earlier is served first, wherever it stands in the file. The same file twice
    changes nothing.

    For example:

        backorders import orders web-shop.csv --dry-run
        backorders import orders web-shop.csv --rejects to-mend.csv
        backorders import orders export.txt --column order_id="Our ref" --dates day-first

    Args:
        file: The CSV file, gzipped or not; - reads what is piped in.
        how: How it is to be read.
    """
    _take(file, ORDERS, how.options(), desk)


@prints(ImportDocument)
def receipts(
    file: _File,
    /,
    *,
    document_id: _Id = None,
    how: How = _AS_IS,
    desk: Desk,
) -> None:
    """Book in the receipts of a CSV file: one row for each SKU.

    Columns are sku and quantity, and, where there are any, receipt_id, warehouse and inbound (the
    announced delivery that it is of). Rows without a receipt_id are one receipt, which is called
    after the file. The same receipt twice is booked in once.

    For example:

        backorders import receipts goods-in-2026-11-29.csv
        backorders import receipts goods-in.csv --id GRN-1042

    Args:
        file: The CSV file, gzipped or not; - reads what is piped in.
        document_id: What the receipt is called whose rows have no id.
        how: How it is to be read.
    """
    _take(file, RECEIPTS, how.options(document_id=_named(document_id)), desk)


@prints(ImportDocument)
def counts(
    file: _File,
    /,
    *,
    document_id: _Id = None,
    reason: str = "",
    how: How = _AS_IS,
    desk: Desk,
) -> None:
    """Set the stock to what was counted: one row for each SKU.

    Columns are sku and quantity, and, where there are any, count_id, warehouse and reason. What
    `backorders export stock` has written can be imported, too.

    For example:

        backorders import counts stocktake.csv --reason "year end"

    Args:
        file: The CSV file, gzipped or not; - reads what is piped in.
        document_id: What the count is called whose rows have no id.
        reason: Why it was counted, where the rows do not say.
        how: How it is to be read.
    """
    _take(file, COUNTS, how.options(document_id=_named(document_id), reason=reason), desk)


@prints(ImportDocument)
def adjustments(
    file: _File,
    /,
    *,
    document_id: _Id = None,
    reason: str = "",
    how: How = _AS_IS,
    desk: Desk,
) -> None:
    """Correct the stock by so many units, up or down: one row for each SKU.

    Columns are sku and quantity, and, where there are any, adjustment_id, warehouse and reason.

    For example:

        backorders import adjustments breakages.csv --reason broken

    Args:
        file: The CSV file, gzipped or not; - reads what is piped in.
        document_id: What the adjustment is called whose rows have no id.
        reason: Why, where the rows do not say.
        how: How it is to be read.
    """
    _take(file, ADJUSTMENTS, how.options(document_id=_named(document_id), reason=reason), desk)


@prints(ImportDocument)
def inbound(
    file: _File,
    /,
    *,
    document_id: _Id = None,
    how: How = _AS_IS,
    desk: Desk,
) -> None:
    """Announce the deliveries of a CSV file (ASN): one row for each SKU.

    Columns are sku, quantity and expected_on, and, where there are any, inbound_id and warehouse.
    The same deliveries with another day are moved to it.

    For example:

        backorders import inbound asn.csv --id ASN-77

    Args:
        file: The CSV file, gzipped or not; - reads what is piped in.
        document_id: What the delivery is called whose rows have no id.
        how: How it is to be read.
    """
    _take(file, INBOUND, how.options(document_id=_named(document_id)), desk)


def _named(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise WrongUsage("--id is empty", "say what the document is called")
    return given


def _take(file: str, kind: Kind[_D], options: Options, desk: TheDesk) -> None:
    if options.rejects is not None and options.rejects.resolve() == Path(file).resolve():
        raise WrongUsage("--rejects names the file itself", "name another one")
    ways = Ways()
    with desk.seller(creates=not options.dry_run) as seller, Bar() as bar, Interrupts() as stop:
        ways.progress, ways.pause = bar.show, stop.check
        try:
            report = take_file(file, kind, seller, options, ways)
        except BaseException:
            _tell(file, kind, ways, desk)
            raise
    desk.show(of_report(report, kind), lambda screen: show_report(report, kind, options, screen))
    if report.bad:
        raise refused(report, kind, options)


def _tell(file: str, kind: Kind[_D], ways: Ways, desk: TheDesk) -> None:
    """Say what is in the store of a file that did not come to its end."""
    done = ways.committed.documents + ways.committed.repeated
    if done:
        what = kind.one if done == 1 else kind.many
        desk.did(f"{done:,} {what} of {file} taken; the same command again goes on")
    else:
        desk.note(f"nothing of {file} is in the store")


app = group(
    "import",
    "Take CSV files into the store, whole or not at all.",
    [orders, receipts, counts, adjustments, inbound],
)
