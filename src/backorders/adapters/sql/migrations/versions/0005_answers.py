"""Answers that are given to many orders at once, and what came of them."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import mysql

revision = "0005"
down_revision = "0004"


def _text(length: int) -> sa.types.TypeEngine[str]:
    binary = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_nopad_bin")
    return (
        sa.String(length)
        .with_variant(sa.String(length, collation="C"), "postgresql")
        .with_variant(binary, "mysql", "mariadb")
    )


def upgrade() -> None:
    """Make the tables; where a crash can leave some of them behind, the next run makes the rest."""
    tables = context.config.attributes["tables"]
    prefix, schema = tables.prefix, tables.metadata.schema
    there = f"{schema}.{prefix}" if schema else prefix
    op.create_table(
        f"{prefix}answers",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer_key", _text(255), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", _text(64), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{prefix}answers_version")),
        sa.CheckConstraint(
            "answered BETWEEN 0 AND orders", name=op.f(f"ck_{prefix}answers_answered")
        ),
        sa.PrimaryKeyConstraint("seller_no", "answer_key", name=op.f(f"pk_{prefix}answers")),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        f"{prefix}answered",
        sa.Column("seller_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer_key", _text(255), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _text(255), nullable=False),
        sa.Column("outcome", _text(32), nullable=True),
        sa.Column("created", _text(255), nullable=True),
        sa.Column(
            "error",
            sa.Text().with_variant(mysql.LONGTEXT(charset="utf8mb4"), "mysql", "mariadb"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'refused', 'unchanged')",
            name=op.f(f"ck_{prefix}answered_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_no", "answer_key"],
            [f"{there}answers.seller_no", f"{there}answers.answer_key"],
            name=op.f(f"fk_{prefix}answered_{prefix}answers"),
        ),
        sa.PrimaryKeyConstraint(
            "seller_no", "answer_key", "place", name=op.f(f"pk_{prefix}answered")
        ),
        schema=schema,
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
