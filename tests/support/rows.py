"""What a store holds, byte for byte."""

from sqlalchemy import select

from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.ports.storage import Store


def rows_of(store: Store) -> object:
    """Return everything that a store holds, of all sellers, in a form that compares."""
    if isinstance(store, MemoryStore):
        # Whoever only looked around has nothing.
        return {key: repr(seller) for key, seller in store._sellers.items() if seller.is_known}
    assert isinstance(store, SqlStore)
    with store.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in store.metadata.sorted_tables
        }
