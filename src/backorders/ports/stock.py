"""What the use cases need from a store about shelves, and the papers that change them."""

from collections.abc import Collection, Sequence
from typing import Protocol

from backorders.domain.paging import LevelPlace
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.values import ReferenceId, Sku


class Stock(Protocol):
    """What is on the seller's shelves."""

    def lock(self, skus: Sequence[Sku], *, to_draw: bool = False) -> Sequence[StockLevel]:
        """Return all levels of the SKUs, and let nobody else decide about them until the end.

        `skus` come sorted. A SKU that was never stocked is locked too, and has no level. Raises
        `LostRace` where waiting might be for somebody who waits for what this has locked.

        `to_draw` says that units may be drawn and nothing else is decided. Where no unit is there
        to be drawn, others who want no more may then go on at the same time.
        """
        ...

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        """Return all levels of the SKUs, by SKU and warehouse, without locking them."""
        ...

    def listed(self, *, after: LevelPlace | None, limit: int) -> Sequence[StockLevel]:
        """Return the next of all levels, at most `limit`, by SKU and warehouse, after a place."""
        ...

    def save(self, levels: Sequence[StockLevel]) -> None:
        """Write levels, new ones and changed ones."""
        ...

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        """Return a receipt, count or adjustment as it was first handed in."""
        ...

    def add_document(self, document: StockDocument) -> None:
        """Store a receipt, count or adjustment. Raises `LostRace` when its id has been taken."""
        ...

    def move(self, movements: Sequence[Movement]) -> None:
        """Record units that came or went."""
        ...
