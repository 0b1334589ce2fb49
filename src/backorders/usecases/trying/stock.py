"""Shelves as they are tried, over those that are stored."""

from collections.abc import Collection, Sequence

from backorders.domain.errors import LostRace
from backorders.domain.paging import LevelPlace
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import ReferenceId, Sku, WarehouseId
from backorders.ports.stock import Stock
from backorders.usecases.trying.merging import uncovered


class TriedStock:
    """Levels, papers and movements in memory, over what is below; see the port."""

    def __init__(self, base: Stock) -> None:
        self._base = base
        self._levels: dict[Sku, dict[WarehouseId, StockLevel]] = {}
        self._documents: dict[tuple[StockChange, ReferenceId], StockDocument] = {}
        self.saved: dict[tuple[WarehouseId, Sku], StockLevel] = {}
        """The levels that are not as they are below."""
        self.movements: list[Movement] = []

    def lock(self, skus: Sequence[Sku], *, to_draw: bool = False) -> Sequence[StockLevel]:
        """Return all levels of the SKUs: nobody else decides about anything here."""
        del to_draw
        return self.levels(skus)

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        """Return all levels of the SKUs, by SKU and warehouse."""
        self._read(skus)
        found = [self._levels[sku] for sku in sorted(set(skus))]
        return [levels[warehouse] for levels in found for warehouse in sorted(levels)]

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        """Return the next of all levels, by SKU and warehouse, after a place."""

        def read(start: LevelPlace | None, page: int) -> Sequence[StockLevel]:
            return self._base.listed(after=start, limit=page)

        saved = self.saved
        below = uncovered(
            read,
            after,
            limit,
            is_covered=lambda level: (level.warehouse, level.sku) in saved,
            place=LevelPlace.of,
        )
        own = [level for level in saved.values() if after is None or LevelPlace.of(level) > after]
        return sorted([*below, *own], key=LevelPlace.of)[:limit]

    def save(self, levels: Sequence[StockLevel]) -> None:
        """Keep levels, new ones and changed ones."""
        self._read({level.sku for level in levels})
        for level in levels:
            self._levels[level.sku][level.warehouse] = level
            self.saved[level.warehouse, level.sku] = level

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        """Return a receipt, count or adjustment as it was first handed in."""
        return self._documents.get((kind, reference)) or self._base.document(kind, reference)

    def add_document(self, document: StockDocument) -> None:
        """Keep a receipt, count or adjustment."""
        if self.document(document.kind, document.reference) is not None:
            raise LostRace(f"{document.kind.value} {document.reference!r} is there already")
        self._documents[document.kind, document.reference] = document

    def move(self, movements: Sequence[Movement]) -> None:
        """Record units that came or went."""
        self.movements.extend(movements)

    def write(self, base: Stock) -> None:
        """Write all of it into other shelves."""
        for document in self._documents.values():
            base.add_document(document)
        if self.saved:
            base.save(list(self.saved.values()))
        if self.movements:
            base.move(self.movements)

    def _read(self, skus: Collection[Sku]) -> None:
        unread = {sku for sku in skus if sku not in self._levels}
        if unread:
            for sku in unread:
                self._levels[sku] = {}
            for level in self._base.levels(sorted(unread)):
                self._levels[level.sku][level.warehouse] = level
