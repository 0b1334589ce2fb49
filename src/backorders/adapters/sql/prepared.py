"""A statement as its driver takes it, compiled once for each store and run many times.

To have SQLAlchemy compile, or look up, a statement at each call costs more than most of them take.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from sqlalchemy import ClauseElement, Dialect, Table
from sqlalchemy.sql import visitors

from backorders.adapters.sql.engines import Parameters

Given: TypeAlias = dict[str, object] | tuple[object, ...]
"""Parameters, by name or by place as the driver takes them."""


class Prepared:
    """A statement's text, and the names of the tables that it reads or writes."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, *, tables: Collection[str] = ()
    ) -> None:
        """Take the tables from the statement, unless it is a text, which cannot tell them."""
        compiled = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._order: list[str] | None = getattr(compiled, "positiontup", None)
        self._constants: Mapping[str, object] = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self.tables = frozenset(tables) or frozenset(
            found.name for found in visitors.iterate(statement) if isinstance(found, Table)
        )

    def given(self, parameters: Parameters) -> Given:
        """Return parameters by name as the driver takes them."""
        given = {**self._constants, **parameters}
        return given if self._order is None else tuple([given[name] for name in self._order])
