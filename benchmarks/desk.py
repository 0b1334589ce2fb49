"""The library at work on the workload, through its public face."""

from collections.abc import Sequence

from sqlalchemy import text

from backorders import Backorders, OrderRequest
from backorders.adapters.sql import SqlStore
from backorders.ports.storage import Store
from benchmarks.workload import Placing, Workload

BATCH = 1000
"""Orders in a call of `place_orders`."""


class Desk:
    """One seller's desk, with what is on hand booked in."""

    def __init__(self, store: Store, load: Workload, *, waiting: bool = False) -> None:
        """Book in what is on hand; with `waiting`, place every order."""
        self._store = store
        self._seller = Backorders(store).seller("acme")
        self._load = load
        # Made beforehand, as the orders of the floors are.
        self._requests = [
            OrderRequest(order.order_id, order.lines, placed_at=order.placed_at)
            for order in load.orders
        ]
        self._seller.configure()
        on_hand = {sku: units for sku, units in load.on_hand.items() if units}
        if on_hand:
            self._seller.book_in("on hand", on_hand)
        if waiting:
            self.place_in_batches()
            self.analyse()

    def analyse(self) -> None:
        """Let the database, if there is one, count what is in its tables."""
        if isinstance(self._store, SqlStore):
            with self._store.engine.begin() as connection:
                connection.execute(text("ANALYZE"))

    def place_one_by_one(self, orders: Sequence[Placing] | None = None) -> None:
        """Place some or all orders, each in a call of its own."""
        for order in self._load.orders if orders is None else orders:
            self._seller.place_order(order.order_id, order.lines, placed_at=order.placed_at)

    def place_in_batches(self) -> None:
        """Place every order, a thousand in a call."""
        for first in range(0, len(self._requests), BATCH):
            self._seller.place_orders(self._requests[first : first + BATCH])

    def release(self, receipt_id: str, sku: str, units: int) -> int:
        """Book in a receipt; return how many orders it released, or gave something."""
        done = self._seller.book_in(receipt_id, {sku: units})
        return len(done.released) + len(done.gained)
