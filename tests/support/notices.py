"""Notifiers that fail on purpose, and a seller somebody of whom wants to be told everything."""

from collections.abc import Callable

import attrs

from backorders import Backorders, NotificationKind, Seller
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.domain.notices import Notice
from tests.support.clock import SettableClock

DIGEST = NotificationKind.DAILY_NEW_BACK_ORDERS
RELEASED = NotificationKind.BACK_ORDER_RELEASED
RESOLVED = NotificationKind.CANCELLATION_RESOLVED


@attrs.define
class Shop:
    """The library over a store, on a clock that a test sets."""

    app: Backorders
    clock: SettableClock
    acme: Seller

    def delivered(self, *, limit: int = 100) -> list[Notice]:
        """Return what is delivered now."""
        notifier = MemoryNotifier()
        done = self.app.deliver_notifications(notifier, limit=limit)
        assert (done.sent, done.failed) == (len(notifier.notices), 0)
        return notifier.notices

    def next_day(self) -> int:
        """Let a day pass, and return how many notices composing has queued then."""
        self.clock.advance(days=1)
        return self.app.compose_daily_digests()


def new_shop(*kinds: NotificationKind) -> Shop:
    """Return a seller over an empty store in memory, with a user who wants to be told `kinds`."""
    clock = SettableClock()
    app = Backorders(MemoryStore(), clock=clock)
    return with_user(app, clock, app.seller("acme"), *kinds)


def with_user(
    app: Backorders, clock: SettableClock, acme: Seller, *kinds: NotificationKind
) -> Shop:
    """Return the shop of a seller, with a user who wants to be told `kinds`."""
    acme.add_user("bob", email="bob@example.com")
    for kind in kinds:
        acme.opt_in("bob", kind)
    return Shop(app, clock, acme)


@attrs.define
class Failing:
    """A notifier that raises for some recipients, and keeps what it has sent to the others."""

    error: Callable[[Notice], Exception | None]
    sent: list[Notice] = attrs.field(factory=list)

    def send(self, notice: Notice) -> None:
        """Keep the notice, or raise what the test wants for it."""
        error = self.error(notice)
        if error is not None:
            raise error
        self.sent.append(notice)
