"""Sums over the stored rows, by the database."""

from collections.abc import Iterator

import attrs
from sqlalchemy import and_, func, literal, select, union_all

from backorders.adapters.sql.session import Session
from backorders.domain.order import Stage
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit


@attrs.frozen
class SqlAudit:
    """Sums over one seller's rows; see the port for what each method promises."""

    _session: Session

    def levels(self) -> Iterator[LevelAudit]:
        tables, seller_no = self._session.tables, self._session.seller_no
        level, held, moved = tables.levels.c, tables.allocations.c, tables.movements.c
        order = tables.orders.c
        zero = literal(0)
        figures = union_all(
            select(
                level.warehouse,
                level.sku,
                level.on_hand,
                level.allocated,
                zero.label("allocations"),
                zero.label("movements"),
            ).where(level.seller_no == seller_no),
            # By the stage of its order, and not by the flag that the index has of it.
            select(held.warehouse, held.sku, zero, zero, held.quantity, zero)
            .join_from(
                tables.allocations,
                tables.orders,
                and_(order.seller_no == held.seller_no, order.order_id == held.order_id),
            )
            .where(
                held.seller_no == seller_no,
                order.stage.in_([Stage.OPEN.value, Stage.PROCESSED.value]),
            ),
            select(moved.warehouse, moved.sku, zero, zero, zero, moved.quantity).where(
                moved.seller_no == seller_no
            ),
        ).subquery()
        c = figures.c
        sums = [func.sum(c[name]) for name in ("on_hand", "allocated", "allocations", "movements")]
        for warehouse, sku, *units in self._session.read(
            select(c.warehouse, c.sku, *sums).group_by(c.warehouse, c.sku)
        ):
            yield LevelAudit(WarehouseId(warehouse), Sku(sku), *map(int, units))

    def lines(self) -> Iterator[LineAudit]:
        tables = self._session.tables
        order, line, held = tables.orders.c, tables.lines.c, tables.allocations.c
        listed = and_(
            line.waiting,
            line.descending_priority == order.descending_priority,
            line.placed_at == order.placed_at,
            line.first_id == order.first_id,
        )
        statement = (
            select(
                line.order_id,
                line.line_no,
                order.stage,
                line.quantity,
                line.allocated,
                func.coalesce(func.sum(held.quantity), 0),
                listed,
            )
            .join_from(
                tables.lines,
                tables.orders,
                and_(order.seller_no == line.seller_no, order.order_id == line.order_id),
            )
            .outerjoin(
                tables.allocations,
                and_(
                    held.seller_no == line.seller_no,
                    held.order_id == line.order_id,
                    held.line_no == line.line_no,
                ),
            )
            .where(line.seller_no == self._session.seller_no)
            .group_by(
                line.seller_no,
                line.order_id,
                line.line_no,
                order.stage,
                line.quantity,
                line.allocated,
                listed,
            )
        )
        for order_id, line_no, stage, *units, is_listed in self._session.read(statement):
            quantity, allocated, allocations = map(int, units)
            yield LineAudit(
                OrderId(order_id),
                line_no,
                Stage(stage),
                quantity,
                allocated,
                allocations,
                bool(is_listed),
            )
