"""Orders, lines and allocations in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import attrs
from sqlalchemy import Column, ColumnElement, and_, select

from backorders.adapters.sql.columns import LineColumns, OrderColumns
from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.listing import listed
from backorders.adapters.sql.order_rows import (
    CLAIM,
    allocation_rows,
    line_rows,
    new_order_row,
    to_orders,
)
from backorders.adapters.sql.rows import LAST, from_instant, rank_columns, to_instant, to_json
from backorders.adapters.sql.saving import differences
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.writes import Verb, Write
from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.paging import Placed
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Saved


@attrs.frozen
class SqlOrders:
    """Orders of one seller; see the port for what each method promises."""

    _session: Session

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        if not order_ids:
            return {}
        session = self._session
        found = session.read(session.queries.whole_orders, session.ids(order_ids))
        return to_orders(session.seller_id, found)

    def contents(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, str]:
        if not order_ids:
            return {}
        found = self._session.contents(order_ids)
        return {OrderId(order_id): content for order_id, content in found.items()}

    def add(self, new: Sequence[NewOrder]) -> None:
        seller_no, tables = self._session.seller_no, self._session.tables
        self._session.put(
            {
                Write(Verb.INSERT, tables.orders.name): [
                    new_order_row(seller_no, order, content) for order, content in new
                ],
                Write(Verb.INSERT, tables.lines.name): [
                    row for order, _ in new for row in line_rows(seller_no, order)
                ],
                Write(Verb.INSERT, tables.allocations.name): [
                    row for order, _ in new for row in allocation_rows(seller_no, order)
                ],
            }
        )

    def save(self, changed: Sequence[Saved]) -> None:
        """Write what differs: one statement for each table and kind of difference."""
        self._session.put(differences(self._session.seller_no, self._session.tables, changed))

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        starts = [(sku, *rank_columns(rank)) for sku, rank in after.items()]
        common: Parameters = {"seller_no": self._session.seller_no, "limit": limit}
        found: dict[Sku, list[WaitingLine]] = {}
        for statement, parameters in self._session.statements.waiting(starts) if starts else ():
            for (
                priority,
                placed_at,
                first_id,
                order_id,
                sku,
                warehouse,
                claim,
                quantity,
                allocated,
            ) in self._session.read(statement, {**parameters, **common}):
                rank = Rank(priority, from_instant(placed_at), OrderId(first_id), OrderId(order_id))
                found.setdefault(Sku(sku), []).append(
                    WaitingLine(rank, warehouse, CLAIM[claim], quantity - allocated)
                )
        return found

    def backlog(self) -> Iterator[WaitingOrder]:
        tables, seller_no = self._session.tables, self._session.seller_no
        order, line = tables.orders.c, tables.lines.c
        statement = (
            select(*_rank(order), order.warehouse, order.claim, line.sku, _shortage(line))
            .join_from(
                tables.orders,
                tables.lines,
                and_(line.seller_no == order.seller_no, line.order_id == order.order_id),
            )
            .where(order.seller_no == seller_no, order.waiting, line.waiting)
            .order_by(*_rank(order))
        )
        rows = self._session.stream(statement, {})
        for columns, lines in groupby(rows, itemgetter(0, 1, 2, 3, 4, 5)):
            priority, placed_at, first_id, order_id, warehouse, claim = columns
            lacks: dict[Sku, int] = {}
            for *_, sku, short in lines:
                lacks[sku] = lacks.get(sku, 0) + short
            rank = Rank(priority, from_instant(placed_at), OrderId(first_id), OrderId(order_id))
            yield WaitingOrder(rank, warehouse, CLAIM[claim], lacks)

    def waiting_skus(self) -> Collection[Sku]:
        c = self._session.tables.lines.c
        found = self._session.read(
            select(c.sku).where(c.seller_no == self._session.seller_no, c.waiting).distinct()
        )
        return [Sku(sku) for (sku,) in found]

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        if not before:
            return {}
        session = self._session
        starts = [(sku, *(rank_columns(rank) if rank else LAST)) for sku, rank in before.items()]
        given: Parameters = {"rows": to_json(starts), "limit": limit, "stage": stage.value}
        given |= {"seller_no": session.seller_no, "warehouse": warehouse}
        statements = session.statements
        statement = statements.holders if warehouse is None else statements.holders_there
        found = session.read(statement, given)
        orders = self.find({OrderId(order_id) for _, order_id in found})
        held: dict[Sku, list[Order]] = {sku: [] for sku in before}
        for sku, order_id in found:
            held[Sku(sku)].append(orders[order_id])
        return held

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        tables, seller_no = self._session.tables, self._session.seller_no
        # Both tables have the rank columns, and an index of what waits.
        c = tables.orders.c if sku is None else tables.lines.c
        conditions: list[ColumnElement[bool]] = [c.seller_no == seller_no, c.waiting]
        if sku is not None:
            conditions.append(tables.lines.c.sku == sku)
        if placed_before is not None:
            conditions.append(c.placed_at < to_instant(placed_before))
        if after is not None:
            conditions.append(self._session.engine.beyond(_rank(c), rank_columns(after)))
        statement = select(*_rank(c)).where(*conditions).order_by(*_rank(c)).limit(limit)
        # An order may lack a SKU on several lines; among orders it would only keep SQLite from
        # reading the index in its order.
        ranks = self._session.read(statement if sku is None else statement.distinct())
        found = self.find([order_id for *_, order_id in ranks])
        return [found[order_id] for *_, order_id in ranks]

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        session = self._session
        statement = listed(
            session.tables,
            session.engine,
            session.seller_no,
            status=status,
            newest_first=newest_first,
            after=after,
            limit=limit,
        )
        ids = [OrderId(order_id) for _, order_id in session.read(statement)]
        found = self.find(ids)
        return [found[order_id] for order_id in ids]

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        c = self._session.tables.orders.c
        found = self._session.read(
            select(c.order_id)
            .where(
                c.seller_no == self._session.seller_no,
                c.hold_ends_at <= to_instant(now),
                c.stage == Stage.OPEN.value,
            )
            .order_by(c.order_id)
        )
        return [OrderId(order_id) for (order_id,) in found]


def _rank(c: OrderColumns | LineColumns) -> tuple[Column[int] | Column[str], ...]:
    return (c.descending_priority, c.placed_at, c.first_id, c.order_id)


def _shortage(c: LineColumns) -> ColumnElement[int]:
    return c.quantity - c.allocated
