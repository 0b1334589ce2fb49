"""Memory with a very long backlog: `python -m benchmarks.memory --orders 1000000`.

Prints how many orders each step went through, and the most memory that the process has had by then.
"""

import argparse
import resource
import sys
from collections.abc import Callable

from sqlalchemy import text

from backorders import Backorders, Seller
from backorders.adapters.sql import SqlStore
from benchmarks.databases import PostgresqlServer
from tests.support.postgresql import running_server

_SKU = "TEA"
_LIMIT_MB = 300
_PAGE = 500


def main() -> None:
    """Make the backlog, go through every step, and fail beyond the limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000, help="that wait")
    orders: int = parser.parse_args().orders
    with running_server() as server, PostgresqlServer(server).url() as url:
        store = SqlStore.from_url(url)
        seller = Backorders(store).seller("acme")
        seller.place_order("O0000000", {_SKU: 1})
        _copy_the_order(store, orders - 1)
        steps: dict[str, Callable[[Seller], int]] = {
            "waiting": lambda seller: seller.summary().units_short,
            "reported": lambda seller: seller.restock_report()[0].orders_waiting,
            "exported": _exported,
            "reprocessed and released": lambda seller: len(
                seller.book_in("R1", {_SKU: orders}).released
            ),
        }
        for name, step in steps.items():
            done = step(seller)
            print(f"{name}: {done:,} orders, at most {_most_mb()} MB so far", flush=True)
            if done != orders:
                raise AssertionError(f"{done:,} orders of {orders:,} were {name}")
        store.close()
    if _most_mb() > _LIMIT_MB:
        sys.exit(f"more than {_LIMIT_MB} MB")


def _exported(seller: Seller) -> int:
    """Go through the whole backlog, page by page."""
    seen = 0
    page = seller.back_orders(limit=_PAGE)
    while True:
        seen += len(page.items)
        if page.next is None:
            return seen
        page = seller.back_orders(after=page.next, limit=_PAGE)


def _most_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _copy_the_order(store: SqlStore, copies: int) -> None:
    """Put further orders into the database, each placed a microsecond after the one before."""
    with store.engine.begin() as connection:
        for table in ("backorders_orders", "backorders_lines"):
            names = [column.name for column in store.metadata.tables[table].columns]
            made = {
                "order_id": "'O' || lpad(n::text, 7, '0')",
                "first_id": "'O' || lpad(n::text, 7, '0')",
                "placed_at": "placed_at + n",
            }
            picked = ", ".join(made.get(name, name) for name in names)
            connection.execute(
                text(
                    f"INSERT INTO {table} SELECT {picked} "
                    f"FROM {table}, generate_series(1, {copies}) AS n"
                )
            )
    with store.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


if __name__ == "__main__":
    main()
