"""Orders with their lines, as the data sets have them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from backorders.adapters.cli.csv_files import Row, rows
from backorders.adapters.cli.errors import CommandRefused
from backorders.domain.request import OrderRequest


def instant(text: str) -> datetime:
    """Return the aware datetime that ISO 8601 text stands for."""
    return datetime.fromisoformat(text)


def orders(folder: Path) -> Iterator[tuple[Row, OrderRequest]]:
    """Yield each order of `orders.csv.gz` as a row and as a request, with its lines, as listed.

    `lines.csv.gz` names the orders in the same order; one that does not is refused.
    """
    grouped = groupby(rows(folder / "lines.csv.gz"), key=itemgetter("order_id"))
    for row in rows(folder / "orders.csv.gz"):
        order_id, lines = next(grouped, ("", iter(())))
        if order_id != row["order_id"]:
            problem = f"the lines in {folder} name order {order_id!r} where {row['order_id']!r} is"
            raise CommandRefused(problem, "sort both files alike")
        asked = [(line["sku"], int(line["quantity"])) for line in lines]
        yield row, OrderRequest(order_id, asked, placed_at=instant(row["placed_at"]))
