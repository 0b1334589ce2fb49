"""What SQLite and PostgreSQL have in common, and texts that all engines share."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, true, tuple_

from backorders.adapters.sql.engines.engine import Columns, Parameters, Place
from backorders.adapters.sql.rows import Row

_PORTION: Final = 2**27
"""Bytes of JSON in a statement: half of what PostgreSQL takes, and less than SQLite does."""


class Standard:
    """What SQLite and PostgreSQL have in common."""

    has_row_level_security = False
    creates_whole: Final = True
    partial_indexes: Final = True
    takes_rows: bool = False
    rounds: Final = (0,)

    def portions(self, rows: Sequence[Row]) -> Iterator[Parameters]:
        return portions_of(rows, most=_PORTION)

    def upsert(self, insert: str, keys: str, changes: str) -> str:
        return f"{insert} ON CONFLICT ({keys}) DO UPDATE SET {changes}"

    def by_code_point(self, column: str) -> str:
        return column

    def among_too(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        del column
        return true()

    def inserted(self, column: str) -> str:
        return f"excluded.{column}"

    def update(self, table: str, given: str, same: str, columns: Sequence[str]) -> str:
        changes = ", ".join(f"{column} = given.{column}" for column in columns)
        return f"UPDATE {table} SET {changes} FROM {given} AS given WHERE {same}"

    def beyond(self, place: Place, than: Row, *, descending: bool = False) -> ColumnElement[bool]:
        return tuple_(*place) < tuple_(*than) if descending else tuple_(*place) > tuple_(*than)


def after_start(flag: str, starts: Columns) -> str:
    """Return the SQL for a line being flagged, in the group of a start, and after it."""
    (group, _), *rank = starts
    line = ", ".join(f"line.{column}" for column, _ in rank)
    start = ", ".join(f"start.{column}" for column, _ in rank)
    return (
        f"line.seller_no = :seller_no AND line.{flag} AND line.{group} = start.{group} "
        f"AND ({line}) > ({start})"
    )


def portions_of(rows: Sequence[Row], *, most: int) -> Iterator[Parameters]:
    """Return rows as JSON documents called `rows`, each of at most so many bytes or of one row."""
    whole = msgspec.json.encode(rows)
    if len(whole) <= most:
        yield {"rows": whole.decode()}
        return
    portion: list[bytes] = []
    size = 0
    for row in map(msgspec.json.encode, rows):
        if portion and size + len(row) >= most:
            yield {"rows": f"[{b','.join(portion).decode()}]"}
            portion, size = [], 0
        portion.append(row)
        size += len(row) + 1
    yield {"rows": f"[{b','.join(portion).decode()}]"}


def of_line(columns: Sequence[str]) -> str:
    """Return columns of a line, listed."""
    return ", ".join(f"line.{column}" for column in columns)
