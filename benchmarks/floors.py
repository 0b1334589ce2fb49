"""The floors: the least that any program does for the workload.

A bare loop over dictionaries, and raw SQL without a domain, events or history: whole lines are
filled or wait, nobody overtakes.
"""

import heapq
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.workload import Placing, Workload

Waiting = dict[str, list[tuple[object, int, str, int, int]]]


class Loop:
    """A bare loop over dictionaries."""

    def __init__(self, load: Workload) -> None:
        self.load = load
        self.available = dict(load.on_hand)
        self.waiting: Waiting = {}
        self.allocated: list[tuple[str, int, str, int]] = []

    def place(self) -> None:
        """Place every order."""
        place = 0
        for order in self.load.orders:
            for number, (sku, units) in enumerate(order.lines):
                place += 1
                free = self.available[sku]
                if free >= units and not self.waiting.get(sku):
                    self.available[sku] = free - units
                    self.allocated.append((order.order_id, number, sku, units))
                else:
                    queue = self.waiting.setdefault(sku, [])
                    heapq.heappush(queue, (order.placed_at, place, order.order_id, number, units))


# Any: two drivers whose connections are used alike, and have no type in common.
Connection = Any


class Sql:
    """Raw SQL: a table of stock, a table of lines, an index over those that wait."""

    mark: str
    """Of a parameter."""

    def __init__(self, load: Workload, *, waiting: bool = False) -> None:
        """Make the tables; with `waiting`, with every order in them."""
        self.load = load
        self.connection = self.connect()
        self._make(waiting=waiting)
        mark = self.mark
        self._take = (
            f"UPDATE stock SET allocated = allocated + {mark} "
            f"WHERE sku = {mark} AND on_hand - allocated >= {mark}"
        )
        marks = ", ".join([mark] * 6)
        self._add = f"INSERT INTO line (order_id, no, sku, qty, placed_at, state) VALUES ({marks})"

    def connect(self) -> Connection:
        """Return a new connection."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin a transaction that writes."""

    def commit(self) -> None:
        """End it."""
        self.connection.commit()

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()

    def _make(self, *, waiting: bool) -> None:
        cursor = self.connection.cursor()
        cursor.execute(
            "CREATE TABLE stock (sku text PRIMARY KEY, on_hand int NOT NULL, "
            "allocated int NOT NULL DEFAULT 0, CHECK (allocated <= on_hand))"
        )
        cursor.execute(
            f"CREATE TABLE line (id {self.serial} PRIMARY KEY, order_id text NOT NULL, "
            "no int NOT NULL, sku text NOT NULL, qty int NOT NULL, placed_at timestamp NOT NULL, "
            "state int NOT NULL DEFAULT 0)"
        )
        cursor.execute("CREATE INDEX waiting ON line (sku, placed_at, id) WHERE state = 0")
        stock = f"INSERT INTO stock (sku, on_hand) VALUES ({self.mark}, {self.mark})"
        cursor.executemany(stock, list(self.load.on_hand.items()))
        if waiting:
            self._fill(
                (order.order_id, number, sku, units, self.instant(order.placed_at))
                for order in self.load.orders
                for number, (sku, units) in enumerate(order.lines)
            )
        self.connection.commit()
        self.analyse()

    serial: str

    def instant(self, at: object) -> object:
        """Return an instant as the driver takes it."""
        return at

    def _fill(self, rows: Iterable[Sequence[object]]) -> None:
        raise NotImplementedError

    def analyse(self) -> None:
        """Let the database count what is in its tables."""
        self.connection.cursor().execute("ANALYZE")

    def place(self, orders: Sequence[Placing] | None = None) -> None:
        """Place some or all orders, each in a transaction of its own, line by line."""
        cursor = self.connection.cursor()
        for order in self.load.orders if orders is None else orders:
            placed_at = self.instant(order.placed_at)
            self.begin()
            for number, (sku, units) in enumerate(sorted(order.lines)):
                cursor.execute(self._take, (units, sku, units))
                got = cursor.rowcount
                cursor.execute(self._add, (order.order_id, number, sku, units, placed_at, got))
            self.commit()

    def place_all(self) -> None:
        """Fill all lines that can be filled, in one transaction, by set statements."""
        raise NotImplementedError

    def release(self, sku: str, units: int) -> int:
        """Book in a receipt: lock the stock, give to the oldest, stop at whoever needs more."""
        mark = self.mark
        cursor = self.connection.cursor()
        self.begin()
        cursor.execute(
            f"UPDATE stock SET on_hand = on_hand + {mark} WHERE sku = {mark} "
            "RETURNING on_hand - allocated",
            (units, sku),
        )
        left: int = cursor.fetchone()[0]
        taken = released = 0
        after: tuple[object, ...] = ()
        while left > 0:
            beyond = f"AND (placed_at, id) > ({mark}, {mark})" if after else ""
            cursor.execute(
                f"SELECT id, qty, placed_at FROM line WHERE sku = {mark} AND state = 0 {beyond} "
                "ORDER BY placed_at, id LIMIT 200",
                (sku, *after),
            )
            rows = cursor.fetchall()
            served = []
            for number, wanted, at in rows:
                if wanted > left:
                    break
                left -= wanted
                taken += wanted
                served.append(number)
                after = (at, number)
            self._serve(cursor, served)
            released += len(served)
            if len(served) < 200:  # noqa: PLR2004 - the limit of the query
                break
        cursor.execute(
            f"UPDATE stock SET allocated = allocated + {mark} WHERE sku = {mark}", (taken, sku)
        )
        self.commit()
        return released

    def _serve(self, cursor: Connection, served: list[int]) -> None:
        raise NotImplementedError


class SqliteFloor(Sql):
    """On SQLite, durable as the library is: write-ahead log, synchronous FULL."""

    mark = "?"
    serial = "integer"

    def __init__(self, load: Workload, path: Path, *, waiting: bool = False) -> None:
        self._path = path
        super().__init__(load, waiting=waiting)
        self.connection.isolation_level = None

    def connect(self) -> Connection:
        made = sqlite3.connect(self._path, timeout=60)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = FULL")
        return made

    def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def instant(self, at: object) -> object:
        return str(at)

    def _fill(self, rows: Iterable[Sequence[object]]) -> None:
        self.connection.executemany(
            "INSERT INTO line (order_id, no, sku, qty, placed_at) VALUES (?, ?, ?, ?, ?)", rows
        )

    def place_all(self) -> None:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TEMP TABLE taken (id integer PRIMARY KEY, sku text, qty int)")
        connection.execute(
            f"INSERT INTO taken SELECT id, sku, qty FROM ({_RUNNING}) WHERE run <= free"
        )
        connection.execute("UPDATE line SET state = 1 WHERE id IN (SELECT id FROM taken)")
        connection.execute(
            "UPDATE stock SET allocated = allocated + given.qty "
            "FROM (SELECT sku, sum(qty) qty FROM taken GROUP BY sku) given "
            "WHERE given.sku = stock.sku"
        )
        connection.execute("COMMIT")

    def _serve(self, cursor: Connection, served: list[int]) -> None:
        cursor.executemany("UPDATE line SET state = 1 WHERE id = ?", [(each,) for each in served])


class PostgresqlFloor(Sql):
    """On PostgreSQL."""

    mark = "%s"
    serial = "bigserial"

    def __init__(self, load: Workload, address: str, *, waiting: bool = False) -> None:
        self._address = address
        super().__init__(load, waiting=waiting)

    def connect(self) -> Connection:
        return psycopg.connect(self._address)

    def _fill(self, rows: Iterable[Sequence[object]]) -> None:
        with self.connection.cursor().copy(
            "COPY line (order_id, no, sku, qty, placed_at) FROM STDIN"
        ) as copying:
            for row in rows:
                copying.write_row(row)

    def analyse(self) -> None:
        self.connection.autocommit = True
        super().analyse()
        self.connection.autocommit = False

    def place_all(self) -> None:
        self.connection.execute(
            f"WITH taken AS (UPDATE line SET state = 1 FROM ({_RUNNING}) AS found "
            "WHERE line.id = found.id AND found.run <= found.free RETURNING line.sku, line.qty) "
            "UPDATE stock SET allocated = allocated + given.qty "
            "FROM (SELECT sku, sum(qty) qty FROM taken GROUP BY sku) given "
            "WHERE given.sku = stock.sku"
        )
        self.connection.commit()

    def _serve(self, cursor: Connection, served: list[int]) -> None:
        cursor.execute("UPDATE line SET state = 1 WHERE id = any(%s)", (served,))


_RUNNING = (
    "SELECT line.id, line.sku, line.qty, stock.on_hand - stock.allocated AS free, "
    "sum(line.qty) OVER (PARTITION BY line.sku ORDER BY line.placed_at, line.id) AS run "
    "FROM line JOIN stock ON stock.sku = line.sku "
    "WHERE line.state = 0 AND stock.on_hand > stock.allocated"
)
"""Strict first come, first served over every waiting line of every SKU."""
