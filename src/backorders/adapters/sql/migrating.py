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

from backorders.adapters.sql.engines import Engine
from backorders.adapters.sql.schema import HEAD, Tables
from backorders.domain.errors import StoreUnusable

VERSION_TABLE: Final = "alembic_version"
"""What the table that holds the revision is called, after the store's prefix."""


def migrate(connection: Connection, tables: Tables, engine: Engine) -> None:
    """Make or update the tables, within the connection's transaction.

    Whoever comes second, after `engine.alone`, finds the work done. Raises `StoreUnusable` for
    tables of a newer release. Revisions are numbered, so that the later has the higher number.
    """
    version = version_table(tables)
    if inspect(connection).has_table(version.name, schema=version.schema):
        stamped = connection.execute(select(version.c.version_num)).scalar()
        if stamped == HEAD:
            return
        if stamped is not None and stamped > HEAD:
            raise StoreUnusable(
                f"the database was upgraded by a newer release (revision {stamped}, here it is "
                f"{HEAD}): use that release, or a backup from before"
            )
        if stamped is not None or engine.creates_whole:
            # Alembic takes a second to import: only an upgrade needs it.
            from backorders.adapters.sql.upgrading import upgrade  # noqa: PLC0415

            upgrade(connection, tables)
            return
    # Stamped last: where a crash can leave some of it behind, the next one makes the rest.
    tables.metadata.create_all(connection)
    if not engine.creates_whole:
        for table in tables.metadata.sorted_tables:
            for index in table.indexes:
                index.create(connection, checkfirst=True)
    version.create(connection, checkfirst=True)
    connection.execute(version.insert().values(version_num=HEAD))


def revision(connection: Connection, tables: Tables) -> str | None:
    """Return the revision of the tables that are there; `None`: there are none yet."""
    version = version_table(tables)
    if not inspect(connection).has_table(version.name, schema=version.schema):
        return None
    return connection.execute(select(version.c.version_num)).scalar()


class VersionColumns(TypedColumns):
    """As Alembic makes it."""

    version_num: Named[str] = Column(String(32), primary_key=True)


def version_table(tables: Tables) -> Table[VersionColumns]:
    """Return the table that holds the revision, which is the store's own and not the host's."""
    name = f"{tables.prefix}{VERSION_TABLE}"
    return Table(name, MetaData(schema=tables.metadata.schema), VersionColumns)
