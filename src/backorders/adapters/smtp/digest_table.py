"""A digest as a table: a row for each order and short product that it lists."""

from collections.abc import Iterator
from typing import Final

from backorders.adapters import csv_cells
from backorders.domain.notices import Digest

_COLUMNS: Final = (
    "order",
    "placed_at",
    "on_back_order_since",
    "state",
    "sku",
    "short",
    "ordered",
    "more_products",
    "answers",
)


def table_of(digest: Digest) -> str:
    """Return the table as CSV that is safe to open in a spreadsheet."""
    return csv_cells.table(_COLUMNS, _rows(digest))


def _rows(digest: Digest) -> Iterator[tuple[str | int, ...]]:
    for entry in digest.entries:
        of_order = (
            entry.order_id,
            entry.placed_at.isoformat(),
            entry.since.isoformat(),
            entry.state.value,
        )
        of_all = (entry.more_products, " ".join(entry.answers))
        for product in entry.products:
            yield *of_order, product.sku, product.short, product.ordered, *of_all
        if not entry.products:
            yield *of_order, "", "", "", *of_all
