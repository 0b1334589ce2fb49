"""Many processes that want the last units of one SKU, on PostgreSQL."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

import psycopg

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from benchmarks.measuring import Watch

PROCESSES = 8
UNITS = 100
"""There are fewer than are asked for."""
SKU = "HOT"
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def flash_sale(url: str, attempts: int, watch: Watch, *, raw: bool) -> int:
    """Let each process ask `attempts` times for one unit; return the attempts of all.

    Raises unless exactly the units that there were have been allocated.
    """
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(PROCESSES + 1), context.Barrier(PROCESSES + 1)
    _set_up(url, raw=raw)
    buyers = [
        context.Process(target=_buy, args=(url, name, attempts, ready, done, raw))
        for name in range(PROCESSES)
    ]
    for buyer in buyers:
        buyer.start()
    ready.wait()
    with watch.running():
        done.wait()
    for buyer in buyers:
        buyer.join()
    sold = _sold(url, raw=raw)
    if sold != UNITS:
        raise AssertionError(f"{sold} units were sold of {UNITS}")
    return PROCESSES * attempts


def _set_up(url: str, *, raw: bool) -> None:
    if raw:
        with psycopg.connect(_address(url)) as connection:
            connection.execute(
                "CREATE TABLE stock (sku text PRIMARY KEY, on_hand int NOT NULL, "
                "allocated int NOT NULL DEFAULT 0, CHECK (allocated <= on_hand))"
            )
            connection.execute(
                "CREATE TABLE line (id bigserial PRIMARY KEY, order_id text NOT NULL, "
                "no int NOT NULL, sku text NOT NULL, qty int NOT NULL, "
                "placed_at timestamp NOT NULL, state int NOT NULL DEFAULT 0)"
            )
            connection.execute("CREATE INDEX waiting ON line (sku, placed_at, id) WHERE state = 0")
            connection.execute("INSERT INTO stock (sku, on_hand) VALUES (%s, %s)", (SKU, UNITS))
    else:
        with closing(SqlStore.from_url(url)) as store:
            Backorders(store).seller("acme").book_in("on hand", {SKU: UNITS})


def _buy(  # noqa: PLR0917 - what a process is given comes by position
    url: str,
    name: int,
    attempts: int,
    ready: Barrier,
    done: Barrier,
    raw: bool,  # noqa: FBT001
) -> None:
    with (_raw_buyer if raw else _buyer)(url) as buy:
        ready.wait()
        for number in range(attempts):
            buy(f"O{name}-{number}")
        done.wait()


@contextmanager
def _raw_buyer(url: str) -> Iterator[Callable[[str], object]]:
    with psycopg.connect(_address(url)) as connection:

        def buy(order_id: str) -> None:
            got = connection.execute(
                "UPDATE stock SET allocated = allocated + 1 "
                "WHERE sku = %s AND on_hand - allocated >= 1",
                (SKU,),
            ).rowcount
            connection.execute(
                "INSERT INTO line (order_id, no, sku, qty, placed_at, state) "
                "VALUES (%s, 1, %s, 1, %s, %s)",
                (order_id, SKU, _AT, got),
            )
            connection.commit()

        yield buy


@contextmanager
def _buyer(url: str) -> Iterator[Callable[[str], object]]:
    with closing(SqlStore.from_url(url)) as store:
        seller = Backorders(store).seller("acme")
        yield lambda order_id: seller.place_order(order_id, {SKU: 1})


def _sold(url: str, *, raw: bool) -> int:
    if raw:
        with psycopg.connect(_address(url)) as connection:
            [[sold]] = connection.execute("SELECT allocated FROM stock").fetchall()
            return int(sold)
    with closing(SqlStore.from_url(url)) as store:
        return sum(level.allocated for level in Backorders(store).seller("acme").stock(SKU))


def _address(url: str) -> str:
    return url.replace("+psycopg", "", 1)
