"""Statements that write one row, for engines that take them one after the other.

A set of given rows, as others join it, would be laid out in a table of its own for each of them.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter

import attrs
from sqlalchemy import Dialect

from backorders.adapters.sql.engines import Engine
from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.writes import AnyTable, Verb, Write, written_columns


@attrs.frozen
class RowStatement:
    """A statement for one row, given in the order of the columns that are written."""

    text: str
    tables: frozenset[str]
    arranged: Callable[[Row], Row]
    """Returns a row as the text wants it."""


def for_row(write: Write, table: AnyTable, engine: Engine, dialect: Dialect) -> RowStatement:
    """Return the statement that writes a row of a table."""
    quoted = dialect.identifier_preparer
    name = quoted.format_table(table)
    columns = written_columns(write.verb, table)
    keys = [column.name for column in table.primary_key]
    others = [column for column in columns if column not in keys]

    def listed(some: Sequence[str], form: str = "{}", between: str = ", ") -> str:
        return between.join(form.format(quoted.quote(column)) for column in some)

    found = listed(keys, "{} = ?", " AND ")
    order: Sequence[str] = columns
    if write.verb in {Verb.INSERT, Verb.UPSERT}:
        marks = ", ".join("?" * len(columns))
        text = f"INSERT INTO {name} ({listed(columns)}) VALUES ({marks})"
        if write.verb is Verb.UPSERT:
            changes = (
                f"{column} = {engine.inserted(column)}" for column in map(quoted.quote, others)
            )
            text = engine.upsert(text, listed(keys), ", ".join(changes))
    elif write.verb is Verb.DELETE:
        text = f"DELETE FROM {name} WHERE {found}"
    else:
        text = f"UPDATE {name} SET {listed(others, '{} = ?')} WHERE {found}"
        order = [*others, *keys]
        if "version" in columns:
            text += " AND version = ? - 1"
            order.append("version")
    return RowStatement(text, frozenset({table.name}), _arranged(columns, order))


def _arranged(columns: Sequence[str], order: Sequence[str]) -> Callable[[Row], Row]:
    if list(order) == list(columns):
        return lambda row: row
    return itemgetter(*(columns.index(column) for column in order))
