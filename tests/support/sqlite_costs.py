"""What a call costs on SQLite, in statements, in rows read, and in steps of its virtual machine.

None of the three depends on how fast the machine is.
"""

import sqlite3
from pathlib import Path

import attrs
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from backorders.adapters.sql import SqlStore


@attrs.define
class Costs:
    """What was counted since it was last emptied."""

    statements: list[str] = attrs.field(factory=list)
    rows: int = 0
    steps: int = 0

    def clear(self) -> None:
        """Begin again."""
        self.statements.clear()
        self.rows = self.steps = 0


class CountedStore(SqlStore):
    """A store whose engine is its own."""

    def close(self) -> None:
        """Give the connections back, of which a host's engine would keep some open."""
        super().close()
        self.engine.dispose()


def counting_store(path: Path) -> tuple[SqlStore, Costs]:
    """Return an empty store in a SQLite file, and what its calls cost from now on."""
    costs = Costs()
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def count_rows_and_steps(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)

        def row(_cursor: sqlite3.Cursor, values: tuple[object, ...]) -> tuple[object, ...]:
            costs.rows += 1
            return values

        def step() -> int:
            costs.steps += 1
            return 0

        connection.row_factory = row
        connection.set_progress_handler(step, 1)

    @event.listens_for(engine, "before_cursor_execute")
    def count_statement(
        _connection: Connection, _cursor: object, statement: str, *_rest: object
    ) -> None:
        costs.statements.append(statement)

    store = CountedStore(engine)
    store.migrate()
    costs.clear()
    return store, costs


def first_given(parameters: object) -> tuple[object, ...]:
    """Return the parameters of a statement, or the first of many that it is run with."""
    first = parameters[0] if isinstance(parameters, list) else parameters
    assert isinstance(first, tuple)
    return first
