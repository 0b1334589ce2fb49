"""What is to be written of orders that have changed: no more than what differs."""

from collections.abc import Iterable, Sequence

from backorders.adapters.sql.order_rows import (
    allocation_rows,
    held_rows,
    line_rows,
    order_row,
    served_line_row,
    served_order_row,
)
from backorders.adapters.sql.pending import Sets
from backorders.adapters.sql.rows import Row
from backorders.adapters.sql.schema import Tables
from backorders.adapters.sql.writes import Verb, Write
from backorders.domain.order import Order, OrderLine
from backorders.ports.storage import Saved


def differences(seller_no: int, tables: Tables, changed: Iterable[Saved]) -> Sets:
    """Return the sets of rows that bring the tables up to date.

    Nearly always an order merely gets units; of such a one, little is written.
    """
    orders: list[Row] = []
    served_orders: list[Row] = []
    served_lines: list[Row] = []
    lines = _Difference()
    allocations = _Difference()
    for stored, order in changed:
        if is_merely_served(stored, order):
            served_orders.append(served_order_row(seller_no, order))
            for old, new in zip(stored.lines, order.lines, strict=True):
                if new is not old and new != old:
                    served_lines.append(served_line_row(seller_no, order, new))
                    allocations.note(
                        held_rows(seller_no, stored, old), held_rows(seller_no, order, new), keys=4
                    )
        else:
            orders.append(order_row(seller_no, order))
            lines.note(line_rows(seller_no, stored), line_rows(seller_no, order), keys=3)
            allocations.note(
                allocation_rows(seller_no, stored), allocation_rows(seller_no, order), keys=4
            )
    return {
        Write(Verb.UPDATE, tables.orders.name): orders,
        Write(Verb.SERVE, tables.orders.name): served_orders,
        Write(Verb.DELETE, tables.allocations.name): allocations.gone,
        Write(Verb.DELETE, tables.lines.name): lines.gone,
        Write(Verb.UPSERT, tables.lines.name): lines.written,
        Write(Verb.SERVE, tables.lines.name): served_lines,
        Write(Verb.UPSERT, tables.allocations.name): allocations.written,
        Write(Verb.INSERT, tables.allocations.name): allocations.new,
    }


def is_merely_served(stored: Order, order: Order) -> bool:
    """Return whether nothing is different but the units that its lines hold."""
    return (
        stored.stage is order.stage
        and stored.claim is order.claim
        and stored.ship is order.ship
        and stored.priority == order.priority
        and stored.holds == order.holds
        and stored.warehouse == order.warehouse
        and stored.cancellation_requested == order.cancellation_requested
        and len(stored.lines) == len(order.lines)
        and all(map(_asks_the_same, stored.lines, order.lines))
    )


def _asks_the_same(old: OrderLine, new: OrderLine) -> bool:
    return new is old or (
        new.line_no == old.line_no and new.sku == old.sku and new.quantity == old.quantity
    )


class _Difference:
    """What is to be written and what is to go, of rows that begin with their keys."""

    def __init__(self) -> None:
        self.new: list[Row] = []
        self.written: list[Row] = []
        self.gone: list[Row] = []

    def note(self, old: Sequence[Row], new: Sequence[Row], *, keys: int) -> None:
        """Take in the rows of one order, as they were and as they are to be."""
        if not old:
            self.new += new
            return
        before = {row[:keys]: row for row in old}
        for row in new:
            if before.pop(row[:keys], None) != row:
                self.written.append(row)
        self.gone += before
