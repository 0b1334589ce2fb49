"""The library over a store, for all sellers, on an event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from backorders.adapters.asyncio.bridge import AsyncStore
from backorders.adapters.asyncio.every_seller import AsyncEverySellerCalls
from backorders.adapters.asyncio.handing import (
    AsyncEventHandler,
    AsyncNotifier,
    NotifierOn,
    awaited,
    handler_on,
)
from backorders.adapters.asyncio.memory import AsyncMemoryStore
from backorders.adapters.asyncio.seller import AsyncSeller
from backorders.adapters.asyncio.subscription import AsyncSubscription
from backorders.adapters.memory import MemoryStore
from backorders.application import Backorders
from backorders.application.subscriptions import checked_handler
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.delivering import Delivered
from backorders.domain.errors import InvalidType
from backorders.domain.events import Event
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.clock import Clock, utc_now
from backorders.ports.notifier import Notifier
from backorders.ports.observer import Observer
from backorders.ports.pause import length_by_chance
from backorders.ports.substitutes import NO_SUBSTITUTES, Substitutes


async def sleep_by_chance(attempts: int) -> None:
    """Wait as `pause_by_chance` does, while others go on."""
    await asyncio.sleep(length_by_chance(attempts))


class AsyncBackorders(AsyncEverySellerCalls):
    """The library over a store, on an event loop: every call is that of `Backorders`, awaited.

    A call that is cancelled has happened wholly or not at all, and gives its connection back.
    `store` is an `AsyncSqlStore` or a `MemoryStore`; `pause` is awaited before a call that lost a
    race is repeated. The rest is as with `Backorders`.
    """

    def __init__(
        self,
        store: AsyncStore | MemoryStore,
        *,
        clock: Clock = utc_now,
        pause: Callable[[int], Awaitable[object]] = sleep_by_chance,
        calendar: Calendar = WEEKDAYS,
        booking_in: BookingIn = AS_PUBLISHED,
        substitutes: Substitutes = NO_SUBSTITUTES,
        observer: Observer | None = None,
    ) -> None:
        bridge = AsyncMemoryStore(store) if isinstance(store, MemoryStore) else store
        if not callable(getattr(bridge, "run", None)):
            wanted = "an AsyncSqlStore or a MemoryStore"
            raise InvalidType("store", wanted, type(store).__name__)
        face = Backorders(
            bridge.sync,
            clock=clock,
            pause=awaited(bridge, pause),
            calendar=calendar,
            booking_in=booking_in,
            substitutes=substitutes,
            observer=observer,
        )
        super().__init__(bridge, face)

    def seller(self, seller_id: str) -> AsyncSeller:
        """Return the face of one seller, who need not exist yet; nothing crosses to another."""
        return AsyncSeller(self._bridge, self._face.seller(seller_id))

    def subscribe(
        self,
        handler: AsyncEventHandler,
        *,
        name: str,
        events: Iterable[type[Event]] | None = None,
    ) -> AsyncSubscription:
        """Have a handler told of events, after their commit; see `Backorders.subscribe`.

        A coroutine function is awaited; any other is called in a thread, as it may block.
        """
        on_loop = handler_on(self._bridge, checked_handler(handler))
        subscription = self._face.subscribe(on_loop, name=name, events=events)
        return AsyncSubscription(self._bridge, subscription)

    async def deliver_notifications(
        self, notifier: Notifier | AsyncNotifier, *, limit: int = 100
    ) -> Delivered:
        """Deliver the notices of all sellers that are due; see `Backorders`.

        A notifier whose `send` is a coroutine function is awaited; any other is called in a thread.
        """
        if not callable(getattr(notifier, "send", None)):
            raise InvalidType("notifier", "something with send(notice)", type(notifier).__name__)
        on_loop = NotifierOn(self._bridge, notifier)
        return await self._bridge.run(
            lambda: self._face.deliver_notifications(on_loop, limit=limit)
        )
