"""Running a statement on the driver's own cursor, where nobody watches SQLAlchemy's.

What SQLAlchemy does around a statement takes as long as most statements do here. Where a host
traces, counts or logs them, or handles their errors, it does all of it.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Executable
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.prepared import Given, Prepared
from backorders.adapters.sql.row_statements import RowStatement
from backorders.adapters.sql.rows import Row

_T = TypeVar("_T")
_Given = TypeVar("_Given", Given, Sequence[Row])

# Any: a row has the columns that its statement names, and is unpacked where it is asked for.
Found: TypeAlias = Sequence[Any]


class Runner:
    """Runs the statements of one transaction; errors are SQLAlchemy's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_watched = _is_watched(connection)

    def rows(self, statement: Prepared | Executable, parameters: Parameters) -> Found:
        """Return the rows that a statement finds."""
        if not isinstance(statement, Prepared):
            return self._connection.execute(statement, parameters).all()
        text, given = statement.text, statement.given(parameters)
        if self._is_watched:
            return self._connection.exec_driver_sql(text, given).all()
        return self._on_cursor(_rows, text, given)

    def count(self, statement: Prepared | Executable, parameters: Parameters) -> int:
        """Return how many rows a statement has written."""
        if not isinstance(statement, Prepared):
            return self._connection.execute(statement, parameters).rowcount
        text, given = statement.text, statement.given(parameters)
        if self._is_watched:
            return self._connection.exec_driver_sql(text, given).rowcount
        return self._on_cursor(_count, text, given)

    def each(self, statement: RowStatement, rows: Sequence[Row]) -> int:
        """Run a statement for each of some rows; return how many rows it has written in all."""
        text, given = statement.text, [*map(statement.arranged, rows)]
        if self._is_watched:
            return self._connection.exec_driver_sql(text, given).rowcount
        return self._on_cursor(_count_each, text, given)

    def _on_cursor(
        self, run: Callable[[DBAPICursor, str, _Given], _T], text: str, given: _Given
    ) -> _T:
        connection, dialect = self._connection, self._connection.dialect
        if not connection.in_transaction():
            connection.begin()
        cursor = None
        try:
            cursor = connection.connection.cursor()
            answer = run(cursor, text, given)
            cursor.close()
        except dialect.loaded_dbapi.Error as error:
            if cursor is not None:
                with suppress(dialect.loaded_dbapi.Error):
                    cursor.close()
            if dialect.is_disconnect(error, connection.connection, cursor):
                # It fails again: so SQLAlchemy sees that it is dead, and what that means for its
                # pool.
                connection.exec_driver_sql(text, given)
            raise DBAPIError.instance(
                text,
                given,
                error,
                dialect.loaded_dbapi.Error,
                hide_parameters=connection.engine.hide_parameters,
                dialect=dialect,
            ) from error
        except BaseException as error:
            if not isinstance(error, Exception):
                # Whoever is stopped here may have stopped the driver halfway.
                connection.invalidate(error)
            raise
        return answer


def _is_watched(connection: Connection) -> bool:
    """Return whether anybody wants to know of the statements on a connection, or of errors."""
    of_statements, of_dialect = connection.dispatch, connection.dialect.dispatch
    return bool(
        of_statements.before_cursor_execute
        or of_statements.after_cursor_execute
        or of_dialect.do_execute
        or of_dialect.handle_error
        or connection.engine.logger.isEnabledFor(logging.INFO)
    )


def _rows(cursor: DBAPICursor, text: str, given: Given) -> Found:
    cursor.execute(text, given)
    return cursor.fetchall()


def _count(cursor: DBAPICursor, text: str, given: Given) -> int:
    cursor.execute(text, given)
    return cursor.rowcount


def _count_each(cursor: DBAPICursor, text: str, rows: Sequence[Row]) -> int:
    cursor.executemany(text, rows)
    return cursor.rowcount
