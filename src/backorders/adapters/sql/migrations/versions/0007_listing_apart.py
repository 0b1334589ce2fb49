"""The index of all orders is for lists alone: PostgreSQL is to look up nothing else in it."""

import sqlalchemy as sa
from alembic import context, op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index anew, with a condition that every order meets."""
    if op.get_context().dialect.name != "postgresql":
        return
    tables = context.config.attributes["tables"]
    table, schema = f"{tables.prefix}orders", tables.metadata.schema
    op.drop_index(f"ix_{table}_listed", table, schema=schema)
    op.create_index(
        f"ix_{table}_listed",
        table,
        ["seller_no", "stage", "waiting", "placed_at", "order_id"],
        unique=False,
        schema=schema,
        postgresql_where=sa.text("stage IS NOT NULL"),
    )
