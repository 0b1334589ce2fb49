"""Running the migrations that ship with the package, in a transaction of the store's own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from backorders.adapters.sql.migrating import version_table
from backorders.adapters.sql.schema import Tables


def upgrade(connection: Connection, tables: Tables, revision: str = "head") -> None:
    """Bring the tables up to a revision."""
    command.upgrade(configuration(connection, tables), revision)


def configuration(connection: Connection, tables: Tables) -> Config:
    """Return what Alembic needs to know to work on these tables and leave the host's alone."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["tables"] = tables
    config.attributes["version_table"] = version_table(tables).name
    return config
