"""The library over a store, for all sellers."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from backorders.application.observing import (
    ObservedSeller,
    ObservedStore,
    ObservedSubscription,
    counting,
    tell_of_calls,
)
from backorders.application.outbox import Outbox
from backorders.application.repeating import repeated
from backorders.application.seller import Seller
from backorders.application.subscriptions import (
    EventHandler,
    Subscription,
    checked_handler,
    event_types,
    subscriber_name,
)
from backorders.domain import limits, values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.delivering import Delivered, FailedNotice
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.events import Event
from backorders.domain.subscribers import EventsDelivered
from backorders.domain.values import OrderId, SellerId
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.clock import Clock, utc_now
from backorders.ports.notifier import Notifier
from backorders.ports.observer import Observer
from backorders.ports.pause import Pause, pause_by_chance
from backorders.ports.storage import Store
from backorders.ports.substitutes import NO_SUBSTITUTES, Substitutes


class Backorders:
    """The library over a store.

    `clock` returns an aware datetime and is asked once for each call. `pause` waits before a call
    that lost a race is repeated. `booking_in` is how soon the warehouse books in what has arrived,
    counted in the working days of `calendar`. `substitutes` knows what can be sent instead of a
    product. `observer` is told of every call.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock = utc_now,
        pause: Pause = pause_by_chance,
        calendar: Calendar = WEEKDAYS,
        booking_in: BookingIn = AS_PUBLISHED,
        substitutes: Substitutes = NO_SUBSTITUTES,
        observer: Observer | None = None,
    ) -> None:
        if not callable(getattr(calendar, "is_working_day", None)):
            wanted = "something with is_working_day(day)"
            raise InvalidType("calendar", wanted, type(calendar).__name__)
        if not isinstance(booking_in, BookingIn):
            raise InvalidType("booking_in", "a BookingIn", type(booking_in).__name__)
        if not callable(getattr(substitutes, "substitutes_for", None)):
            wanted = "something with substitutes_for(seller_id, sku)"
            raise InvalidType("substitutes", wanted, type(substitutes).__name__)
        if not (observer is None or callable(getattr(observer, "began", None))):
            wanted = "something with began(call, seller_id)"
            raise InvalidType("observer", wanted, type(observer).__name__)
        self._store = store if observer is None else ObservedStore(store)
        self._clock = clock
        self._pause = pause if observer is None else counting(pause)
        self._observer = observer
        if observer is not None:
            tell_of_calls(self, observer)
        self._calendar = calendar
        self._booking_in = booking_in
        self._substitutes = substitutes
        self._subscriptions: dict[str, Subscription] = {}

    def seller(self, seller_id: str) -> Seller:
        """Return the face of one seller, who need not exist yet; nothing crosses to another."""
        checked = values.seller_id(seller_id)
        if self._observer is not None:
            return ObservedSeller(
                self._store,
                checked,
                self._clock,
                self._pause,
                self._calendar,
                self._booking_in,
                self._substitutes,
                observer=self._observer,
            )
        return Seller(
            self._store,
            checked,
            self._clock,
            self._pause,
            self._calendar,
            self._booking_in,
            self._substitutes,
        )

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        return repeated(self._store.sellers, self._pause)

    def release_due_holds(self) -> tuple[tuple[SellerId, OrderId], ...]:
        """Clear away all holds that have run out; return (seller, order) for each order, sorted."""
        return self._for_each(lambda seller: seller.release_due_holds())

    def cancel_expired(self, *, older_than: timedelta) -> tuple[tuple[SellerId, OrderId], ...]:
        """Cancel all back orders placed longer ago than that; return (seller, order) for each.

        By seller, then in rank order. One commit for each seller.
        """
        values.span("older_than", older_than)
        return self._for_each(lambda seller: seller.cancel_expired(older_than=older_than))

    def compose_daily_digests(self, *, now: datetime | None = None) -> int:
        """Compose the digest of each seller whose local day has ended since its last one.

        Deliveries that have become overdue are announced too. Returns how many notices that
        queued. One commit for each seller. Call it as often as you like, from as many processes:
        nothing is told twice.
        """
        at = values.instant("clock", self._clock()) if now is None else values.instant("now", now)
        return self._outbox.compose(at)

    def deliver_notifications(self, notifier: Notifier, *, limit: int = 100) -> Delivered:
        """Deliver the notices of all sellers that are due, those first that have waited longest.

        What fails is tried again after a pause, and set aside after `limits.DELIVERY_ATTEMPTS`, or
        at once when the notifier raises `RecipientRefused`. Several processes can do this at once.
        """
        if not callable(getattr(notifier, "send", None)):
            raise InvalidType("notifier", "something with send(notice)", type(notifier).__name__)
        most = values.whole_number("limit", limit, least=1, most=limits.NOTICES)
        now = values.instant("clock", self._clock())
        return self._outbox.deliver(notifier, now, most)

    def failed_notifications(self, *, limit: int = limits.NOTICES) -> tuple[FailedNotice, ...]:
        """Return the notices that were set aside, those first that were so longest ago."""
        most = values.whole_number("limit", limit, least=1, most=limits.NOTICES)
        return self._outbox.failed(most)

    def retry_notification(self, message_id: str) -> None:
        """Try a notice that was set aside again; raises `UnknownNotice` if there is none."""
        self._outbox.retry(message_id)

    def subscribe(
        self,
        handler: EventHandler,
        *,
        name: str,
        events: Iterable[type[Event]] | None = None,
    ) -> Subscription:
        """Have a handler told of events, after their commit: `deliver_events` calls it.

        `events` are the classes that it wants, `None`: all. How far it has come is stored under the
        name, with which it goes on after a restart; a new name begins at the beginning. Each event
        comes at least once, those of one order in their order; the same again has the same id.
        """
        checked = subscriber_name(name)
        if checked in self._subscriptions:
            raise InvalidValue("name", f"must be new: {checked!r} is subscribed already")
        kind = (
            Subscription
            if self._observer is None
            else partial(ObservedSubscription, observer=self._observer)
        )
        subscription = kind(
            self._store,
            self._clock,
            self._pause,
            checked,
            checked_handler(handler),
            event_types(events),
        )
        self._subscriptions[checked] = subscription
        return subscription

    def deliver_events(self, *, limit: int = limits.EVENTS) -> EventsDelivered:
        """Tell each subscription of what has happened since the last time, at most `limit` events.

        One whose handler fails is in nobody's way. See `Subscription.deliver`.
        """
        most = values.whole_number("limit", limit, least=1, most=limits.EVENTS)
        came_to = [each.deliver(limit=most) for each in [*self._subscriptions.values()]]
        return EventsDelivered(
            sum(each.told for each in came_to), sum(each.failed for each in came_to)
        )

    @property
    def _outbox(self) -> Outbox:
        return Outbox(self._store, self._clock, self._pause)

    def _for_each(
        self, call: Callable[[Seller], Iterable[OrderId]]
    ) -> tuple[tuple[SellerId, OrderId], ...]:
        return tuple(
            (seller_id, order_id)
            for seller_id in self.sellers()
            for order_id in call(self.seller(seller_id))
        )
