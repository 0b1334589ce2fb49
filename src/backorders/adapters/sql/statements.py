"""The texts of the statements that work on sets of rows, made once for each store.

None is ever made from input: a text depends on the engine and the tables alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Boolean, Dialect, Integer, Table, Text, TextClause, text

from backorders.adapters.sql.engines import Columns, Engine, Parameters
from backorders.adapters.sql.queries import Queries
from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.schema import Tables

# Any: what is done to a table here does not depend on which columns it has.
AnyTable: TypeAlias = Table[Any]

_RANK = ("descending_priority", "placed_at", "first_id", "order_id")


class Statements:
    """The statements of one store."""

    def __init__(self, engine: Engine, tables: Tables, dialect: Dialect) -> None:
        self.engine = engine
        self.tables = tables
        self._quoted = dialect.identifier_preparer
        every = (
            tables.orders,
            tables.lines,
            tables.allocations,
            tables.levels,
            tables.documents,
            tables.movements,
            tables.journal,
        )
        self.insert = {table.name: text(self._insert(table)) for table in every}
        """Table → statement that adds whole rows."""
        self.upsert = {table.name: text(self._upsert(table)) for table in every}
        """Table → statement that adds whole rows, or puts them in the place of the old."""
        self.delete = {table.name: text(self._delete(table)) for table in every}
        """Table → statement that deletes the rows with these keys."""
        self.update_orders = text(self._update_orders(tables.orders))
        self._waiting = {size: text(self._waiting_text(size)) for size in engine.rounds}
        self.ids = text(f"SELECT id FROM {engine.source([('id', 'text')], 'ids')} AS given")
        """A set of ids, to be compared with."""
        self.queries = Queries(tables, self.ids)
        self.lock = text(self._lock(tables.queues))

    def waiting(self, starts: Sequence[Row]) -> Iterator[tuple[TextClause, Parameters]]:
        """Return what finds the next waiting lines of SKUs: statements and their parameters.

        A start is a SKU and the rank after which they stand; there is at least one. Besides, they
        need the seller's number and a `limit`.
        """
        for size, parameters in self.engine.starts(starts):
            yield self._waiting[size], parameters

    def _insert(self, table: AnyTable) -> str:
        columns = [column.name for column in table.columns]
        listed = self._listed(columns)
        return (
            f"INSERT INTO {self._name(table)} ({listed}) "
            f"SELECT {listed} FROM {self._source(table, columns)} AS given"
        )

    def _upsert(self, table: AnyTable) -> str:
        keys = [column.name for column in table.primary_key]
        others = [column.name for column in table.columns if column.name not in keys]
        changes = ", ".join(f"{c} = {self.engine.inserted(c)}" for c in map(self._quote, others))
        # Without the condition, SQLite takes ON for the beginning of a join.
        insert = f"{self._insert(table)} WHERE true"
        return self.engine.upsert(insert, self._listed(keys), changes)

    def _delete(self, table: AnyTable) -> str:
        keys = [column.name for column in table.primary_key]
        name = self._name(table)
        return self.engine.delete(name, self._source(table, keys), self._same(name, keys))

    def _update_orders(self, orders: AnyTable) -> str:
        """An order is written only over the version before its new one."""
        columns = [column.name for column in orders.columns if column.name != "content"]
        keys = [column.name for column in orders.primary_key]
        table = self._name(orders)
        return self.engine.update(
            table,
            self._source(orders, columns),
            f"{self._same(table, keys)} AND {table}.version = given.version - 1",
            [self._quote(column) for column in columns if column not in keys],
        )

    def _same(self, table: str, keys: Sequence[str]) -> str:
        return " AND ".join(f"{table}.{key} = given.{key}" for key in map(self._quote, keys))

    def _waiting_text(self, starts_at_once: int) -> str:
        lines = self.tables.lines
        found = self.engine.first_of_each(
            self._name(lines),
            "waiting",
            self._columns(lines, ("sku", *_RANK)),
            (*_RANK, "line_no"),
            starts_at_once,
        )
        columns = (*_RANK, "sku", "warehouse", "claim", "quantity", "allocated")
        picked = ", ".join(f"found.{self._quote(column)}" for column in columns)
        order = ", ".join(f"found.{column}" for column in (*_RANK, "line_no"))
        return f"SELECT {picked} FROM {found} ORDER BY {order}"

    def _lock(self, queues: AnyTable) -> str:
        """Written in the order of the SKUs, so that two transactions never wait for each other."""
        table = self._name(queues)
        source = self._source(queues, ("seller_no", "sku"))
        insert = (
            f"INSERT INTO {table} (seller_no, sku, turn) "
            f"SELECT seller_no, sku, 1 FROM {source} AS given WHERE true ORDER BY sku"
        )
        return self.engine.upsert(insert, "seller_no, sku", f"turn = {table}.turn + 1")

    def _source(self, table: AnyTable, columns: Sequence[str]) -> str:
        return self.engine.source(self._columns(table, columns))

    def _columns(self, table: AnyTable, columns: Sequence[str]) -> Columns:
        return [(self._quote(column), _kind(table, column)) for column in columns]

    def _listed(self, columns: Sequence[str]) -> str:
        return ", ".join(self._quote(column) for column in columns)

    def _quote(self, column: str) -> str:
        return self._quoted.quote(column)

    def _name(self, table: AnyTable) -> str:
        return self._quoted.format_table(table)


def _kind(table: AnyTable, column: str) -> str:
    kind = table.columns[column].type
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, BigInteger | Integer):
        return "bigint"
    return "long text" if isinstance(kind, Text) else "text"
