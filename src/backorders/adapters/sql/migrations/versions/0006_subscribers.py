"""Subscribers: positions in the journal, how far each has come, and what is stuck."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"


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
    """Make what is missing: a crash can leave some of it behind where each part is committed."""
    tables = context.config.attributes["tables"]
    prefix, schema = tables.prefix, tables.metadata.schema
    columns = sa.inspect(op.get_bind()).get_columns(f"{prefix}journal", schema=schema)
    if not any(column["name"] == "position" for column in columns):
        op.add_column(
            f"{prefix}journal", sa.Column("position", sa.BigInteger(), nullable=True), schema=schema
        )
    op.create_index(
        f"ix_{prefix}journal_position",
        f"{prefix}journal",
        ["seller_no", "position", "kind", "subject", "version", "place"],
        unique=False,
        schema=schema,
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}feeds",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("numbered", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", name=op.f(f"pk_{prefix}feeds")),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}subscribers",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", _text(64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("unsaid", sa.Integer(), nullable=False),
        sa.Column("problem", _long(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_no", "name", name=op.f(f"pk_{prefix}subscribers")),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}stuck",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", _text(64), nullable=False),
        sa.Column("kind", _text(32), nullable=False),
        sa.Column("subject", _text(255), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", _long(), nullable=False),
        sa.CheckConstraint(
            "(due_at IS NULL) = (failed_at IS NOT NULL)", name=op.f(f"ck_{prefix}stuck_due")
        ),
        sa.PrimaryKeyConstraint(
            "seller_no", "name", "kind", "subject", name=op.f(f"pk_{prefix}stuck")
        ),
        schema=schema,
        if_not_exists=True,
    )
    for column, custom in (("due_at", "due"), ("failed_at", "failed")):
        op.create_index(
            f"ix_{prefix}stuck_{custom}",
            f"{prefix}stuck",
            ["seller_no", "name", column],
            unique=False,
            schema=schema,
            if_not_exists=True,
        )
