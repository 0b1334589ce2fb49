"""Whether what is stored is sound: laws 1, 2 and 4, recomputed from the rows."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from backorders.domain.order import Stage
from backorders.domain.values import OrderId, Sku, WarehouseId


@attrs.frozen
class Discrepancy:
    """Something that should hold and does not."""

    law: int
    """The number of the law that is broken."""
    subject: str
    """The level or line that breaks it."""
    expected: str
    found: str


class LevelAudit(NamedTuple):
    """A level as stored, beside the sums that it must equal."""

    warehouse: WarehouseId
    sku: Sku
    on_hand: int
    allocated: int
    allocations: int
    """Sum of the allocations of open and processed orders on it."""
    movements: int
    """Sum of its movements."""


class LineAudit(NamedTuple):
    """A line as stored, beside the sum that it must equal."""

    order_id: OrderId
    line_no: int
    stage: Stage
    quantity: int
    allocated: int
    """As the line itself says."""
    allocations: int
    """Sum of its allocations."""
    listed: bool
    """Whether the backlog lists it, in the place that its order's rank gives it."""


def discrepancies(
    levels: Iterable[LevelAudit], lines: Iterable[LineAudit]
) -> Iterator[Discrepancy]:
    """Yield what is wrong with the levels, then with the lines; nothing when all is sound."""
    for level in levels:
        subject = f"level of {level.sku!r} in {level.warehouse!r}"
        if not 0 <= level.allocated <= level.on_hand:
            found = f"{level.allocated} allocated of {level.on_hand}"
            yield Discrepancy(1, subject, "0 <= allocated <= on hand", found)
        if level.allocated != level.allocations:
            expected = f"{level.allocations} allocated, the sum of its allocations"
            yield Discrepancy(2, subject, expected, f"{level.allocated}")
        if level.on_hand != level.movements:
            expected = f"{level.movements} on hand, the sum of its movements"
            yield Discrepancy(2, subject, expected, f"{level.on_hand}")
    for line in lines:
        subject = f"line {line.line_no} of order {line.order_id!r}"
        if not 0 <= line.allocations <= line.quantity:
            found = f"{line.allocations} allocated of {line.quantity}"
            yield Discrepancy(4, subject, "0 <= allocated <= quantity", found)
        if line.allocated != line.allocations:
            expected = f"{line.allocations} allocated, the sum of its allocations"
            yield Discrepancy(4, subject, expected, f"{line.allocated}")
        waits = line.stage is Stage.OPEN and line.allocations < line.quantity
        if line.listed != waits:
            expected = "in the backlog" if waits else "not in the backlog"
            yield Discrepancy(4, subject, expected, "in it" if line.listed else "not in it")
