"""The shelves of one seller."""

from collections.abc import Collection, Sequence
from functools import partial
from heapq import nsmallest

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo, cut, put_back
from backorders.domain.errors import LostRace
from backorders.domain.paging import LevelPlace
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import ReferenceId, Sku


@attrs.frozen
class MemoryStock:
    """Shelves of one seller."""

    _seller: SellerData
    _undo: Undo

    def lock(self, skus: Sequence[Sku], *, to_draw: bool = False) -> Sequence[StockLevel]:
        del to_draw
        # The unit of work has the seller to itself.
        return self.levels(skus)

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        found = [self._seller.levels.get(sku, {}) for sku in sorted(set(skus))]
        return [levels[warehouse] for levels in found for warehouse in sorted(levels)]

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        every = (level for of_sku in self._seller.levels.values() for level in of_sku.values())
        beyond = (level for level in every if after is None or LevelPlace.of(level) > after)
        return nsmallest(limit, beyond, key=LevelPlace.of)

    def save(self, levels: Sequence[StockLevel]) -> None:
        known = self._seller.levels
        before = [(level, known.get(level.sku, {}).get(level.warehouse)) for level in levels]
        self._undo.append(partial(self._put_back, before))
        for level in levels:
            known.setdefault(level.sku, {})[level.warehouse] = level

    def _put_back(self, before: Sequence[tuple[StockLevel, StockLevel | None]]) -> None:
        for level, old in before:
            put_back(self._seller.levels[level.sku], level.warehouse, old)

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        return self._seller.documents.get((kind, reference))

    def add_document(self, document: StockDocument) -> None:
        key = (document.kind, document.reference)
        documents = self._seller.documents
        if key in documents:
            raise LostRace(f"{document.kind.value} {document.reference!r} came in meanwhile")
        documents[key] = document
        self._undo.append(partial(documents.pop, key))

    def move(self, movements: Sequence[Movement]) -> None:
        self._undo.append(partial(cut, self._seller.movements, len(self._seller.movements)))
        self._seller.movements.extend(movements)
