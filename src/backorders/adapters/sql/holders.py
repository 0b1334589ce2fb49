"""The statement that finds who holds units of some SKUs, and stands last in the queue."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import BigInteger, Select, String, bindparam, func, select, text, tuple_
from sqlalchemy.types import TypeEngine

from backorders.adapters.sql.engines import Columns, Engine
from backorders.adapters.sql.schema import Tables

_TYPES: Final[Mapping[str, TypeEngine[str] | TypeEngine[int]]] = {
    "sku": String(),
    "descending_priority": BigInteger(),
    "placed_at": BigInteger(),
    "first_id": String(),
    "order_id": String(),
}
_START: Final[Columns] = [
    (name, "text" if isinstance(kind, String) else "bigint") for name, kind in _TYPES.items()
]


def holders(tables: Tables, engine: Engine, *, there: bool) -> Select[str, str]:
    """Return the SKUs and ids of orders that hold units, by SKU, lowest rank first.

    `:rows` are the SKUs, each with the rank before which its holders stand. They are in a `:stage`,
    `:limit` of each SKU at most. With `there`, only units in a `:warehouse` count.
    """
    order, held = tables.orders.c, tables.allocations.c
    given = text(f"SELECT * FROM {engine.source(_START)} AS given")  # noqa: S608 - own names
    start = given.columns(**_TYPES).subquery("start").c
    rank = (order.descending_priority, order.placed_at, order.first_id, order.order_id)
    place = func.row_number().over(
        partition_by=start["sku"], order_by=[each.desc() for each in rank]
    )
    found = (
        select(start["sku"], order.order_id, place.label("place"))
        .where(
            held.seller_no == bindparam("seller_no"),
            held.sku == start["sku"],
            held.held,
            order.seller_no == held.seller_no,
            order.order_id == held.order_id,
            order.stage == bindparam("stage"),
            tuple_(*rank) < tuple_(*(start[each.name] for each in rank)),
        )
        # Once, however many lines and warehouses.
        .group_by(start["sku"], *rank)
    )
    if there:
        found = found.where(held.warehouse == bindparam("warehouse"))
    c = found.subquery("found").c
    limited = select(c["sku"], c["order_id"]).where(c["place"] <= bindparam("limit"))
    return limited.order_by(c["sku"], c["place"])
