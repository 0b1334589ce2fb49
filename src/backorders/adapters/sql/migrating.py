"""The schema: made at once in an empty database, brought up to date by Alembic in an older one."""

from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Named,
    String,
    Table,
    TypedColumns,
    inspect,
    select,
)

from backorders.adapters.sql.schema import HEAD, Tables

VERSION_TABLE: Final = "alembic_version"
"""What the table that holds the revision is called, after the store's prefix."""


def migrate(connection: Connection, tables: Tables) -> None:
    """Make or update the tables, within the connection's transaction.

    Whoever comes second finds the work done: an engine that lets two in at once is locked first.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7242150191)")
    version = version_table(tables)
    found = inspect(connection)
    if found.has_table(version.name, schema=version.schema):
        if connection.execute(select(version.c.version_num)).scalar() != HEAD:
            # Alembic takes a second to import: only an upgrade needs it.
            from backorders.adapters.sql.upgrading import upgrade  # noqa: PLC0415

            upgrade(connection, tables)
        return
    tables.metadata.create_all(connection)
    version.create(connection)
    connection.execute(version.insert().values(version_num=HEAD))


class VersionColumns(TypedColumns):
    """As Alembic makes it."""

    version_num: Named[str] = Column(String(32), primary_key=True)


def version_table(tables: Tables) -> Table[VersionColumns]:
    """Return the table that holds the revision, which is the store's own and not the host's."""
    name = f"{tables.prefix}{VERSION_TABLE}"
    return Table(name, MetaData(schema=tables.metadata.schema), VersionColumns)
