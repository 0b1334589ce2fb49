"""Going through all orders, by an index that has them by how far they have come, then by time."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, not_, select, union_all

from backorders.adapters.sql.columns import OrderColumns
from backorders.adapters.sql.engines import Engine
from backorders.adapters.sql.order_rows import NO_HOLDS
from backorders.adapters.sql.rows import to_instant
from backorders.adapters.sql.schema import Tables
from backorders.domain.order import OrderStatus, Stage
from backorders.domain.paging import Placed


def listed(
    tables: Tables,
    engine: Engine,
    seller_no: int,
    *,
    status: OrderStatus | None,
    newest_first: bool,
    after: Placed | None,
    limit: int,
) -> Select[int, str]:
    """Return the query for the next of a seller's orders: when each was placed, and its id.

    The first of each group come by the index, in their order; the first of those are what is asked.
    """
    c = tables.orders.c
    of_all: list[ColumnElement[bool]] = [c.seller_no == seller_no]
    if after is not None:
        than = (to_instant(after.placed_at), after.order_id)
        of_all.append(engine.beyond((c.placed_at, c.order_id), than, descending=newest_first))
    in_order = (
        (c.placed_at.desc(), c.order_id.desc()) if newest_first else (c.placed_at, c.order_id)
    )
    firsts = [
        select(c.placed_at, c.order_id)
        .where(*of_all, group)
        .order_by(*in_order)
        .limit(limit)
        .subquery()
        for group in _groups(c, status)
    ]
    found = union_all(*(select(first.c.placed_at, first.c.order_id) for first in firsts)).subquery()
    place = (found.c.placed_at, found.c.order_id)
    statement = select(*place).limit(limit)
    return statement.order_by(*(column.desc() for column in place) if newest_first else place)


def _groups(c: OrderColumns, status: OrderStatus | None) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of the groups that the index is in, as far as a status is in them."""

    def group(stage: Stage, *, waits: bool = False) -> ColumnElement[bool]:
        return and_(c.stage == stage.value, c.waiting if waits else not_(c.waiting))

    match status:
        case None:
            return [group(Stage.OPEN, waits=True), *map(group, Stage)]
        case OrderStatus.ON_BACK_ORDER:
            return [group(Stage.OPEN, waits=True)]
        case OrderStatus.ON_HOLD:
            return [and_(group(Stage.OPEN), c.holds != NO_HOLDS)]
        case OrderStatus.READY:
            return [and_(group(Stage.OPEN), c.holds == NO_HOLDS)]
        case _:
            return [group(Stage[status.name])]
