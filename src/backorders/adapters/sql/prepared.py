"""A statement as its driver takes it, compiled once for each store and run many times.

To have SQLAlchemy compile, or look up, a statement at each call costs more than most of them take.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect, Table
from sqlalchemy.sql import visitors

from backorders.adapters.sql.engines import Parameters


class Prepared:
    """A statement, and the names of the tables that it reads or writes."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, *, tables: Collection[str] = ()
    ) -> None:
        """Take the tables from the statement, unless it is a text, which cannot tell them."""
        compiled = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._order: list[str] | None = getattr(compiled, "positiontup", None)
        self._constants: Mapping[str, object] = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self.tables = frozenset(tables) or frozenset(
            found.name for found in visitors.iterate(statement) if isinstance(found, Table)
        )

    def run(self, connection: Connection, parameters: Parameters) -> CursorResult[*tuple[object]]:
        """Run the statement with its parameters, by name."""
        given = {**self._constants, **parameters}
        return connection.exec_driver_sql(
            self._text,
            given if self._order is None else tuple([given[name] for name in self._order]),
        )
