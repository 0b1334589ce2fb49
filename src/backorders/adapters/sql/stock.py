"""Levels, documents and movements in SQL."""

from collections.abc import Collection, Sequence

import attrs
from sqlalchemy import select

from backorders.adapters.sql.locks import Locks
from backorders.adapters.sql.rows import document_row, level_row, movement_row, to_document
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.session import Session
from backorders.domain.paging import LevelPlace
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import ReferenceId, Sku, WarehouseId


@attrs.frozen
class SqlStock:
    """Shelves of one seller; see the port for what each method promises."""

    _session: Session
    _locks: Locks

    def lock(self, skus: Sequence[Sku], *, to_draw: bool = False) -> Sequence[StockLevel]:
        found = self._locks.take(skus, to_draw=to_draw)
        levels = self.levels(skus) if found is None else _levels(found)
        if to_draw:
            self._locks.judge(skus, levels)
        return levels

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        if not skus:
            return []
        found = self._session.read(self._session.queries.levels, self._session.ids(skus))
        return _levels(found)

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        session = self._session
        c = session.tables.levels.c
        statement = select(c.warehouse, c.sku, c.on_hand, c.allocated, c.owed).where(
            c.seller_no == session.seller_no
        )
        if after is not None:
            statement = statement.where(session.engine.beyond((c.sku, c.warehouse), after))
        return _levels(session.read(statement.order_by(c.sku, c.warehouse).limit(limit)))

    def save(self, levels: Sequence[StockLevel]) -> None:
        self._locks.insist_on_having_alone()
        seller_no = self._session.seller_no
        rows = [level_row(seller_no, level) for level in levels]
        self._session.upsert(self._session.tables.levels, rows)

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        found = self._session.document(kind.value, reference)
        return None if found is None else to_document(kind, reference, found)

    def add_document(self, document: StockDocument) -> None:
        row = document_row(self._session.seller_no, document)
        self._session.insert(self._session.tables.documents, [row])

    def move(self, movements: Sequence[Movement]) -> None:
        seller_no = self._session.seller_no
        rows = [movement_row(seller_no, place, moved) for place, moved in enumerate(movements)]
        self._session.insert(self._session.tables.movements, rows)


def _levels(found: Found) -> list[StockLevel]:
    return [
        StockLevel(WarehouseId(warehouse), Sku(sku), on_hand, allocated, bool(owed))
        for warehouse, sku, on_hand, allocated, owed in found
    ]
