"""Announced deliveries and their lines in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import attrs
from sqlalchemy import ColumnElement, not_, or_, select

from backorders.adapters.sql.rows import Row, from_instant, to_instant
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.writes import Verb, Write
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, SellerId, Sku, WarehouseId
from backorders.ports.inbounds import Coming, Place


@attrs.frozen
class SqlInbounds:
    """Announced deliveries of one seller; see the port for what each method promises."""

    _session: Session

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        if not inbound_ids:
            return {}
        session = self._session
        found = session.read(session.queries.inbounds, session.ids(inbound_ids))
        heads = {InboundId(name): columns for name, *columns, _, _, _ in found}
        lines: dict[str, dict[Sku, int]] = {name: {} for name in heads}
        booked: dict[str, dict[Sku, int]] = {name: {} for name in heads}
        for name, *_, sku, announced, booked_in in found:
            if announced:
                lines[name][sku] = announced
            if booked_in:
                booked[name][sku] = booked_in
        return {
            name: _inbound(session.seller_id, name, lines[name], booked[name], *columns)
            for name, columns in heads.items()
        }

    def add(self, inbound: Inbound) -> None:
        seller_no, tables = self._session.seller_no, self._session.tables
        self._session.put(
            {
                Write(Verb.INSERT, tables.inbounds.name): [_row(seller_no, inbound)],
                Write(Verb.INSERT, tables.inbound_lines.name): _line_rows(seller_no, inbound),
            }
        )

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        seller_no, tables = self._session.seller_no, self._session.tables
        known = set(_line_rows(seller_no, stored))
        changed = [row for row in _line_rows(seller_no, inbound) if row not in known]
        self._session.put(
            {
                Write(Verb.UPDATE, tables.inbounds.name): [_row(seller_no, inbound)],
                Write(Verb.UPSERT, tables.inbound_lines.name): changed,
            }
        )

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        c = self._session.tables.inbounds.c
        conditions: list[ColumnElement[bool]] = [c.seller_no == self._session.seller_no]
        if status is not None:
            conditions.append(c.status == status.value)
        if overdue:
            # What has not arrived has no such day.
            conditions += [c.pending, c.due_on < today.toordinal()]
        elif overdue is not None:
            conditions.append(
                or_(not_(c.pending), c.due_on.is_(None), c.due_on >= today.toordinal())
            )
        place = (c.expected_on, c.inbound_id)
        if after is not None:
            than = (after.expected_on.toordinal(), after.inbound_id)
            conditions.append(self._session.engine.beyond(place, than))
        statement = select(c.inbound_id).where(*conditions).order_by(*place).limit(limit)
        ids = [InboundId(name) for (name,) in self._session.read(statement)]
        found = self.find(ids)
        return [found[name] for name in ids]

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        c = self._session.tables.inbounds.c
        overdue = (c.seller_no == self._session.seller_no, c.pending, c.due_on < today.toordinal())
        statement = select(c.inbound_id).where(*overdue, not_(c.overdue_told))
        found = self._session.read(statement.order_by(c.inbound_id).limit(limit))
        return list(self.find([InboundId(name) for (name,) in found]).values())

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        session = self._session
        if skus is None:
            found = session.read(session.queries.coming, {"seller_no": session.seller_no})
        else:
            found = session.read(session.queries.coming_of, session.ids(skus))
        return [
            Coming(InboundId(name), date.fromordinal(expected_on), _day(due_on))
            for name, expected_on, due_on in found
        ]

    def outstanding(self) -> Mapping[Sku, int]:
        session = self._session
        found = session.read(session.queries.outstanding, {"seller_no": session.seller_no})
        return {Sku(sku): int(units) for sku, units in found}


def _row(seller_no: int, inbound: Inbound) -> Row:
    return (
        seller_no,
        inbound.inbound_id,
        inbound.warehouse,
        inbound.expected_on.toordinal(),
        inbound.status.value,
        None if inbound.arrived_at is None else to_instant(inbound.arrived_at),
        None if inbound.due_on is None else inbound.due_on.toordinal(),
        inbound.cancelled,
        inbound.overdue_told,
        inbound.version,
        inbound.status is not InboundStatus.CLOSED,
    )


def _line_rows(seller_no: int, inbound: Inbound) -> list[Row]:
    outstanding = inbound.outstanding
    return [
        (
            seller_no,
            inbound.inbound_id,
            sku,
            inbound.lines.get(sku, 0),
            inbound.booked_in.get(sku, 0),
            sku in outstanding,
        )
        for sku in sorted(inbound.lines.keys() | inbound.booked_in.keys())
    ]


def _inbound(  # noqa: PLR0917 - one for each column, in their order
    seller_id: SellerId,
    inbound_id: InboundId,
    lines: Mapping[Sku, int],
    booked_in: Mapping[Sku, int],
    warehouse: str,
    expected_on: int,
    status: str,
    arrived_at: int | None,
    due_on: int | None,
    cancelled: bool,  # noqa: FBT001 - a column
    overdue_told: bool,  # noqa: FBT001 - a column
    version: int,
) -> Inbound:
    return Inbound(
        seller_id=seller_id,
        inbound_id=inbound_id,
        warehouse=WarehouseId(warehouse),
        lines=lines,
        expected_on=date.fromordinal(expected_on),
        status=InboundStatus(status),
        arrived_at=None if arrived_at is None else from_instant(arrived_at),
        due_on=_day(due_on),
        booked_in=booked_in,
        cancelled=bool(cancelled),
        overdue_told=bool(overdue_told),
        version=version,
    )


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
