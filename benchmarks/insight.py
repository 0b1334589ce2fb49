"""What reports and advice cost over a long backlog: `python -m benchmarks.insight --help`.

Counted are the statements, and measured are the seconds, those of them in which this process works
itself, and the memory that Python takes at most.
"""

import argparse
import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, create_engine, event

from backorders import Aim, Backorders, ClaimPolicy, Seller, ShipPolicy
from backorders.adapters.sql import SqlStore
from backorders.domain.order import Order, OrderLine
from backorders.domain.request import digest
from backorders.domain.values import OrderId, SellerId, Sku
from backorders.ports.storage import NewOrder
from tests.stress.places import PLACES

_ACME: Final = SellerId("acme")
_SKUS: Final = 500
_AT_ONCE: Final = 5_000
_FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)
CALLS: Final[dict[str, Callable[[Seller], object]]] = {
    "summary()": lambda acme: acme.summary(),
    "restock_report()": lambda acme: acme.restock_report(),
    "restock_advice(units=100)": lambda acme: acme.restock_advice(units=100),
    "restock_advice(units=1_000)": lambda acme: acme.restock_advice(units=1_000),
    "restock_advice(units=10_000)": lambda acme: acme.restock_advice(units=10_000),
    "restock_advice(units=10_000, aim=Aim.UNITS)": lambda acme: acme.restock_advice(
        units=10_000, aim=Aim.UNITS
    ),
    "restock_advice(units=100_000)": lambda acme: acme.restock_advice(units=100_000),
    "holdups(limit=50)": lambda acme: acme.holdups(limit=50),
}


def backlog(orders: int, seed: int, *, yielding: float) -> Iterator[NewOrder]:
    """Yield orders that all wait, for one to three products of which some are asked for often."""
    chance = random.Random(seed)
    for number in range(orders):
        skus = {f"SKU{int(_SKUS * chance.random() ** 2):04}" for _ in range(chance.randint(1, 3))}
        lines = [
            OrderLine(place, Sku(sku), chance.randint(1, 5))
            for place, sku in enumerate(sorted(skus), start=1)
        ]
        order_id = OrderId(f"O{number:07}")
        at = _FIRST + timedelta(seconds=number)
        claim = ClaimPolicy.YIELD if chance.random() < yielding else ClaimPolicy.HOLD
        order = Order(
            *(_ACME, order_id, at, 0, ShipPolicy.COMPLETE, claim, None, lines, order_id),
            back_order_since=at,
        )
        yield NewOrder(order, digest(order_id))


@contextmanager
def filled(
    url: str, orders: int, seed: int, *, yielding: float
) -> Iterator[tuple[Seller, list[str]]]:
    """Give a seller with so long a backlog, and the statements that are sent from then on."""
    engine = create_engine(url)
    store = SqlStore(engine)
    store.migrate()
    app = Backorders(store)
    app.seller(_ACME).configure()
    new = list(backlog(orders, seed, yielding=yielding))
    for first in range(0, len(new), _AT_ONCE):
        with store.begin(_ACME) as uow:
            uow.orders.add(new[first : first + _AT_ONCE])
            uow.commit()
    # A hundred deliveries of what is asked for most, so that some orders have a part of it.
    for number in range(100):
        app.seller(_ACME).book_in(f"R{number}", {f"SKU{number:04}": 50})
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def count(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    try:
        yield app.seller(_ACME), sent
    finally:
        store.close()
        engine.dispose()


def main() -> None:
    """Measure each call once, and print a row for it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insight", description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--stores", default="sqlite,postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--yielding", type=float, default=0.2, help="how many of them yield, 0 to 1"
    )
    parser.add_argument("--only", default="", help="what the names of the calls begin with")
    asked = parser.parse_args()
    for store in asked.stores.split(","):
        with (
            PLACES[store]() as new_url,
            filled(new_url(), asked.orders, asked.seed, yielding=asked.yielding) as (acme, sent),
        ):
            print(f"{store}, {asked.orders:,} orders")
            for name, call in CALLS.items():
                if not name.startswith(asked.only):
                    continue
                _measure(name, call, acme, sent)


def _measure(name: str, call: Callable[[Seller], object], acme: Seller, sent: list[str]) -> None:
    gc.collect()
    sent.clear()
    begun, worked = time.perf_counter(), time.process_time()
    call(acme)
    seconds, own = time.perf_counter() - begun, time.process_time() - worked
    statements = len(sent)
    # Once more: looking at the memory makes it slow.
    tracemalloc.start()
    call(acme)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    figures = (
        f"{statements:4} statements {seconds:7.2f} s, {own:6.2f} s here {most / 2**20:7.1f} MiB"
    )
    print(f"  {name:45} {figures}", flush=True)


if __name__ == "__main__":
    main()
