"""Announced deliveries, and the receipts that are of one."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import mysql

revision = "0003"
down_revision = "0002"


def _text(length: int) -> sa.types.TypeEngine[str]:
    binary = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_nopad_bin")
    return (
        sa.String(length)
        .with_variant(sa.String(length, collation="C"), "postgresql")
        .with_variant(binary, "mysql", "mariadb")
    )


def _flagged(flag: str, *columns: str) -> list[str]:
    """Return the columns of an index of flagged rows, where it cannot leave out the others."""
    partial = op.get_context().dialect.name in {"sqlite", "postgresql"}
    return ["seller_no", *columns] if partial else ["seller_no", flag, *columns]


def upgrade() -> None:
    """Make the tables; where a crash can leave some of them behind, the next run makes the rest."""
    tables = context.config.attributes["tables"]
    prefix, schema = tables.prefix, tables.metadata.schema
    there = f"{schema}.{prefix}" if schema else prefix
    columns = sa.inspect(op.get_bind()).get_columns(f"{prefix}documents", schema=schema)
    if not any(column["name"] == "inbound_id" for column in columns):
        op.add_column(
            f"{prefix}documents", sa.Column("inbound_id", _text(255), nullable=True), schema=schema
        )
    op.create_table(
        f"{prefix}inbounds",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inbound_id", _text(255), nullable=False),
        sa.Column("warehouse", _text(255), nullable=False),
        sa.Column("expected_on", sa.Integer(), nullable=False),
        sa.Column("status", _text(32), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Integer(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{prefix}inbounds_version")),
        sa.CheckConstraint(
            "status IN ('announced', 'arrived', 'closed')", name=op.f(f"ck_{prefix}inbounds_status")
        ),
        sa.CheckConstraint(
            "pending = (status <> 'closed')", name=op.f(f"ck_{prefix}inbounds_pending")
        ),
        sa.CheckConstraint(
            "(arrived_at IS NULL) = (due_on IS NULL)", name=op.f(f"ck_{prefix}inbounds_arrived")
        ),
        sa.CheckConstraint(
            "NOT cancelled OR status = 'closed'", name=op.f(f"ck_{prefix}inbounds_cancelled")
        ),
        sa.PrimaryKeyConstraint("seller_no", "inbound_id", name=op.f(f"pk_{prefix}inbounds")),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index(
        f"ix_{prefix}inbounds_expected",
        f"{prefix}inbounds",
        ["seller_no", "expected_on", "inbound_id"],
        unique=False,
        schema=schema,
        if_not_exists=True,
    )
    op.create_index(
        f"ix_{prefix}inbounds_pending",
        f"{prefix}inbounds",
        _flagged("pending", "due_on"),
        unique=False,
        schema=schema,
        sqlite_where=sa.text("pending = 1"),
        postgresql_where=sa.text("pending"),
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}inbound_lines",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inbound_id", _text(255), nullable=False),
        sa.Column("sku", _text(255), nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=False),
        sa.Column("booked_in", sa.BigInteger(), nullable=False),
        sa.Column("outstanding", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "announced >= 0 AND booked_in >= 0 AND announced + booked_in > 0",
            name=op.f(f"ck_{prefix}inbound_lines_units"),
        ),
        sa.CheckConstraint(
            "NOT outstanding OR booked_in < announced",
            name=op.f(f"ck_{prefix}inbound_lines_outstanding"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_no", "inbound_id"],
            [f"{there}inbounds.seller_no", f"{there}inbounds.inbound_id"],
            name=op.f(f"fk_{prefix}inbound_lines_{prefix}inbounds"),
        ),
        sa.PrimaryKeyConstraint(
            "seller_no", "inbound_id", "sku", name=op.f(f"pk_{prefix}inbound_lines")
        ),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index(
        f"ix_{prefix}inbound_lines_outstanding",
        f"{prefix}inbound_lines",
        _flagged("outstanding", "sku"),
        unique=False,
        schema=schema,
        sqlite_where=sa.text("outstanding = 1"),
        postgresql_where=sa.text("outstanding"),
        if_not_exists=True,
    )
