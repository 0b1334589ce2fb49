"""Sums over the orders of one seller, by the database: no report reads every row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

import attrs
from sqlalchemy import (
    ColumnElement,
    Executable,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal,
    not_,
    or_,
    select,
)

from backorders.adapters.sql.rows import from_instant, rank_columns, to_instant, to_json
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.session import Session
from backorders.domain.explaining import Held
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import OrderStatus, Rank, ShipPolicy, Stage
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing, Times
from backorders.domain.values import OrderId, Sku

_NO_HOLDS: Final = "{}"
_SECOND: Final = 1_000_000
"""Microseconds."""
_Number = TypeVar("_Number", int, int | None)


@attrs.frozen
class SqlReports:
    """Sums over the orders of one seller; see the port for what each method promises."""

    _session: Session

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterator[Standing]:
        order, at = self._session.tables.orders.c, to_instant(now)
        orders = (
            select(
                case(
                    (order.stage != Stage.OPEN.value, order.stage),
                    (order.waiting, OrderStatus.ON_BACK_ORDER.value),
                    (order.holds != _NO_HOLDS, OrderStatus.ON_HOLD.value),
                    else_=OrderStatus.READY.value,
                ).label("status"),
                order.placed_at,
                order.lines_asked,
                order.lines_filled,
                order.units_asked,
                order.units_filled,
                case(
                    (order.back_order_since <= at, at - order.back_order_since),
                    (order.back_order_since > at, 0),
                ).label("waiting"),
                order.back_order_time.label("waited"),
            )
            .where(order.seller_no == self._session.seller_no, *self._but(order.order_id, without))
            .subquery()
        )
        c = orders.c
        statement = select(
            c.status,
            func.count(),
            func.min(c.placed_at),
            _number_of(c.lines_asked > 0),
            _number_of(and_(c.lines_asked > 0, c.lines_filled == c.lines_asked)),
            func.sum(c.lines_asked),
            func.sum(c.lines_filled),
            func.sum(c.units_asked),
            func.sum(c.units_filled),
            *_times(c.waiting),
            *_times(c.waited),
        ).group_by(c.status)
        for status, number, oldest, *figures in self._read(statement, without):
            # Sums come as a Decimal from some engines, and as nothing where there is none.
            sums = [int(figure or 0) for figure in figures]
            yield Standing(
                OrderStatus(status),
                number,
                FirstAsk(*sums[:6]),
                from_instant(oldest),
                _to_times(*sums[6:10]),
                _to_times(*sums[10:]),
            )

    def placed_by(
        self, instants: Sequence[datetime], *, without: Collection[OrderId] = ()
    ) -> Sequence[Backlog]:
        order, line = self._session.tables.orders.c, self._session.tables.lines.c
        mine, ends = self._session.seller_no, [to_instant(at) for at in instants]
        # Counted as the index of what waits is sorted, so that SQLite reads that and no order.
        counts = (
            select(
                func.count().label("every"),
                *(
                    _number_of(order.placed_at <= end).label(f"by_{n}")
                    for n, end in enumerate(ends)
                ),
            )
            .where(order.seller_no == mine, order.waiting, *self._but(order.order_id, without))
            .group_by(order.descending_priority)
            .subquery()
        )
        [orders] = self._read(select(*map(func.sum, counts.c)), without)
        short = line.quantity - line.allocated
        [units] = self._read(
            select(
                func.sum(short),
                *(func.sum(case((line.placed_at <= end, short), else_=0)) for end in ends),
            ).where(line.seller_no == mine, line.waiting, *self._but(line.order_id, without)),
            without,
        )
        return [Backlog(int(o or 0), int(u or 0)) for o, u in zip(orders, units, strict=True)]

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterator[Shortage]:
        lines = self._session.tables.lines
        line, first = lines.c, lines.alias().c
        mine = self._session.seller_no
        sums = (
            select(
                line.sku,
                func.sum(line.quantity - line.allocated).label("short"),
                func.count(distinct(line.order_id)).label("orders"),
                func.sum(line.quantity).label("waiting"),
                func.min(line.placed_at).label("oldest"),
            )
            .where(line.seller_no == mine, line.waiting, *self._but(line.order_id, without))
            .group_by(line.sku)
            .subquery()
        )
        found = sums.c
        statement = (
            select(*found, func.min(first.order_id))
            .where(
                first.seller_no == mine,
                first.waiting,
                first.sku == found.sku,
                first.placed_at == found.oldest,
                *self._but(first.order_id, without),
            )
            .group_by(*found)
        )
        for sku, short, orders, waiting, oldest, oldest_order in self._read(statement, without):
            yield Shortage(
                Sku(sku),
                int(short),
                orders,
                int(waiting),
                from_instant(oldest),
                OrderId(oldest_order),
            )

    def ahead(
        self, rank: Rank, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Backlog]:
        if not skus:
            return {}
        engine, c = self._session.engine, self._session.tables.lines.c
        place = (c.descending_priority, c.placed_at, c.first_id, c.order_id)
        statement = (
            select(c.sku, func.count(distinct(c.order_id)), func.sum(c.quantity - c.allocated))
            .where(
                c.seller_no == bindparam("seller_no"),
                c.waiting,
                engine.among(c.sku),
                engine.beyond(place, rank_columns(rank), descending=True),
                *self._but(c.order_id, without),
            )
            .group_by(c.sku)
        )
        found = self._read(statement, without, ids=skus)
        return {Sku(sku): Backlog(orders, int(units)) for sku, orders, units in found}

    def held(
        self, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Held]:
        if not skus:
            return {}
        tables, engine = self._session.tables, self._session.engine
        order, held = tables.orders.c, tables.allocations.c
        held_up = and_(
            order.stage == Stage.OPEN.value,
            or_(
                order.holds != _NO_HOLDS,
                and_(order.waiting, order.ship == ShipPolicy.COMPLETE.value),
            ),
        )
        statement = (
            select(
                held.sku, func.sum(held.quantity), func.sum(case((held_up, held.quantity), else_=0))
            )
            .join_from(
                tables.allocations,
                tables.orders,
                and_(order.seller_no == held.seller_no, order.order_id == held.order_id),
            )
            .where(
                held.seller_no == bindparam("seller_no"),
                held.held,
                engine.among(held.sku),
                *self._but(held.order_id, without),
            )
            .group_by(held.sku)
        )
        found = self._read(statement, without, ids=skus)
        return {Sku(sku): Held(int(units), int(cannot)) for sku, units, cannot in found}

    def first_asks(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, FirstAsk]:
        if not order_ids:
            return {}
        order = self._session.tables.orders.c
        statement = select(
            order.order_id,
            order.lines_asked,
            order.lines_filled,
            order.units_asked,
            order.units_filled,
        ).where(
            order.seller_no == bindparam("seller_no"),
            self._session.engine.among(order.order_id),
        )
        return {
            OrderId(order_id): FirstAsk(
                int(lines > 0), int(0 < lines == lines_filled), lines, lines_filled, *units
            )
            for order_id, lines, lines_filled, *units in self._read(statement, ids=order_ids)
        }

    def _but(
        self, order_id: ColumnElement[str], without: Collection[OrderId]
    ) -> list[ColumnElement[bool]]:
        """Return the condition that leaves orders out; none, when none are."""
        return [not_(self._session.engine.among(order_id, "without"))] if without else []

    def _read(
        self,
        statement: Executable,
        without: Collection[OrderId] = (),
        *,
        ids: Collection[str] = (),
    ) -> Found:
        parameters = self._session.ids(ids) if ids else {}
        if without:
            parameters["without"] = to_json(list(without))
        return self._session.read(statement, parameters)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _times(
    length: ColumnElement[_Number],
) -> tuple[ColumnElement[int] | ColumnElement[int | None], ...]:
    """Return what adds up lengths of time: SQLite's sums of microseconds might not fit.

    What is divided goes into it without rest: MariaDB would round, and not cut, what it divides.
    """
    rest = length % literal(_SECOND)
    return (
        func.count(length),
        func.sum((length - rest) // literal(_SECOND)),
        func.sum(rest),
        func.max(length),
    )


def _to_times(orders: int, seconds: int, microseconds: int, longest: int) -> Times:
    total = seconds * _SECOND + microseconds
    return Times(orders, total, timedelta(microseconds=longest))
