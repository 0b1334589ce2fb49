"""Northwind's books, brought into a store as they stood on their last day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import attrs

from backorders.adapters.cli import northwind
from backorders.adapters.cli.northwind import Product, SoldOrder
from backorders.adapters.sql import SqlStore
from backorders.application import Seller
from backorders.domain.order import Order
from backorders.usecases import despatch_order, process_order

_TOGETHER = 50
"""Orders that are changed in one transaction."""


class BooksClock:
    """The day that the books are at."""

    def __init__(self) -> None:
        self.now = datetime(1996, 7, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the midnight of the day."""
        return self.now


@attrs.frozen
class Books:
    """What the books hold."""

    products: Mapping[str, Product]
    shipped: Sequence[SoldOrder]
    """In the order in which they shipped."""
    open: Sequence[SoldOrder]
    """In the order in which they were placed."""

    @classmethod
    def read(cls) -> "Books":
        """Return the books."""
        orders = list(northwind.orders())
        shipped = [order for order in orders if order.shipped_at is not None]
        shipped.sort(key=lambda order: order.shipped_at or order.placed_at)
        still_open = [order for order in orders if order.shipped_at is None]
        return cls(northwind.products(), shipped, still_open)

    @property
    def last_day(self) -> datetime:
        """The day on which the books end."""
        return max(order.shipped_at or order.placed_at for order in (*self.shipped, *self.open))

    def sold(self, order: Order) -> SoldOrder:
        """Return what the books say of an open order, or of the one that it was split off from."""
        return next(sold for sold in self.open if sold.order_id == order.first_id)


def bring_in_history(
    books: Books, store: SqlStore, seller: Seller, clock: BooksClock, advance: Callable[[int], None]
) -> int:
    """Place, process and despatch all that has shipped; return how many units it took.

    The books do not say what was received when: what the orders needed is booked in beforehand.
    """
    needed: Counter[str] = Counter()
    for order in books.shipped:
        needed.update(order.units)
    by_placing = sorted(books.shipped, key=lambda order: (order.placed_at, order.order_id))
    clock.now = by_placing[0].placed_at - timedelta(days=1)
    seller.book_in("received 1996 to 1998", needed)
    for batch in _batches(by_placing):
        clock.now = batch[-1].placed_at
        seller.place_orders(order.request() for order in batch)
    for batch in _batches(books.shipped):
        # Many calls in one transaction, as a host service would make them: one commit for all.
        with (
            store.engine.begin() as connection,
            store.join(connection, seller.seller_id) as uow,
        ):
            for order in batch:
                now = order.shipped_at or clock.now
                process_order(order.order_id, uow=uow, now=now)
                despatch_order(order.order_id, uow=uow, now=now)
        advance(len(batch))
    return needed.total()


def bring_in_today(books: Books, seller: Seller, clock: BooksClock) -> Sequence[Order]:
    """Book in the stock of the last day, and place the orders that are still open."""
    clock.now = books.last_day
    in_stock = {p.sku: p.in_stock for p in books.products.values() if p.in_stock}
    seller.book_in("stock of the last day", in_stock)
    return seller.place_orders(order.request() for order in books.open)


def _batches(orders: Sequence[SoldOrder]) -> Iterator[Sequence[SoldOrder]]:
    for start in range(0, len(orders), _TOGETHER):
        yield orders[start : start + _TOGETHER]
