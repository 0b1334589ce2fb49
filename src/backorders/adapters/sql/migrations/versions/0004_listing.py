"""An index by which all orders are listed, by how far they have come and when they were placed."""

from alembic import context, op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the index; where a crash has left it behind, there is nothing to do."""
    tables = context.config.attributes["tables"]
    op.create_index(
        f"ix_{tables.prefix}orders_listed",
        f"{tables.prefix}orders",
        ["seller_no", "stage", "waiting", "placed_at", "order_id"],
        unique=False,
        schema=tables.metadata.schema,
        if_not_exists=True,
    )
