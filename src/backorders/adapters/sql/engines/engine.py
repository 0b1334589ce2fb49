"""What the store needs to know of a database engine."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol, TypeAlias

from sqlalchemy import URL, ColumnElement, Connection
from sqlalchemy import Engine as SqlEngine
from sqlalchemy.exc import DBAPIError

from backorders.adapters.sql.rows import Row, Value
from backorders.domain.errors import BackordersError

Parameters = dict[str, Value | Sequence[Value]]
"""What is sent with a statement."""
Columns: TypeAlias = Sequence[tuple[str, str]]
"""Columns of a set of rows, each with its kind: text, long text, bigint or boolean."""
# Any: a place is compared column by column, whatever is in them.
Place: TypeAlias = Sequence[ColumnElement[Any]]
"""The columns that something is sorted by."""


class KeyLocks(NamedTuple):
    """The SQL that locks, until the end, a number for the `seller_no` and `sku` of a given row."""

    alone: str
    """Waits until nobody else has it."""
    together: str
    """Waits until nobody has it alone, or is in line for that."""
    at_once: str
    """As `alone`, but is false instead of waiting."""
    sees_what_it_waited_for: str
    """Whether the next statement sees what was committed while this one waited."""


class Engine(Protocol):
    """What the store needs to know of a database engine."""

    @property
    def has_row_level_security(self) -> bool:
        """Whether it can show a transaction some of the rows only."""
        ...

    @property
    def locks_whole(self) -> bool:
        """Whether a writer has the whole database to itself, so that no SKU need be locked."""
        ...

    @property
    def creates_whole(self) -> bool:
        """Whether the tables are made within a transaction, all or none."""
        ...

    @property
    def partial_indexes(self) -> bool:
        """Whether an index can leave out the rows that do not meet a condition."""
        ...

    @property
    def writes_together(self) -> bool:
        """Whether one statement can write to several tables."""
        ...

    @property
    def takes_rows(self) -> bool:
        """Whether it takes the rows of a set one after the other, without a journey for each.

        Otherwise it gets them as a JSON document.
        """
        ...

    @property
    def rounds(self) -> Sequence[int]:
        """How many starts a statement for the first rows of each may be made for; 0 means any."""
        ...

    @property
    def key_locks(self) -> KeyLocks | None:
        """The locks that it has of numbers, if they wait in line; so far it is PostgreSQL's.

        There it takes a while, too, until two transactions are seen to wait for each other.
        """
        ...

    def with_driver(self, url: URL, *, awaited: bool) -> URL:
        """Return a URL that names a driver, one that can be awaited, if it is known which."""
        ...

    def options(self, url: URL) -> dict[str, object]:
        """Return what an engine at a URL is made with, unless the host knows better."""
        ...

    def prepare(self, engine: SqlEngine, synchronous: str) -> None:
        """See to it that every connection of an engine is durable, strict and patient.

        Raises `InvalidValue` for an unknown `synchronous`, where that means something.
        """
        ...

    def by_code_point(self, column: str) -> str:
        """Return the SQL that a column of given rows is sorted by, so as to be by code point."""
        ...

    def begin(self, connection: Connection, *, read_only: bool) -> None:
        """Begin the transaction that the connection is to run."""
        ...

    def join(self, connection: Connection) -> None:
        """Make sure that a host's connection is in a transaction that is its own to end.

        Raises `StoreUnusable` when it would not see what others have committed meanwhile.
        """
        ...

    def alone(self, connection: Connection) -> AbstractContextManager[None]:
        """Let nobody else change the schema until the end, which is after the commit."""
        ...

    def among(self, column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
        """Return whether a column is one of the set of ids that the parameter is given as."""
        ...

    def among_too(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """Return `among` of a table that is joined to one of which it is said already.

        It says nothing new: where the engine needs no second telling, it is simply true.
        """
        ...

    def source(self, columns: Columns, name: str = "rows") -> str:
        """Return the SQL that turns a parameter back into rows: a table expression without alias.

        `name` is that of the parameter: the rows as a JSON document.
        """
        ...

    def portions(self, rows: Sequence[Row]) -> Iterator[Parameters]:
        """Return rows to be written, as the parameter `rows` of each statement that it takes."""
        ...

    def upsert(self, insert: str, keys: str, changes: str) -> str:
        """Return the SQL that inserts, or makes changes to the row that has the same keys."""
        ...

    def inserted(self, column: str) -> str:
        """Return, for the changes of `upsert`, what would have been inserted."""
        ...

    def update(self, table: str, given: str, same: str, columns: Sequence[str]) -> str:
        """Return the SQL that takes over columns of the given rows where they are the same.

        The number of rows that it reports is that of the rows found.
        """
        ...

    def delete(self, table: str, given: str, same: str) -> str:
        """Return the SQL that deletes the rows of a table that have the keys of a given row."""
        ...

    def first_of_each(
        self, lines: str, flag: str, starts: Columns, order: Sequence[str], starts_at_once: int
    ) -> str:
        """Return the SQL, to be called `found`, for the first `:limit` lines of each start.

        They are flagged lines of the seller that have the first column of the start, and of which
        the other columns come after those of the start.
        """
        ...

    def starts(self, rows: Sequence[Row]) -> Iterator[tuple[int, Parameters]]:
        """Return the rounds that some starts take: one of `rounds`, and its parameters."""
        ...

    def beyond(self, place: Place, than: Row, *, descending: bool = False) -> ColumnElement[bool]:
        """Return whether a place comes after another, or with `descending` before it."""
        ...

    def understood(self, error: DBAPIError) -> BackordersError | None:
        """Return what an engine's error means to the library, or `None` when it is a bug."""
        ...
