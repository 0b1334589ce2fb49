"""One transaction for one seller: how the repositories reach their tables."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, event, insert, update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.pending import Pending, Sets
from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.row_statements import RowStatement
from backorders.adapters.sql.rows import Row, settings_columns, to_json, to_settings
from backorders.adapters.sql.running import Found, Runner
from backorders.adapters.sql.statements import Statements
from backorders.adapters.sql.writes import AnyTable, Verb, Write
from backorders.domain.errors import LostRace, StoreUnusable
from backorders.domain.settings import Settings
from backorders.domain.values import SellerId

_T = TypeVar("_T")
_Given = TypeVar("_Given", Parameters, Sequence[Row])
_Statement = TypeVar("_Statement", bound=Prepared | RowStatement | Executable)

_ROWS_AT_ONCE = 1000
"""Rows of a long answer that are in memory at once."""
_NOBODY = 0
"""A number that no seller has: what is read for a seller who does not exist is nothing."""


class Session:
    """A transaction. Errors of the engine come out as errors of the library.

    Unless it `defers`, everything is written at once: where somebody else will commit.
    """

    def __init__(
        self,
        connection: Connection,
        statements: Statements,
        seller_id: SellerId,
        *,
        defers: bool = True,
    ) -> None:
        self._connection = connection
        self._runner = Runner(connection)
        # Nothing has been sent yet: should the connection have died in the pool, a new one will do.
        # To ask it first whether it lives would be one more journey for each call.
        self._may_reconnect = defers and not connection.in_transaction()
        self._pending = Pending()
        self.defers = defers
        self.engine = statements.engine
        self.tables = statements.tables
        self.statements = statements
        self.queries = statements.queries
        self.seller_id = seller_id
        self._seller: tuple[int, Settings] | None = None

    def read(self, statement: Prepared | Executable, parameters: Parameters | None = None) -> Found:
        """Return the rows of a statement, after what was written before."""
        return self._run(self._runner.rows, statement, parameters or {})

    def stream(self, statement: Executable, parameters: Parameters) -> Iterator[Any]:
        """Yield the rows of a statement, after what was written before, some at a time.

        Until it ends or is closed, nothing else may be asked of the connection.
        """
        cursors: list[DBAPICursor] = []

        def note(_connection: object, cursor: DBAPICursor, *_rest: object) -> None:
            cursors.append(cursor)

        event.listen(self._connection, "before_cursor_execute", note)
        try:
            some = statement.execution_options(yield_per=_ROWS_AT_ONCE)
            result = self._run(self._connection.execute, some, parameters)
        except BaseException:
            # Whoever gives up a connection that broke leaves the server's cursor open.
            for cursor in cursors:
                with suppress(Exception):
                    cursor.close()
            raise
        finally:
            event.remove(self._connection, "before_cursor_execute", note)
        try:
            yield from result
        except DBAPIError as error:
            raise self.understood(error) from error
        finally:
            result.close()

    def write(self, statement: Prepared | Executable, parameters: Parameters | None = None) -> int:
        """Run a statement, after what was written before; return how many rows it has written."""
        return self._run(self._runner.count, statement, parameters or {})

    def insert(self, table: AnyTable, rows: Sequence[Row]) -> None:
        """Add rows."""
        self.put({Write(Verb.INSERT, table.name): rows})

    def upsert(self, table: AnyTable, rows: Sequence[Row]) -> None:
        """Add rows, or put them in the place of those with the same keys."""
        self.put({Write(Verb.UPSERT, table.name): rows})

    def delete(self, table: AnyTable, keys: Sequence[Row]) -> None:
        """Delete the rows that have these keys."""
        self.put({Write(Verb.DELETE, table.name): keys})

    def write_set(self, write: Write, rows: Sequence[Row]) -> int:
        """Write a set of rows at once; return how many it has found or made."""
        if self.engine.takes_rows:
            return self._run(self._runner.each, self.statements.for_row(write), rows)
        statement = self.statements.writing((write,))
        return sum(self.write(statement, portion) for portion in self.engine.portions(rows))

    def put(self, sets: Sets) -> None:
        """Write sets of rows: now, or with others before anything is read of them or committed.

        No two rows of a table have the same key. Each set is written after those before it, so
        that what others refer to comes first.
        """
        if not self._pending.takes(sets):
            self.flush()
        self._pending.add(sets)
        if not self.defers:
            self.flush()

    def flush(self) -> None:
        """Write what is still to be written. Raises `LostRace` for a row changed meanwhile."""
        sets = self._pending.take()
        if not sets:
            return
        if self.engine.writes_together and len(sets) > 1 and self._write_together(sets):
            return
        for write, rows in sets.items():
            written = self.write_set(write, rows)
            if write.verb.is_of_what_is_there:
                self._check_updated(written, {write: rows})

    def _write_together(self, sets: Sets) -> bool:
        """Write all sets in one statement, unless that is too much; return whether it was done."""
        portions = [list(self.engine.portions(rows)) for rows in sets.values()]
        if any(len(some) > 1 for some in portions):
            return False
        parameters: Parameters = {
            f"rows_{place}": portion["rows"] for place, [portion] in enumerate(portions)
        }
        [[updated]] = self.read(self.statements.writing(tuple(sets)), parameters)
        self._check_updated(updated, sets)
        return True

    def _check_updated(self, updated: int, sets: Sets) -> None:
        given = sum(len(rows) for write, rows in sets.items() if write.verb.is_of_what_is_there)
        if updated != given:
            raise LostRace("an order or a delivery has been changed meanwhile")

    def _run(
        self, run: Callable[[_Statement, _Given], _T], statement: _Statement, given: _Given
    ) -> _T:
        if isinstance(statement, Executable) or self._pending.touches(statement.tables):
            self.flush()
        try:
            answer = run(statement, given)
        except DBAPIError as error:
            if not (error.connection_invalidated and self._may_reconnect):
                raise self.understood(error) from error
            self._may_reconnect = False
            self._connection.rollback()
            return self._run(run, statement, given)
        self._may_reconnect = False
        return answer

    def ids(self, ids: Collection[str]) -> Parameters:
        """Return what a query needs to be narrowed to some ids of this seller."""
        return {"ids": to_json(list(ids)), "seller_no": self.seller_no}

    @property
    def settings(self) -> Settings | None:
        """The seller's settings; `None` when the seller does not exist."""
        seller = self._load_seller()
        return None if seller is None else seller[1]

    @property
    def seller_no(self) -> int:
        """The seller's number; for one who does not exist, a number that nobody has."""
        seller = self._load_seller()
        return _NOBODY if seller is None else seller[0]

    def put_settings(self, settings: Settings) -> None:
        """Write the seller's settings; a seller who does not exist gets a number."""
        sellers = self.tables.sellers
        columns = settings_columns(settings)
        if self._load_seller() is None:
            self.write(insert(sellers).values(seller_id=self.seller_id, **columns))
            self._seller = None
            self._load_seller()
        else:
            self.write(
                update(sellers).where(sellers.c.seller_no == self.seller_no).values(**columns)
            )
            self._seller = (self.seller_no, settings)

    def contents(self, order_ids: Collection[str]) -> dict[str, str]:
        """Return order id → content of those that exist, and get to know the seller on the way.

        Placing begins with this: the two questions are asked in one statement.
        """
        given: Parameters = {"ids": to_json(list(order_ids)), "seller_id": self.seller_id}
        contents = {}
        for order_id, content, *columns in self.read(self.queries.contents, given):
            self._note_seller(*columns)
            if order_id is not None:
                contents[order_id] = content
        return contents

    def document(self, kind: str, reference: str) -> tuple[str, str, int, str, str | None] | None:
        """Return the columns of a document, and get to know the seller on the way, as above."""
        for *columns, seller_no, time_zone, ship, claim, warehouses, order_delay in self.read(
            self.queries.document,
            {"seller_id": self.seller_id, "kind": kind, "reference": reference},
        ):
            self._note_seller(seller_no, time_zone, ship, claim, warehouses, order_delay)
            if columns[0] is not None:
                return tuple(columns)
        return None

    def _load_seller(self) -> tuple[int, Settings] | None:
        if self._seller is None:
            for columns in self.read(self.queries.seller, {"seller_id": self.seller_id}):
                self._note_seller(*columns)
        return self._seller

    def _note_seller(self, seller_no: int, *settings: *tuple[str, str, str, str, int]) -> None:
        if self._seller is None:
            self._seller = (seller_no, to_settings(*settings))

    def understood(self, error: DBAPIError) -> Exception:
        """Return the library's word for an engine's error; the error itself, when it is a bug."""
        if error.connection_invalidated:
            return StoreUnusable(f"the connection to the database is lost: {error.orig}")
        return self.engine.understood(error) or error
