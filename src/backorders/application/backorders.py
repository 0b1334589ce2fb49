"""The library over a store, for all sellers."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from backorders.application.seller import Seller
from backorders.domain import values
from backorders.domain.values import OrderId, SellerId
from backorders.ports.clock import Clock, utc_now
from backorders.ports.pause import Pause, pause_by_chance
from backorders.ports.storage import Store


class Backorders:
    """The library over a store.

    `clock` returns an aware datetime and is asked once for each call. `pause` waits before a call
    that lost a race is repeated.
    """

    def __init__(
        self, store: Store, *, clock: Clock = utc_now, pause: Pause = pause_by_chance
    ) -> None:
        self._store = store
        self._clock = clock
        self._pause = pause

    def seller(self, seller_id: str) -> Seller:
        """Return the face of one seller, who need not exist yet; nothing crosses to another."""
        return Seller(self._store, values.seller_id(seller_id), self._clock, self._pause)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        return self._store.sellers()

    def release_due_holds(self) -> tuple[tuple[SellerId, OrderId], ...]:
        """Clear away all holds that have run out; return (seller, order) for each order, sorted."""
        return self._for_each(lambda seller: seller.release_due_holds())

    def cancel_expired(self, *, older_than: timedelta) -> tuple[tuple[SellerId, OrderId], ...]:
        """Cancel all back orders placed longer ago than that; return (seller, order) for each.

        By seller, then in rank order. One commit for each seller.
        """
        values.span("older_than", older_than)
        return self._for_each(lambda seller: seller.cancel_expired(older_than=older_than))

    def _for_each(
        self, call: Callable[[Seller], Iterable[OrderId]]
    ) -> tuple[tuple[SellerId, OrderId], ...]:
        return tuple(
            (seller_id, order_id)
            for seller_id in self._store.sellers()
            for order_id in call(self.seller(seller_id))
        )
