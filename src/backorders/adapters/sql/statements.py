"""The texts of the statements that work on sets of rows, made once for each store.

None is ever made from input: a text depends on the engine and the tables alone.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Boolean, Dialect, Integer, Text, text

from backorders.adapters.sql.answer_queries import AnswerQueries
from backorders.adapters.sql.engines import Columns, Engine, KeyLocks, Parameters
from backorders.adapters.sql.holders import holders
from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.queries import Queries
from backorders.adapters.sql.row_statements import RowStatement, for_row
from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.schema import Tables
from backorders.adapters.sql.writes import AnyTable, Verb, Write, written_columns

_RANK = ("descending_priority", "placed_at", "first_id", "order_id")


class KeyLocking(NamedTuple):
    """Statements that lock the SKUs of some rows by numbers."""

    and_read: Prepared
    """As `Statements.lock`; returns what `Queries.levels` does, after whether that is of now."""
    together: Prepared
    """Lets others lock them like this; returns how many, and whether what follows is of now."""
    at_once: Prepared
    """Returns whether all of them could be locked without waiting."""


class Statements:
    """The statements of one store."""

    def __init__(self, engine: Engine, tables: Tables, dialect: Dialect) -> None:
        self.engine = engine
        self.tables = tables
        self._dialect = dialect
        self._quoted = dialect.identifier_preparer
        self._by_name: dict[str, AnyTable] = {
            table.name: table for table in tables.metadata.sorted_tables
        }
        self._writes: dict[tuple[Write, ...], Prepared] = {}
        self._for_rows: dict[Write, RowStatement] = {}
        self._waiting = {
            size: self._prepared(self._waiting_text(size), tables.lines) for size in engine.rounds
        }
        self.queries = Queries(tables, engine, dialect)
        self.answers = AnswerQueries(tables, dialect)
        self.holders = Prepared(holders(tables, engine, there=False), dialect)
        self.holders_there = Prepared(holders(tables, engine, there=True), dialect)
        self.lock = self._prepared(self._lock(tables.queues), tables.queues)
        """Locks the SKUs of some rows."""
        self.key_locks = None if engine.key_locks is None else self._key_locks(engine.key_locks)
        self.number = self._prepared(self._number(tables.journal), tables.journal)
        """What gives positions to rows of the journal that have none."""

    def waiting(self, starts: Sequence[Row]) -> Iterator[tuple[Prepared, Parameters]]:
        """Return what finds the next waiting lines of SKUs: statements and their parameters.

        A start is a SKU and the rank after which they stand; there is at least one. Besides, they
        need the seller's number and a `limit`.
        """
        for size, parameters in self.engine.starts(starts):
            yield self._waiting[size], parameters

    def writing(self, writes: tuple[Write, ...]) -> Prepared:
        """Return the statement that writes a set, given as `rows`.

        Several, where the engine writes them together, are given as `rows_0`, `rows_1`, …; the
        statement then returns one row, the number of rows updated.
        """
        made = self._writes.get(writes)
        if made is None:
            whole = self._write(writes[0], "rows") if len(writes) == 1 else self._together(writes)
            tables = [self._by_name[write.table] for write in writes]
            made = self._writes[writes] = self._prepared(whole, *tables)
        return made

    def for_row(self, write: Write) -> RowStatement:
        """Return the statement that writes one row, where the engine takes rows."""
        made = self._for_rows.get(write)
        if made is None:
            table = self._by_name[write.table]
            made = self._for_rows[write] = for_row(write, table, self.engine, self._dialect)
        return made

    def _prepared(self, whole: str, *tables: AnyTable) -> Prepared:
        return Prepared(text(whole), self._dialect, tables=[table.name for table in tables])

    def _write(self, write: Write, rows: str) -> str:
        table = self._by_name[write.table]
        match write.verb:
            case Verb.INSERT:
                return self._insert(table, rows)
            case Verb.UPDATE | Verb.SERVE:
                return self._update(table, written_columns(write.verb, table), rows)
            case Verb.UPSERT:
                return self._upsert(table, rows)
            case Verb.DELETE:
                return self._delete(table, rows)

    def _together(self, writes: Sequence[Write]) -> str:
        parts = []
        updated = ["0"]
        for place, write in enumerate(writes):
            part = self._write(write, f"rows_{place}")
            if write.verb.is_of_what_is_there:
                part = f"{part} RETURNING 1"
                updated.append(f"(SELECT count(*) FROM written_{place})")
            parts.append(f"written_{place} AS ({part})")
        return f"WITH {', '.join(parts)} SELECT {' + '.join(updated)}"

    def _insert(self, table: AnyTable, rows: str) -> str:
        columns = [column.name for column in table.columns]
        listed = self._listed(columns)
        return (
            f"INSERT INTO {self._name(table)} ({listed}) "
            f"SELECT {listed} FROM {self._source(table, columns, rows)} AS given"
        )

    def _upsert(self, table: AnyTable, rows: str) -> str:
        keys = [column.name for column in table.primary_key]
        others = [column.name for column in table.columns if column.name not in keys]
        changes = ", ".join(f"{c} = {self.engine.inserted(c)}" for c in map(self._quote, others))
        # Without the condition, SQLite takes ON for the beginning of a join.
        insert = f"{self._insert(table, rows)} WHERE true"
        return self.engine.upsert(insert, self._listed(keys), changes)

    def _delete(self, table: AnyTable, rows: str) -> str:
        keys = [column.name for column in table.primary_key]
        name = self._name(table)
        return self.engine.delete(name, self._source(table, keys, rows), self._same(name, keys))

    def _update(self, table: AnyTable, columns: Sequence[str], rows: str) -> str:
        """What has a version is written only over the one before its new one."""
        keys = [column.name for column in table.primary_key]
        name = self._name(table)
        same = self._same(name, keys)
        if "version" in columns:
            same = f"{same} AND {name}.version = given.version - 1"
        return self.engine.update(
            name,
            self._source(table, columns, rows),
            same,
            [self._quote(column) for column in columns if column not in keys],
        )

    def _number(self, journal: AnyTable) -> str:
        keys = [column.name for column in journal.primary_key]
        name = self._name(journal)
        return self.engine.update(
            name,
            self._source(journal, [*keys, "position"], "rows"),
            f"{self._same(name, keys)} AND {name}.{self._quote('position')} IS NULL",
            [self._quote("position")],
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
        table, locks = self._name(queues), self.engine.key_locks
        # What is nothing, as a text, has no length: the number is locked before the row is.
        first = "1" if locks is None else f"1 + length(CAST({locks.alone} AS text))"
        insert = (
            f"INSERT INTO {table} (seller_no, sku, turn) "
            f"SELECT seller_no, sku, {first} FROM {self._skus(queues)} AS given WHERE true "
            f"ORDER BY {self.engine.by_code_point('sku')}"
        )
        return self.engine.upsert(insert, "seller_no, sku", f"turn = {table}.turn + 1")

    def _skus(self, queues: AnyTable) -> str:
        return self._source(queues, ("seller_no", "sku"), "rows")

    def _key_locks(self, locks: KeyLocks) -> KeyLocking:
        queues, levels = self.tables.queues, self.tables.levels
        in_order = f"{self._skus(queues)} AS given ORDER BY {self.engine.by_code_point('sku')}"

        def each(how: str) -> str:
            return f"(SELECT {how} AS got FROM {in_order}) AS locked"

        def same(table: str) -> str:
            return f"{table}.seller_no = locked.seller_no AND {table}.sku = locked.sku"

        # All of it sees the rows as they were when it began, but for the turn that is written: if
        # that is the next one to what was seen, nobody came in between, and the levels are of now.
        and_read = (
            f"WITH locked AS ({self._lock(queues)} RETURNING seller_no, sku, turn) "
            "SELECT locked.turn = coalesce(seen.turn, 0) + 1, "
            "level.warehouse, locked.sku, level.on_hand, level.allocated, level.owed FROM locked "
            f"LEFT JOIN {self._name(queues)} AS seen ON {same('seen')} "
            f"LEFT JOIN {self._name(levels)} AS level ON {same('level')} "
            "ORDER BY locked.sku, level.warehouse"
        )
        together = f"SELECT count(got), {locks.sees_what_it_waited_for} FROM {each(locks.together)}"
        return KeyLocking(
            and_read=self._prepared(and_read, queues, levels),
            together=self._prepared(together, queues),
            at_once=self._prepared(f"SELECT bool_and(got) FROM {each(locks.at_once)}", queues),
        )

    def _source(self, table: AnyTable, columns: Sequence[str], rows: str) -> str:
        return self.engine.source(self._columns(table, columns), rows)

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
