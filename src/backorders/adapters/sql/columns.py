"""The columns of the tables, with the types that they have in Python.

Instants are microseconds since 1970 in UTC. `seller_no` stands for the seller's id, so that no
index row outgrows what an engine can hold. Text is compared by code point on every engine, as
Python does.
"""

from sqlalchemy import BigInteger, Boolean, Column, Integer, Named, String, Text, TypedColumns
from sqlalchemy.dialects import mysql


def _text(length: int) -> String:
    """Return a text type that compares by code point: BINARY on SQLite is that already."""
    return (
        String(length)
        .with_variant(String(length, collation="C"), "postgresql")
        .with_variant(
            mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_nopad_bin"),
            "mysql",
            "mariadb",
        )
    )


ID = _text(255)
WORD = _text(32)
NAME = _text(64)
LONG = Text().with_variant(mysql.LONGTEXT(charset="utf8mb4"), "mysql", "mariadb")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column that is called an integer, of 64 bits there."""

WRITTEN_ONCE = frozenset({"content", "lines_asked", "lines_filled", "units_asked", "units_filled"})
"""The last columns of an order or an answer, which stay as they were when it was added."""

SERVED = frozenset({"allocated", "version", "waiting", "back_order_since", "back_order_time"})
"""The columns of an order and its lines that change when it gets or loses units."""


class SellerColumns(TypedColumns):
    """A seller and what it has chosen."""

    seller_no: Named[int] = Column(NUMBER, primary_key=True, autoincrement=True)
    seller_id: Named[str] = Column(ID, nullable=False, unique=True)
    time_zone: Named[str] = Column(ID, nullable=False)
    ship: Named[str] = Column(WORD, nullable=False)
    claim: Named[str] = Column(WORD, nullable=False)
    warehouses: Named[str] = Column(LONG, nullable=False)
    """A JSON array, first to last."""
    order_delay: Named[int] = Column(BigInteger, nullable=False)
    """Microseconds."""


class OrderColumns(TypedColumns):
    """An order without its lines."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Named[str] = Column(ID, primary_key=True)
    descending_priority: Named[int] = Column(BigInteger, nullable=False)
    placed_at: Named[int] = Column(BigInteger, nullable=False)
    first_id: Named[str] = Column(ID, nullable=False)
    ship: Named[str] = Column(WORD, nullable=False)
    claim: Named[str] = Column(WORD, nullable=False)
    warehouse: Named[str | None] = Column(ID)
    stage: Named[str] = Column(WORD, nullable=False)
    holds: Named[str] = Column(LONG, nullable=False)
    """A JSON object: reason → until, in microseconds, or null."""
    hold_ends_at: Named[int | None] = Column(BigInteger)
    """When the first of the holds runs out."""
    split_from: Named[str | None] = Column(ID)
    cancellation_requested: Named[bool] = Column(Boolean, nullable=False)
    version: Named[int] = Column(Integer, nullable=False)
    waiting: Named[bool] = Column(Boolean, nullable=False)
    """Whether a line waits: it is in the backlog."""
    back_order_since: Named[int | None] = Column(BigInteger)
    back_order_time: Named[int | None] = Column(BigInteger)
    """Microseconds."""
    content: Named[str] = Column(_text(64), nullable=False)
    """The digest by which the request is known again. This and the rest are written once."""
    lines_asked: Named[int] = Column(Integer, nullable=False)
    """What was asked for when it was placed, and filled at once; zeros for one that a split made.
    """
    lines_filled: Named[int] = Column(Integer, nullable=False)
    units_asked: Named[int] = Column(BigInteger, nullable=False)
    units_filled: Named[int] = Column(BigInteger, nullable=False)


class LineColumns(TypedColumns):
    """An order line, with the rank columns of its order for the backlog's index."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Named[str] = Column(ID, primary_key=True)
    line_no: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    sku: Named[str] = Column(ID, nullable=False)
    quantity: Named[int] = Column(BigInteger, nullable=False)
    allocated: Named[int] = Column(BigInteger, nullable=False)
    waiting: Named[bool] = Column(Boolean, nullable=False)
    """Whether it is short and its order open: it is in the backlog of its SKU."""
    descending_priority: Named[int] = Column(BigInteger, nullable=False)
    placed_at: Named[int] = Column(BigInteger, nullable=False)
    first_id: Named[str] = Column(ID, nullable=False)
    claim: Named[str] = Column(WORD, nullable=False)
    warehouse: Named[str | None] = Column(ID)


class AllocationColumns(TypedColumns):
    """Units of one warehouse pinned to a line."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Named[str] = Column(ID, primary_key=True)
    line_no: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    warehouse: Named[str] = Column(ID, primary_key=True)
    sku: Named[str] = Column(ID, nullable=False)
    quantity: Named[int] = Column(BigInteger, nullable=False)
    held: Named[bool] = Column(Boolean, nullable=False)
    """Whether the units are still on the shelf: false once the order has left the building."""


class LevelColumns(TypedColumns):
    """The units of one SKU in one warehouse."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    sku: Named[str] = Column(ID, primary_key=True)
    warehouse: Named[str] = Column(ID, primary_key=True)
    on_hand: Named[int] = Column(BigInteger, nullable=False)
    allocated: Named[int] = Column(BigInteger, nullable=False)
    owed: Named[bool] = Column(Boolean, nullable=False)
    """Whether what is available is still to be given to the backlog."""


class DocumentColumns(TypedColumns):
    """A receipt, count or adjustment as it was first handed in."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    kind: Named[str] = Column(WORD, primary_key=True)
    reference: Named[str] = Column(ID, primary_key=True)
    warehouse: Named[str] = Column(ID, nullable=False)
    lines: Named[str] = Column(LONG, nullable=False)
    """A JSON object: SKU → units."""
    at: Named[int] = Column(BigInteger, nullable=False)
    reason: Named[str] = Column(LONG, nullable=False)
    inbound_id: Named[str | None] = Column(ID)
    """The announced delivery that a receipt is of."""


class InboundColumns(TypedColumns):
    """An announced delivery without its lines. Days are counted from 0001-01-01, which is 1."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    inbound_id: Named[str] = Column(ID, primary_key=True)
    warehouse: Named[str] = Column(ID, nullable=False)
    expected_on: Named[int] = Column(Integer, nullable=False)
    status: Named[str] = Column(WORD, nullable=False)
    arrived_at: Named[int | None] = Column(BigInteger)
    due_on: Named[int | None] = Column(Integer)
    cancelled: Named[bool] = Column(Boolean, nullable=False)
    overdue_told: Named[bool] = Column(Boolean, nullable=False)
    version: Named[int] = Column(Integer, nullable=False)
    pending: Named[bool] = Column(Boolean, nullable=False)
    """Whether it is not closed."""


class InboundLineColumns(TypedColumns):
    """The units of one SKU that were announced, or came without being announced."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    inbound_id: Named[str] = Column(ID, primary_key=True)
    sku: Named[str] = Column(ID, primary_key=True)
    announced: Named[int] = Column(BigInteger, nullable=False)
    booked_in: Named[int] = Column(BigInteger, nullable=False)
    outstanding: Named[bool] = Column(Boolean, nullable=False)
    """Whether some of it is to come: less was booked in than announced, and it is not closed."""


class MovementColumns(TypedColumns):
    """Units that came or went."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    kind: Named[str] = Column(WORD, primary_key=True)
    reference: Named[str] = Column(ID, primary_key=True)
    place: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    warehouse: Named[str] = Column(ID, nullable=False)
    sku: Named[str] = Column(ID, nullable=False)
    quantity: Named[int] = Column(BigInteger, nullable=False)
    at: Named[int] = Column(BigInteger, nullable=False)


class AnswerColumns(TypedColumns):
    """An answer that is given to many orders, and how far that has come."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    answer_key: Named[str] = Column(ID, primary_key=True)
    orders: Named[int] = Column(BigInteger, nullable=False)
    answered: Named[int] = Column(BigInteger, nullable=False)
    """The first so many of them."""
    version: Named[int] = Column(Integer, nullable=False)
    content: Named[str] = Column(_text(64), nullable=False)
    """The digest by which the answer is known again. Written once."""


class AnsweredColumns(TypedColumns):
    """An order that an answer is for, and what came of it."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    answer_key: Named[str] = Column(ID, primary_key=True)
    place: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    """From 0, in the order of their turns."""
    order_id: Named[str] = Column(ID, nullable=False)
    outcome: Named[str | None] = Column(WORD)
    """NULL: it has not been answered yet."""
    created: Named[str | None] = Column(ID)
    error: Named[str | None] = Column(LONG)
    """A JSON array: the error's code, and what it is made of."""


class JournalColumns(TypedColumns):
    """An event of an order, receipt, count, adjustment or delivery."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    kind: Named[str] = Column(WORD, primary_key=True)
    """What the subject is."""
    subject: Named[str] = Column(ID, primary_key=True)
    version: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    place: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    """Among the events of one version."""
    event: Named[str] = Column(LONG, nullable=False)
    """A JSON object with the event's name as its type."""
    position: Named[int | None] = Column(BigInteger)
    """Among all events of the seller; given after the commit, when subscribers are told."""


class QueueColumns(TypedColumns):
    """The lock of a SKU, level or none: whoever decides about its units writes it."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    sku: Named[str] = Column(ID, primary_key=True)
    turn: Named[int] = Column(BigInteger, nullable=False)
    """How often that was."""


class UserColumns(TypedColumns):
    """Somebody who can be told things."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Named[str] = Column(ID, primary_key=True)
    email: Named[str] = Column(ID, nullable=False)
    opted_in: Named[str] = Column(ID, nullable=False)
    """A JSON array of kinds of notice, sorted."""


class NoteColumns(TypedColumns):
    """An order that newly went on back order, until a digest has taken it up."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Named[str] = Column(ID, primary_key=True)
    version: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    at: Named[int] = Column(BigInteger, nullable=False)
    products: Named[str] = Column(LONG, nullable=False)
    """A JSON array: SKU, units short, units ordered."""
    more_products: Named[int] = Column(Integer, nullable=False)


class DigestColumns(TypedColumns):
    """How far a seller's digests have come."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    number: Named[int] = Column(BigInteger, nullable=False)
    until: Named[int] = Column(BigInteger, nullable=False)


class OutboxColumns(TypedColumns):
    """A notice that is still to be delivered, or was set aside."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Named[str] = Column(WORD, primary_key=True)
    user_id: Named[str] = Column(ID, nullable=False)
    kind: Named[str] = Column(WORD, nullable=False)
    queued_at: Named[int] = Column(BigInteger, nullable=False)
    due_at: Named[int | None] = Column(BigInteger)
    attempts: Named[int] = Column(Integer, nullable=False)
    failed_at: Named[int | None] = Column(BigInteger)
    problem: Named[str] = Column(LONG, nullable=False)
    version: Named[int] = Column(Integer, nullable=False)
    content: Named[str] = Column(LONG, nullable=False)
    """A JSON array: what the content is, and its fields."""
