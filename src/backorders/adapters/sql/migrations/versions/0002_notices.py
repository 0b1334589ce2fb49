"""Notices: users, what the next digest is to list, how far digests have come, and the outbox."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import mysql

revision = "0002"
down_revision = "0001"


def _text(length: int) -> sa.types.TypeEngine[str]:
    binary = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_nopad_bin")
    return (
        sa.String(length)
        .with_variant(sa.String(length, collation="C"), "postgresql")
        .with_variant(binary, "mysql", "mariadb")
    )


def _long() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(mysql.LONGTEXT(charset="utf8mb4"), "mysql", "mariadb")


def upgrade() -> None:
    """Make the tables for notices: those that are missing, where a crash has left some behind."""
    tables = context.config.attributes["tables"]
    prefix, schema = tables.prefix, tables.metadata.schema
    op.create_table(
        f"{prefix}digests",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", name=op.f(f"pk_{prefix}digests")),
        schema=schema,
        if_not_exists=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        f"{prefix}notes",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _text(255), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("products", _long(), nullable=False),
        sa.Column("more_products", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", "order_id", "version", name=op.f(f"pk_{prefix}notes")),
        schema=schema,
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}outbox",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", _text(32), nullable=False),
        sa.Column("user_id", _text(255), nullable=False),
        sa.Column("kind", _text(32), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", _long(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", _long(), nullable=False),
        sa.CheckConstraint(
            "(due_at IS NULL) = (failed_at IS NOT NULL)", name=op.f(f"ck_{prefix}outbox_due")
        ),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{prefix}outbox_version")),
        sa.PrimaryKeyConstraint("seller_no", "message_id", name=op.f(f"pk_{prefix}outbox")),
        schema=schema,
        if_not_exists=True,
    )
    for column, custom in (("due_at", "due"), ("failed_at", "failed")):
        op.create_index(
            f"ix_{prefix}outbox_{custom}",
            f"{prefix}outbox",
            [column, "message_id"],
            unique=False,
            schema=schema,
            if_not_exists=True,
            sqlite_where=sa.text(f"{column} IS NOT NULL"),
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_table(
        f"{prefix}users",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", _text(255), nullable=False),
        sa.Column("email", _text(255), nullable=False),
        sa.Column("opted_in", _text(255), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", "user_id", name=op.f(f"pk_{prefix}users")),
        schema=schema,
        if_not_exists=True,
        sqlite_with_rowid=False,
    )
