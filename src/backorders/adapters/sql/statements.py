"""The texts of the statements that work on sets of rows, made once for each store.

None is ever made from input: a text depends on the engine and the tables alone.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Boolean, Dialect, Integer, Table, text

from backorders.adapters.sql.engines import Engine
from backorders.adapters.sql.queries import Queries
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
        self.waiting = text(self._waiting(tables.lines))
        self.ids = text(f"SELECT id FROM {engine.source([('id', 'text')], 'ids')} AS given")
        """A set of ids, to be compared with."""
        self.queries = Queries(tables, self.ids)
        self.lock = text(self._lock(tables.queues))

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
        changes = ", ".join(f"{self._quote(c)} = excluded.{self._quote(c)}" for c in others)
        # Without the condition, SQLite takes ON for the beginning of a join.
        return (
            f"{self._insert(table)} WHERE true "
            f"ON CONFLICT ({self._listed(keys)}) DO UPDATE SET {changes}"
        )

    def _delete(self, table: AnyTable) -> str:
        keys = [column.name for column in table.primary_key]
        name = self._name(table)
        same = " AND ".join(f"{name}.{self._quote(key)} = given.{self._quote(key)}" for key in keys)
        return self.engine.delete(name, f"{self._source(table, keys)} AS given", same)

    def _update_orders(self, orders: AnyTable) -> str:
        """An order is written only over the version before its new one."""
        columns = [column.name for column in orders.columns if column.name != "content"]
        keys = [column.name for column in orders.primary_key]
        table = self._name(orders)
        changes = ", ".join(
            f"{self._quote(c)} = given.{self._quote(c)}" for c in columns if c not in keys
        )
        same = " AND ".join(
            f"{table}.{self._quote(key)} = given.{self._quote(key)}" for key in keys
        )
        return (
            f"UPDATE {table} SET {changes} FROM {self._source(orders, columns)} AS given "
            f"WHERE {same} AND {table}.version = given.version - 1"
        )

    def _waiting(self, lines: AnyTable) -> str:
        starts = self._source(lines, ("sku", *_RANK))
        rank = ", ".join(f"line.{column}" for column in _RANK)
        start = ", ".join(f"start.{column}" for column in _RANK)
        found = self.engine.first_of_each(
            starts,
            self._name(lines),
            condition=(
                "line.seller_no = :seller_no AND line.waiting AND line.sku = start.sku "
                f"AND ({rank}) > ({start})"
            ),
            order=f"{rank}, line.line_no",
        )
        columns = (*_RANK, "sku", "warehouse", "claim", "quantity", "allocated")
        picked = ", ".join(f"found.{self._quote(column)}" for column in columns)
        order = ", ".join(f"found.{column}" for column in (*_RANK, "line_no"))
        return f"SELECT {picked} FROM {found} ORDER BY {order}"

    def _lock(self, queues: AnyTable) -> str:
        """Written in the order of the SKUs, so that two transactions never wait for each other."""
        table = self._name(queues)
        source = self._source(queues, ("seller_no", "sku"))
        return (
            f"INSERT INTO {table} (seller_no, sku, turn) "
            f"SELECT seller_no, sku, 1 FROM {source} AS given ORDER BY sku "
            f"ON CONFLICT (seller_no, sku) DO UPDATE SET turn = {table}.turn + 1"
        )

    def _source(self, table: AnyTable, columns: Sequence[str]) -> str:
        kinds = [(self._quote(column), _kind(table, column)) for column in columns]
        return self.engine.source(kinds)

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
    return "bigint" if isinstance(kind, BigInteger | Integer) else "text"
