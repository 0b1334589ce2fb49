"""The first schema: sellers, orders with lines and allocations, levels, documents, journal."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None


def _text(length: int) -> sa.types.TypeEngine[str]:
    binary = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_nopad_bin")
    return (
        sa.String(length)
        .with_variant(sa.String(length, collation="C"), "postgresql")
        .with_variant(binary, "mysql", "mariadb")
    )


def _long() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(mysql.LONGTEXT(charset="utf8mb4"), "mysql", "mariadb")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _flagged(flag: str, *columns: str) -> list[str]:
    """Return the columns of an index of flagged rows, where it cannot leave out the others."""
    partial = op.get_context().dialect.name in {"sqlite", "postgresql"}
    return ["seller_no", *columns] if partial else ["seller_no", flag, *columns]


def upgrade() -> None:
    """Make every table."""
    tables = context.config.attributes["tables"]
    prefix, schema = tables.prefix, tables.metadata.schema
    there = f"{schema}.{prefix}" if schema else prefix
    op.create_table(
        f"{prefix}documents",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", _text(32), nullable=False),
        sa.Column("reference", _text(255), nullable=False),
        sa.Column("warehouse", _text(255), nullable=False),
        sa.Column("lines", _long(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", _long(), nullable=False),
        sa.PrimaryKeyConstraint(
            "seller_no", "kind", "reference", name=op.f(f"pk_{prefix}documents")
        ),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}journal",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", _text(32), nullable=False),
        sa.Column("subject", _text(255), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", _long(), nullable=False),
        sa.PrimaryKeyConstraint(
            "seller_no", "kind", "subject", "version", "place", name=op.f(f"pk_{prefix}journal")
        ),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}levels",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("warehouse", _text(255), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "0 <= allocated AND allocated <= on_hand", name=op.f(f"ck_{prefix}levels_allocated")
        ),
        sa.PrimaryKeyConstraint("seller_no", "sku", "warehouse", name=op.f(f"pk_{prefix}levels")),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}movements",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", _text(32), nullable=False),
        sa.Column("reference", _text(255), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("warehouse", _text(255), nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f(f"ck_{prefix}movements_quantity")),
        sa.PrimaryKeyConstraint(
            "seller_no", "kind", "reference", "place", name=op.f(f"pk_{prefix}movements")
        ),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}orders",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _text(255), nullable=False),
        sa.Column("descending_priority", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("first_id", _text(255), nullable=False),
        sa.Column("ship", _text(32), nullable=False),
        sa.Column("claim", _text(32), nullable=False),
        sa.Column("warehouse", _text(255), nullable=True),
        sa.Column("stage", _text(32), nullable=False),
        sa.Column("holds", _long(), nullable=False),
        sa.Column("hold_ends_at", sa.BigInteger(), nullable=True),
        sa.Column("split_from", _text(255), nullable=True),
        sa.Column("cancellation_requested", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("back_order_since", sa.BigInteger(), nullable=True),
        sa.Column("back_order_time", sa.BigInteger(), nullable=True),
        sa.Column("content", _text(64), nullable=False),
        sa.Column("lines_asked", sa.Integer(), nullable=False),
        sa.Column("lines_filled", sa.Integer(), nullable=False),
        sa.Column("units_asked", sa.BigInteger(), nullable=False),
        sa.Column("units_filled", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "NOT waiting OR stage = 'open'", name=op.f(f"ck_{prefix}orders_waiting")
        ),
        sa.CheckConstraint(
            "stage IN ('open', 'processed', 'despatched', 'cancelled')",
            name=op.f(f"ck_{prefix}orders_stage"),
        ),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{prefix}orders_version")),
        sa.PrimaryKeyConstraint("seller_no", "order_id", name=op.f(f"pk_{prefix}orders")),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_index(
        f"ix_{prefix}orders_holds",
        f"{prefix}orders",
        ["seller_no", "hold_ends_at"],
        unique=False,
        schema=schema,
        sqlite_where=sa.text("hold_ends_at IS NOT NULL"),
        postgresql_where=sa.text("hold_ends_at IS NOT NULL"),
    )
    op.create_index(
        f"ix_{prefix}orders_waiting",
        f"{prefix}orders",
        _flagged("waiting", "descending_priority", "placed_at", "first_id"),
        unique=False,
        schema=schema,
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        f"{prefix}queues",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", "sku", name=op.f(f"pk_{prefix}queues")),
        schema=schema,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}sellers",
        sa.Column("seller_no", _number(), autoincrement=True, nullable=False),
        sa.Column("seller_id", _text(255), nullable=False),
        sa.Column("time_zone", _text(255), nullable=False),
        sa.Column("ship", _text(32), nullable=False),
        sa.Column("claim", _text(32), nullable=False),
        sa.Column("warehouses", _long(), nullable=False),
        sa.Column("order_delay", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", name=op.f(f"pk_{prefix}sellers")),
        sa.UniqueConstraint("seller_id", name=op.f(f"uq_{prefix}sellers_seller_id")),
        schema=schema,
    )
    op.create_table(
        f"{prefix}lines",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _text(255), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("descending_priority", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("first_id", _text(255), nullable=False),
        sa.Column("claim", _text(32), nullable=False),
        sa.Column("warehouse", _text(255), nullable=True),
        sa.CheckConstraint(
            "NOT waiting OR allocated < quantity", name=op.f(f"ck_{prefix}lines_waiting")
        ),
        sa.CheckConstraint(
            "allocated BETWEEN 0 AND quantity", name=op.f(f"ck_{prefix}lines_allocated")
        ),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 2147483647", name=op.f(f"ck_{prefix}lines_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["seller_no", "order_id"],
            [f"{there}orders.seller_no", f"{there}orders.order_id"],
            name=op.f(f"fk_{prefix}lines_{prefix}orders"),
        ),
        sa.PrimaryKeyConstraint("seller_no", "order_id", "line_no", name=op.f(f"pk_{prefix}lines")),
        schema=schema,
    )
    op.create_index(
        f"ix_{prefix}lines_waiting",
        f"{prefix}lines",
        _flagged("waiting", "sku", "descending_priority", "placed_at", "first_id"),
        unique=False,
        schema=schema,
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        f"{prefix}allocations",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _text(255), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("warehouse", _text(255), nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f(f"ck_{prefix}allocations_quantity")),
        sa.ForeignKeyConstraint(
            ["seller_no", "order_id", "line_no"],
            [f"{there}lines.seller_no", f"{there}lines.order_id", f"{there}lines.line_no"],
            name=op.f(f"fk_{prefix}allocations_{prefix}lines"),
        ),
        sa.PrimaryKeyConstraint(
            "seller_no", "order_id", "line_no", "warehouse", name=op.f(f"pk_{prefix}allocations")
        ),
        schema=schema,
    )
    op.create_index(
        f"ix_{prefix}allocations_held",
        f"{prefix}allocations",
        _flagged("held", "sku", "warehouse"),
        unique=False,
        schema=schema,
        sqlite_where=sa.text("held = 1"),
        postgresql_where=sa.text("held"),
    )
