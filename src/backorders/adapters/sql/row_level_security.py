"""A second wall between sellers: PostgreSQL shows a transaction the rows of one seller only.

It stands even where a query has lost its condition. Superusers and roles with BYPASSRLS see through
it: let the service log in as neither.
"""

from typing import Final

from sqlalchemy import Connection, text

from backorders.adapters.sql.schema import Tables

_POLICY: Final = "backorders_one_seller"
_EVENTS_POLICY: Final = "backorders_whose_events"
_SELLER: Final = "backorders.seller_id"
_EVERY: Final = "backorders.every_seller"
_SET: Final = text("SELECT set_config(:name, :value, true)")


def see_only(connection: Connection, seller_id: str) -> None:
    """Show this transaction one seller's rows."""
    connection.execute(_SET, {"name": _SELLER, "value": seller_id})


def see_every_seller(connection: Connection) -> None:
    """Show this transaction the list of sellers, and whose notices are to be seen to."""
    connection.execute(_SET, {"name": _EVERY, "value": "on"})


def put_up_wall(connection: Connection, tables: Tables) -> None:
    """Make the policies that are missing; the table's owner is held to them too."""
    quoted = connection.dialect.identifier_preparer
    sellers = quoted.format_table(tables.sellers)
    every = f"current_setting('{_EVERY}', true) = 'on'"
    its_own = f"seller_id = current_setting('{_SELLER}', true)"
    for table in tables.metadata.sorted_tables:
        name = quoted.format_table(table)
        if table is tables.sellers:
            rows = its_own
        else:
            rows = f"seller_no = (SELECT seller_no FROM {sellers} WHERE {its_own})"  # noqa: S608 - own names
        if table in {tables.sellers, tables.notes, tables.outbox, tables.inbounds}:
            rows = f"{rows} OR {every}"
        # A policy of its own: an older release has put up that of the journal without it.
        of_events = {tables.journal, tables.feeds, tables.subscribers, tables.stuck}
        if table in of_events and not _has_policy(
            connection, _EVENTS_POLICY, table.name, table.schema
        ):
            connection.exec_driver_sql(
                f"CREATE POLICY {_EVENTS_POLICY} ON {name} FOR SELECT USING ({every})"
            )
        if not _has_policy(connection, _POLICY, table.name, table.schema):
            connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            connection.exec_driver_sql(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            connection.exec_driver_sql(f"CREATE POLICY {_POLICY} ON {name} USING ({rows})")


def _has_policy(connection: Connection, policy: str, table: str, schema: str | None) -> bool:
    found = connection.execute(
        text(
            "SELECT 1 FROM pg_policies WHERE policyname = :policy AND tablename = :name "
            "AND schemaname = coalesce(:schema, current_schema())"
        ),
        {"policy": policy, "name": table, "schema": schema},
    )
    return found.first() is not None
