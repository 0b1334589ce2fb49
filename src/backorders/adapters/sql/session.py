"""One transaction for one seller: how the repositories reach their tables."""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Executable, TextClause, insert, update
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.rows import Row, settings_columns, to_settings
from backorders.adapters.sql.statements import AnyTable, Statements
from backorders.domain.errors import StoreUnusable
from backorders.domain.settings import Settings
from backorders.domain.values import SellerId

# Any: a row has the columns that its statement names, and is unpacked where it is asked for.
Found: TypeAlias = Sequence[Any]

_NOBODY = 0
"""A number that no seller has: what is read for a seller who does not exist is nothing."""


class Session:
    """A transaction. Errors of the engine come out as errors of the library."""

    def __init__(
        self,
        connection: Connection,
        statements: Statements,
        seller_id: SellerId,
    ) -> None:
        self._connection = connection
        self.engine = statements.engine
        self.tables = statements.tables
        self.statements = statements
        self.queries = statements.queries
        self.seller_id = seller_id
        self._seller: tuple[int, Settings] | None = None

    def read(self, statement: Executable, parameters: Parameters | None = None) -> Found:
        """Return the rows of a statement."""
        try:
            return self._connection.execute(statement, parameters).all()
        except DBAPIError as error:
            raise self.understood(error) from error

    def write(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """Run a statement and return how many rows it has written."""
        try:
            return self._connection.execute(statement, parameters).rowcount
        except DBAPIError as error:
            raise self.understood(error) from error

    def insert(self, table: AnyTable, rows: Sequence[Row]) -> None:
        """Add rows."""
        self._write_set(self.statements.insert[table.name], rows)

    def upsert(self, table: AnyTable, rows: Sequence[Row]) -> None:
        """Add rows, or put them in the place of those with the same keys."""
        self._write_set(self.statements.upsert[table.name], rows)

    def delete(self, table: AnyTable, keys: Sequence[Row]) -> None:
        """Delete the rows that have these keys."""
        self._write_set(self.statements.delete[table.name], keys)

    def _write_set(self, statement: TextClause, rows: Sequence[Row]) -> int:
        return (
            sum(self.write(statement, some) for some in self.engine.portions(rows)) if rows else 0
        )

    def update_orders(self, rows: Sequence[Row]) -> int:
        """Write orders over their previous versions; return how many had that version."""
        return self._write_set(self.statements.update_orders, rows)

    def ids(self, ids: Collection[str]) -> Parameters:
        """Return what a query needs to be narrowed to some ids of this seller."""
        given = self.engine.parameters([(each,) for each in ids], "ids")
        return {**given, "seller_no": self.seller_no}

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
        given = self.engine.parameters([(each,) for each in order_ids], "ids")
        contents = {}
        for order_id, content, *columns in self.read(
            self.queries.contents, {**given, "seller_id": self.seller_id}
        ):
            self._note_seller(*columns)
            if order_id is not None:
                contents[order_id] = content
        return contents

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
