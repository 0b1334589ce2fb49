"""What a database alone takes for what the library sends it: `python -m benchmarks.sent`.

The same calls are made three times, on three databases that were filled alike: raw SQL as in the
other benchmarks; the library; and every statement that the library has sent, with its parameters,
by the bare driver, with nothing of the library at work. What the last one takes, no change of the
library's own code can save.
"""

import argparse
import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import attrs
import psycopg
from sqlalchemy import Connection, event

from backorders.adapters.sql import SqlStore
from benchmarks import workload
from benchmarks.databases import Databases, PostgresqlServer, SqliteFiles, floor
from benchmarks.desk import Desk
from benchmarks.floors import Connection as Driver
from benchmarks.workload import Workload
from tests.support.postgresql import DURABLE, libpq_url, running_server

_RECEIPTS = 30
"""Twice as many are booked in: the first half is not measured."""
_NUMBERS = itertools.count()
"""Of the receipts."""


class _Sent(NamedTuple):
    statement: str
    # Any: as the driver takes it.
    parameters: Any
    is_of_many: bool


def main() -> None:
    """Print, for each case, how many times the floor's time the library and the rest take."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sent", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.3, help="times the orders of the targets")
    asked = parser.parse_args()
    many = int(100_000 * asked.scale)
    cases: list[tuple[str, Workload, bool]] = [
        ("one by one", workload.mixed(1000), False),
        ("ten released", workload.hot(many, receipts=2 * _RECEIPTS), True),
        ("half released", workload.spread(many, receipts=2 * _RECEIPTS), True),
    ]
    with running_server(DURABLE) as server:
        for databases in (SqliteFiles(), PostgresqlServer(server)):
            for name, load, waits in cases:
                print(f"{name}, {databases.name}: {_compared(databases, load, waits=waits)}")


def _compared(databases: Databases, load: Workload, *, waits: bool) -> str:
    with floor(databases, load, waiting=waits) as raw:
        least = _timed_when_warm(
            load,
            lambda some: _release(raw.release, some) if waits else raw.place(some.orders),
            raw.analyse,
        )
    with _filled(databases, load, waits=waits) as (_, made):
        library = _timed_when_warm(load, lambda some: _work(made, some, waits=waits), made.analyse)
    with _filled(databases, load, waits=waits) as (store, made):
        sent = _listen(store)
        first, second = _halves(load)
        _work(made, first, waits=waits)
        warm = len(sent)
        made.analyse()
        del sent[warm:]
        _work(made, second, waits=waits)
    with _filled(databases, load, waits=waits) as (store, made), closing(_driver(store)) as driver:
        _send(driver, sent[:warm])
        made.analyse()
        alone = _timed(lambda: _send(driver, sent[warm:]))
    return (
        f"the library takes {library / least:.1f} times the floor's time, "
        f"{alone / least:.1f} of it for what it sends ({len(sent) - warm:,} statements)"
    )


def _halves(load: Workload) -> tuple[Workload, Workload]:
    """Return the first half, after which everything is warm, and the one that is measured."""
    orders, receipts = len(load.orders) // 2, len(load.receipts) // 2
    return (
        attrs.evolve(load, orders=load.orders[:orders], receipts=load.receipts[:receipts]),
        attrs.evolve(load, orders=load.orders[orders:], receipts=load.receipts[receipts:]),
    )


def _timed_when_warm(
    load: Workload, work: Callable[[Workload], object], analyse: Callable[[], object]
) -> float:
    """As in the other benchmarks, the database then counts its tables."""
    first, second = _halves(load)
    work(first)
    analyse()
    return _timed(lambda: work(second))


@contextmanager
def _filled(
    databases: Databases, load: Workload, *, waits: bool
) -> Iterator[tuple[SqlStore, Desk]]:
    with databases.url() as url, closing(SqlStore.from_url(url)) as store:
        yield store, Desk(store, load, waiting=waits)


def _work(made: Desk, load: Workload, *, waits: bool) -> None:
    if waits:
        _release(lambda sku, units: made.release(f"R{next(_NUMBERS)}", sku, units), load)
    else:
        made.place_one_by_one(load.orders)


def _release(release: Callable[[str, int], int], load: Workload) -> None:
    for sku, units in load.receipts:
        release(sku, units)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _listen(store: SqlStore) -> list[_Sent]:
    sent: list[_Sent] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: object,
        _context: object,
        many: bool,  # noqa: FBT001 - as SQLAlchemy tells it
    ) -> None:
        sent.append(_Sent(statement, parameters, many))

    @event.listens_for(store.engine, "commit")
    def commit(_connection: Connection) -> None:
        sent.append(_Sent("COMMIT", (), is_of_many=False))

    return sent


def _driver(store: SqlStore) -> Driver:
    url = store.engine.url
    if store.engine.dialect.name != "sqlite":
        return psycopg.connect(libpq_url(url))
    made = sqlite3.connect(str(url.database), isolation_level=None)
    with closing(store.engine.raw_connection()) as theirs:
        for setting in ("synchronous", "foreign_keys", "wal_autocheckpoint"):
            cursor = theirs.cursor()
            cursor.execute(f"PRAGMA {setting}")
            [[value]] = cursor.fetchall()
            made.execute(f"PRAGMA {setting} = {value}")
    return made


def _send(driver: Driver, sent: list[_Sent]) -> None:
    cursor = driver.cursor()
    for statement, parameters, is_of_many in sent:
        if is_of_many:
            cursor.executemany(statement, parameters)
        else:
            cursor.execute(statement, parameters)
            if cursor.description is not None:
                cursor.fetchall()


if __name__ == "__main__":
    main()
