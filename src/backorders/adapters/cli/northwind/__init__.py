"""Northwind: the books of a food wholesaler, 1996 to 1998, small enough for a demonstration.

From Microsoft's SQL Server Samples; see `LICENSE.txt` beside the files. They end on 6 May 1998:
most orders have shipped, some are open, and the stock is what was left for these.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import attrs

from backorders.adapters.cli.csv_files import rows
from backorders.domain.request import OrderRequest

_FOLDER = Path(__file__).parent


@attrs.frozen
class Product:
    """A product as the books have it on their last day."""

    sku: str
    name: str
    supplier: str
    in_stock: int
    on_order: int
    """Units that the supplier has been asked for."""
    discontinued: bool


@attrs.frozen
class SoldOrder:
    """An order, and when it shipped."""

    order_id: str
    customer: str
    country: str
    placed_at: datetime
    required_on: str
    shipped_at: datetime | None
    """`None`: it is open."""
    units: Mapping[str, int]

    def request(self) -> OrderRequest:
        """Return what is asked of the library."""
        return OrderRequest(self.order_id, self.units, placed_at=self.placed_at)


def products() -> dict[str, Product]:
    """Return every product by SKU, in the order of the books."""
    return {
        row["sku"]: Product(
            row["sku"],
            row["name"],
            row["supplier_id"],
            int(row["units_in_stock"]),
            int(row["units_on_order"]),
            row["discontinued"] == "1",
        )
        for row in rows(_FOLDER / "stock.csv.gz")
    }


def orders() -> Iterator[SoldOrder]:
    """Yield the orders in the order in which they were placed; a SKU stands once on each."""
    units: dict[str, dict[str, int]] = {}
    for row in rows(_FOLDER / "lines.csv.gz"):
        units.setdefault(row["order_id"], {})[row["sku"]] = int(row["quantity"])
    for row in rows(_FOLDER / "orders.csv.gz"):
        yield SoldOrder(
            row["order_id"],
            row["customer_id"],
            row["country"],
            _midnight(row["placed_on"]),
            row["required_on"],
            _midnight(row["shipped_on"]) if row["shipped_on"] else None,
            units[row["order_id"]],
        )


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
