"""What Alembic runs for each migration: always on the connection that the store hands over."""

from alembic import context

_attributes = context.config.attributes
_tables = _attributes["tables"]

context.configure(
    connection=_attributes["connection"],
    target_metadata=_tables.metadata,
    version_table=_attributes["version_table"],
    version_table_schema=_tables.metadata.schema,
    include_name=lambda name, kind, _parents: (
        kind != "table" or (name or "").startswith(_tables.prefix)
    ),
    include_schemas=_tables.metadata.schema is not None,
    # SQLite cannot alter a table in place.
    render_as_batch=True,
    # The connection is in the store's transaction already.
    transactional_ddl=False,
    tables=_tables,
)
context.run_migrations()
