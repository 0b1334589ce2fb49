"""A long backlog in a SQLite file, made by the database itself in a second."""

from pathlib import Path

from sqlalchemy import create_engine

from backorders import Backorders
from backorders.adapters.sql import SqlStore


def copy_the_order(path: Path, copies: int) -> None:
    """Put further orders into the file, each like the first and placed a microsecond later."""
    store = SqlStore.from_url(f"sqlite:///{path}")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table in ("backorders_orders", "backorders_lines"):
            names = [column.name for column in store.metadata.tables[table].columns]
            made = {
                "order_id": "printf('O%07d', n)",
                "first_id": "printf('O%07d', n)",
                "placed_at": "placed_at + n",
            }
            picked = ", ".join(made.get(name, name) for name in names)
            connection.exec_driver_sql(
                "WITH RECURSIVE numbers(n) AS "  # noqa: S608 - made of the tables' own names
                f"(SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {copies}) "
                f"INSERT INTO {table} SELECT {picked} FROM {table}, numbers"
            )
    assert Backorders(store).seller("acme").verify() == ()
    engine.dispose()
    store.close()
