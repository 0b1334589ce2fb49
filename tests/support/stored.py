"""What a store holds, row by row: to be compared byte for byte, and to be put back."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, Protocol, TypeAlias

import attrs
from sqlalchemy import bindparam, create_engine, delete, insert

from backorders.adapters.memory import MemoryStore
from backorders.adapters.memory.data import SellerData
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.writes import AnyTable
from backorders.domain.values import SellerId
from backorders.ports.storage import Store

# Any: a row has the columns of its table.
Rows: TypeAlias = Mapping[str, Sequence[Any]]
"""Table → rows, sorted. Equal for stores that hold the same."""

TURNS = "_queues"
"""What the name of the table ends in that counts how often a SKU was locked.

A no-op may change no other.
"""
_WITHOUT_FOREIGN_KEYS: Final = {
    "sqlite": "PRAGMA foreign_keys = OFF",
    "postgresql": "SET LOCAL session_replication_role = replica",
    "mysql": "SET foreign_key_checks = 0",
    "mariadb": "SET foreign_key_checks = 0",
}
"""What lets rows be put back in any order."""


class Stored(Protocol):
    """All that a store holds, seen past the store itself."""

    def rows(self) -> Rows:
        """Return what has been committed, of all sellers."""
        ...

    def put_back(self, rows: Rows) -> None:
        """Make this all that the store holds."""
        ...

    def close(self) -> None:
        """Stop looking."""
        ...


def stored_in(store: Store) -> Stored:
    """Return what a store holds."""
    if isinstance(store, MemoryStore):
        return StoredInMemory(store)
    assert isinstance(store, SqlStore)
    return StoredInSql(store)


def rows_of(rows: Rows, seller_id: str) -> Rows:
    """Return the rows of one seller."""
    return {table: [row for row in rows[table] if row[0] == seller_id] for table in rows}


def without_turns(rows: Rows) -> Rows:
    """Return the rows but for those that count how often a SKU was locked."""
    return {table: found for table, found in rows.items() if not table.endswith(TURNS)}


class StoredInMemory:
    """The attributes of a memory store's sellers, with their indexes."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def rows(self) -> Rows:  # noqa: D102 - as above
        fields = [field.name for field in attrs.fields(SellerData) if field.eq]
        found: dict[str, list[tuple[object, ...]]] = {field: [] for field in fields}
        for seller_id, seller in sorted(self._store._sellers.items()):
            for field in fields:
                value = _copied(getattr(seller, field))
                # Whoever only looked around has nothing.
                if value:
                    found[field].append((seller_id, value))
        return found

    def put_back(self, rows: Rows) -> None:  # noqa: D102
        sellers = self._store._sellers
        sellers.clear()
        for field, values in rows.items():
            for seller_id, value in values:
                seller = sellers.setdefault(SellerId(seller_id), SellerData())
                setattr(seller, field, _copied(value))

    def close(self) -> None:  # noqa: D102
        pass


def _copied(value: object) -> object:
    """Return a copy of what is not frozen, without keys that lead to nothing."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items() if each not in ({}, [])}
    return list(value) if isinstance(value, list) else value


class StoredInSql:
    """The rows of a SQL store's tables, with the seller's id in the place of its number."""

    def __init__(self, store: SqlStore) -> None:
        self._engine = create_engine(store.engine.url)
        self._tables = store.metadata.sorted_tables
        (self._sellers,) = [table for table in self._tables if "seller_id" in table.columns]
        quoted = self._engine.dialect.identifier_preparer
        self._select = {
            table.name: "SELECT "  # noqa: S608 - the tables' own names
            f" {', '.join(map(quoted.format_column, table.columns))} "
            f"FROM {quoted.format_table(table)} "
            f"ORDER BY {', '.join(map(quoted.format_column, table.primary_key))}"
            for table in self._tables
        }
        # A number may be given again to a seller who was taken back.
        self._numbers: dict[str, int] = {}

    def rows(self) -> Rows:  # noqa: D102
        with self._engine.begin() as connection:
            # Past SQLAlchemy, which would take three times as long.
            cursor = connection.connection.cursor()
            raw = {}
            if self._engine.dialect.name == "postgresql":
                # All at once: its server is asked a thousand times.
                cursor.execute("; ".join(self._select.values()))
                for table in self._select:
                    raw[table] = cursor.fetchall()
                    cursor.nextset()
            else:
                for table, statement in self._select.items():
                    cursor.execute(statement)
                    raw[table] = cursor.fetchall()
            cursor.close()
        ids = {}
        for number, seller_id, *_ in raw[self._sellers.name]:
            self._numbers[seller_id] = number
            ids[number] = seller_id
        return {
            table: sorted([(ids[number], *rest) for number, *rest in rows], key=itemgetter(0))
            for table, rows in raw.items()
        }

    def put_back(self, rows: Rows) -> None:  # noqa: D102
        there = self.rows()
        with self._engine.begin() as connection:
            connection.exec_driver_sql(_WITHOUT_FOREIGN_KEYS[self._engine.dialect.name])
            for table in self._tables:
                change, wanted = set(there[table.name]), set(rows[table.name])
                gone, new = self._named(table, change - wanted), self._named(table, wanted - change)
                if gone:
                    key = [column == bindparam(column.name) for column in table.primary_key]
                    connection.execute(delete(table).where(*key), gone)
                if new:
                    connection.execute(insert(table), new)

    def _named(self, table: AnyTable, rows: Iterable[Any]) -> list[dict[str, object]]:
        names = [column.name for column in table.columns]
        return [
            dict(zip(names, (self._numbers[seller_id], *rest), strict=True))
            for seller_id, *rest in rows
        ]

    def close(self) -> None:  # noqa: D102
        self._engine.dispose()
