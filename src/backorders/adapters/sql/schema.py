"""The tables: their keys, rules and indexes. Every key starts with the seller.

On SQLite, `with_rowid=False` keeps the rows in their key's index itself, which is a search less for
each; lines and allocations are reached by their row numbers.
"""

from typing import Final

import attrs
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, MetaData, Table, text

from backorders.adapters.sql.columns import (
    AllocationColumns,
    AnswerColumns,
    AnsweredColumns,
    DigestColumns,
    DocumentColumns,
    InboundColumns,
    InboundLineColumns,
    JournalColumns,
    LevelColumns,
    LineColumns,
    MovementColumns,
    NoteColumns,
    OrderColumns,
    OutboxColumns,
    QueueColumns,
    SellerColumns,
    UserColumns,
)
from backorders.adapters.sql.feed_columns import FeedColumns, StuckColumns, SubscriberColumns

HEAD: Final = "0007"
"""The revision that the tables here are: what a new database is stamped with."""
PREFIX: Final = "backorders_"
"""What the names of the tables begin with, unless the host wants something else."""

_NAMING = {
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}


@attrs.frozen
class Tables:
    """The tables of one store, under a host's schema and prefix."""

    metadata: MetaData
    prefix: str
    sellers: Table[SellerColumns]
    orders: Table[OrderColumns]
    lines: Table[LineColumns]
    allocations: Table[AllocationColumns]
    levels: Table[LevelColumns]
    documents: Table[DocumentColumns]
    movements: Table[MovementColumns]
    inbounds: Table[InboundColumns]
    inbound_lines: Table[InboundLineColumns]
    answers: Table[AnswerColumns]
    answered: Table[AnsweredColumns]
    journal: Table[JournalColumns]
    feeds: Table[FeedColumns]
    subscribers: Table[SubscriberColumns]
    stuck: Table[StuckColumns]
    queues: Table[QueueColumns]
    users: Table[UserColumns]
    notes: Table[NoteColumns]
    digests: Table[DigestColumns]
    outbox: Table[OutboxColumns]


def tables(
    *, schema: str | None = None, prefix: str = PREFIX, partial_indexes: bool = True
) -> Tables:
    """Return the tables, described but not made.

    Without `partial_indexes`, an index of flagged rows has all rows, by their flag.
    """
    metadata = MetaData(schema=schema, naming_convention=_NAMING)

    def name(table: str) -> str:
        return f"{prefix}{table}"

    def reference(table: str, *columns: str) -> ForeignKeyConstraint:
        there = f"{schema}.{name(table)}" if schema else name(table)
        return ForeignKeyConstraint(columns, [f"{there}.{column}" for column in columns])

    def index(table: str, custom: str, where: str, *columns: str) -> Index:
        is_flag = where.isidentifier()
        if is_flag and not partial_indexes:
            seller_no, *others = columns
            columns = (seller_no, where, *others)
        return Index(
            f"ix_{name(table)}_{custom}",
            *columns,
            # Word for word as queries say it, or SQLite does not see that the index will do.
            sqlite_where=text(f"{where} = 1" if is_flag else where),
            postgresql_where=text(where),
        )

    def check(rule: str, named: str) -> CheckConstraint:
        return CheckConstraint(rule, name=named)

    return Tables(
        metadata,
        prefix,
        Table(name("sellers"), metadata, SellerColumns),
        Table(
            name("orders"),
            metadata,
            OrderColumns,
            check("version > 0", "version"),
            check("stage IN ('open', 'processed', 'despatched', 'cancelled')", "stage"),
            check("NOT waiting OR stage = 'open'", "waiting"),
            index(
                "orders",
                "waiting",
                "waiting",
                "seller_no",
                "descending_priority",
                "placed_at",
                "first_id",
            ),
            Index(
                f"ix_{name('orders')}_listed",
                "seller_no",
                "stage",
                "waiting",
                "placed_at",
                "order_id",
                # Every order has a stage. Said so, only who asks for one may take this index: to
                # find the order of a new line, PostgreSQL took it for as good as the key.
                postgresql_where=text("stage IS NOT NULL"),
            ),
            index("orders", "holds", "hold_ends_at IS NOT NULL", "seller_no", "hold_ends_at"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("lines"),
            metadata,
            LineColumns,
            check("quantity BETWEEN 1 AND 2147483647", "quantity"),
            check("allocated BETWEEN 0 AND quantity", "allocated"),
            check("NOT waiting OR allocated < quantity", "waiting"),
            reference("orders", "seller_no", "order_id"),
            index(
                "lines",
                "waiting",
                "waiting",
                "seller_no",
                "sku",
                "descending_priority",
                "placed_at",
                "first_id",
            ),
        ),
        Table(
            name("allocations"),
            metadata,
            AllocationColumns,
            check("quantity > 0", "quantity"),
            reference("lines", "seller_no", "order_id", "line_no"),
            index("allocations", "held", "held", "seller_no", "sku", "warehouse"),
        ),
        Table(
            name("levels"),
            metadata,
            LevelColumns,
            check("0 <= allocated AND allocated <= on_hand", "allocated"),
            sqlite_with_rowid=False,
        ),
        Table(name("documents"), metadata, DocumentColumns, sqlite_with_rowid=False),
        Table(
            name("movements"),
            metadata,
            MovementColumns,
            check("quantity <> 0", "quantity"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("inbounds"),
            metadata,
            InboundColumns,
            check("version > 0", "version"),
            check("status IN ('announced', 'arrived', 'closed')", "status"),
            check("pending = (status <> 'closed')", "pending"),
            check("(arrived_at IS NULL) = (due_on IS NULL)", "arrived"),
            check("NOT cancelled OR status = 'closed'", "cancelled"),
            Index(f"ix_{name('inbounds')}_expected", "seller_no", "expected_on", "inbound_id"),
            index("inbounds", "pending", "pending", "seller_no", "due_on"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("inbound_lines"),
            metadata,
            InboundLineColumns,
            check("announced >= 0 AND booked_in >= 0 AND announced + booked_in > 0", "units"),
            check("NOT outstanding OR booked_in < announced", "outstanding"),
            reference("inbounds", "seller_no", "inbound_id"),
            index("inbound_lines", "outstanding", "outstanding", "seller_no", "sku"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("answers"),
            metadata,
            AnswerColumns,
            check("version > 0", "version"),
            check("answered BETWEEN 0 AND orders", "answered"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("answered"),
            metadata,
            AnsweredColumns,
            check("outcome IN ('done', 'refused', 'unchanged')", "outcome"),
            reference("answers", "seller_no", "answer_key"),
            sqlite_with_rowid=False,
        ),
        Table(
            name("journal"),
            metadata,
            JournalColumns,
            # The rest of the key, so that those without a position are found in their order.
            Index(
                f"ix_{name('journal')}_position",
                *("seller_no", "position", "kind", "subject", "version", "place"),
            ),
            sqlite_with_rowid=False,
        ),
        Table(name("feeds"), metadata, FeedColumns, sqlite_with_rowid=False),
        Table(name("subscribers"), metadata, SubscriberColumns, sqlite_with_rowid=False),
        Table(
            name("stuck"),
            metadata,
            StuckColumns,
            check("(due_at IS NULL) = (failed_at IS NOT NULL)", "due"),
            Index(f"ix_{name('stuck')}_due", "seller_no", "name", "due_at"),
            Index(f"ix_{name('stuck')}_failed", "seller_no", "name", "failed_at"),
        ),
        Table(name("queues"), metadata, QueueColumns, sqlite_with_rowid=False),
        Table(name("users"), metadata, UserColumns, sqlite_with_rowid=False),
        Table(name("notes"), metadata, NoteColumns),
        Table(name("digests"), metadata, DigestColumns, sqlite_with_rowid=False),
        Table(
            name("outbox"),
            metadata,
            OutboxColumns,
            check("version > 0", "version"),
            check("(due_at IS NULL) = (failed_at IS NOT NULL)", "due"),
            # Asked of all sellers at once.
            index("outbox", "due", "due_at IS NOT NULL", "due_at", "message_id"),
            index("outbox", "failed", "failed_at IS NOT NULL", "failed_at", "message_id"),
        ),
    )
