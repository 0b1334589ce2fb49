"""What SQLite and PostgreSQL have in common, and texts that all engines share."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, tuple_

from backorders.adapters.sql.engines.engine import Columns, Place
from backorders.adapters.sql.rows import Row


class Standard:
    """What SQLite and PostgreSQL have in common."""

    creates_whole: Final = True
    partial_indexes: Final = True
    rounds: Final = (0,)

    def upsert(self, insert: str, keys: str, changes: str) -> str:
        return f"{insert} ON CONFLICT ({keys}) DO UPDATE SET {changes}"

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


def of_line(columns: Sequence[str]) -> str:
    """Return columns of a line, listed."""
    return ", ".join(f"line.{column}" for column in columns)
