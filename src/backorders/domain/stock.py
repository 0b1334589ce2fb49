"""What stands on a shelf, and what changed it."""

import enum
from collections.abc import Mapping
from datetime import datetime

import attrs

from backorders.domain.errors import InvalidValue
from backorders.domain.values import InboundId, ReferenceId, Sku, WarehouseId


@attrs.frozen
class StockLevel:
    """The units of one SKU in one warehouse: `0 <= allocated <= on_hand`, always (law 1)."""

    warehouse: WarehouseId
    sku: Sku
    on_hand: int
    """Units physically on the shelf."""
    allocated: int = 0
    """The part of them that is pinned to order lines."""
    owed: bool = False
    """Whether what is available is still to be given to the backlog: only in its order may it be
    taken. So it is while a long backlog is reprocessed in several commits.
    """

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.allocated <= self.on_hand:
            raise InvalidValue("allocated", f"must be from 0 to what is on hand, in {self}")

    @property
    def available(self) -> int:
        """Units that an order could still have."""
        return self.on_hand - self.allocated


class StockChange(enum.Enum):
    """The kinds of paper that change what is on hand; each has ids of its own (law 18)."""

    RECEIPT = "receipt"
    COUNT = "count"
    ADJUSTMENT = "adjustment"


class MovementKind(enum.Enum):
    """Why units came or went."""

    RECEIPT = "receipt"
    COUNT = "count"
    ADJUSTMENT = "adjustment"
    DESPATCH = "despatch"


@attrs.frozen
class Movement:
    """Units that came or went; what is on hand is the sum of a level's movements (law 2)."""

    kind: MovementKind
    reference: str
    """The receipt, count, adjustment or order that moved them."""
    warehouse: WarehouseId
    sku: Sku
    quantity: int
    """Units that came, or, negative, went; never 0."""
    at: datetime


def _copied(lines: Mapping[Sku, int]) -> Mapping[Sku, int]:
    return dict(lines)


@attrs.frozen
class StockDocument:
    """A receipt, count or adjustment as it was first handed in, for knowing it again (law 18)."""

    kind: StockChange
    reference: ReferenceId
    warehouse: WarehouseId
    lines: Mapping[Sku, int] = attrs.field(converter=_copied)
    """SKU → units: received, counted, or changed by."""
    at: datetime
    reason: str = ""
    inbound: InboundId | None = None
    """The announced delivery that a receipt is of."""

    def is_repeated_by(self, other: "StockDocument") -> bool:
        """Return whether `other` has the same content; reason and hour are none."""
        content = (self.warehouse, self.lines, self.inbound)
        return content == (other.warehouse, other.lines, other.inbound)
