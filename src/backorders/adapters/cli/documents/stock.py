"""Stock and what changed it, as documents."""

from collections.abc import Sequence
from typing import TypedDict

from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.stock import StockLevel


class LevelDocument(TypedDict):
    """The units of one SKU in one warehouse."""

    sku: str
    warehouse: str
    on_hand: int
    allocated: int
    available: int


class LevelsDocument(TypedDict):
    """Some stock levels of a longer list; `next` is what --after takes for more, or null."""

    levels: list[LevelDocument]
    next: str | None


class ReprocessedDocument(TypedDict):
    """What one command changed for waiting orders: their ids, in rank order."""

    released: list[str]
    gained: list[str]
    lost: list[str]


class StockChangedDocument(TypedDict):
    """What a receipt, count or adjustment changed for waiting orders.

    `repeated`: the same had been handed in before under this id, so nothing was done.
    """

    id: str
    warehouse: str
    released: list[str]
    gained: list[str]
    lost: list[str]
    repeated: bool


def of_levels(levels: Sequence[StockLevel], after: str | None = None) -> LevelsDocument:
    """Return stock levels as a document."""
    return {"levels": [_of_level(level) for level in levels], "next": after}


def of_reprocessed(done: Reprocessed) -> ReprocessedDocument:
    """Return what was reprocessed as a document."""
    return {
        "released": list(done.released),
        "gained": list(done.gained),
        "lost": list(done.lost),
    }


def of_stock_change(
    reference: str, warehouse: str, done: BookedIn | Reprocessed
) -> StockChangedDocument:
    """Return what a paper changed as a document."""
    return {
        "id": reference,
        "warehouse": warehouse,
        "released": list(done.released),
        "gained": list(done.gained),
        "lost": list(done.lost) if isinstance(done, Reprocessed) else [],
        "repeated": done.repeated,
    }


def _of_level(level: StockLevel) -> LevelDocument:
    return {
        "sku": level.sku,
        "warehouse": level.warehouse,
        "on_hand": level.on_hand,
        "allocated": level.allocated,
        "available": level.available,
    }
