"""What a transaction has still to write: sets of rows that go out as late, and as few, as can be.

A call writes to several tables at its end. Where an engine can write them all in one statement,
that is one journey to the server instead of seven.
"""

from collections.abc import Collection, Mapping, Sequence

from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.writes import Verb, Write

Sets = Mapping[Write, Sequence[Row]]


class Pending:
    """Sets of rows to be written, in an order in which no row is written before what it needs."""

    def __init__(self) -> None:
        self._sets: dict[Write, list[Row]] = {}
        self._tables: set[str] = set()

    def take(self) -> Sets:
        """Return what is to be written, and forget it."""
        taken, self._sets, self._tables = self._sets, {}, set()
        return taken

    def touches(self, tables: Collection[str]) -> bool:
        """Return whether anything is to be written to one of the tables."""
        return not self._tables.isdisjoint(tables)

    def takes(self, sets: Sets) -> bool:
        """Return whether these can go out with the rest: only new rows may meet what is there."""
        return not any(
            write.table in self._tables and write.verb is not Verb.INSERT for write in sets
        )

    def add(self, sets: Sets) -> None:
        """Note sets of rows; of one table, those of one call have no key in common."""
        for write, rows in sets.items():
            if rows:
                self._sets.setdefault(write, []).extend(rows)
                self._tables.add(write.table)
