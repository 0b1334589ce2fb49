"""The mail that the seller of the demo would find the next morning."""

from datetime import timedelta

import attrs

from backorders.adapters.cli.demo.books import BooksClock
from backorders.adapters.cli.screen import Screen
from backorders.adapters.notifiers import MemoryNotifier
from backorders.application import Backorders, Seller
from backorders.domain.notices import Notice, NotificationKind

_ADDRESS = "desk@northwind.example"
_SHOWN = 4
"""Orders of the digest that are shown."""


@attrs.frozen
class Mailbox:
    """Somebody at the seller's who wants to be told of new back orders once a day."""

    screen: Screen
    app: Backorders
    seller: Seller
    clock: BooksClock

    def ask_for_mail(self) -> None:
        """Tick the box."""
        self.seller.add_user("desk", email=_ADDRESS)
        self.seller.opt_in("desk", NotificationKind.DAILY_NEW_BACK_ORDERS)

    def show_next_morning(self) -> None:
        """Let the day end, and show what has come."""
        self.clock.now += timedelta(days=1)
        self.app.compose_daily_digests()
        mailbox = MemoryNotifier()
        self.app.deliver_notifications(mailbox)
        self.screen.heading("The next morning")
        self.screen.say(
            f"{_ADDRESS} has asked to be told of new back orders once a day. No mail leaves this "
            "machine; this is what would have come:"
        )
        for notice in mailbox.notices:
            self._show(notice)

    def _show(self, notice: Notice) -> None:
        self.screen.quote(f"Subject: {notice.subject}\n")
        opening, *orders = notice.text.rstrip().split("\n\n")
        shown = [opening, *orders[:_SHOWN]]
        more = len(orders) - _SHOWN
        if more > 0:
            shown.append(f"… and {more} orders more")
        self.screen.quote("\n\n".join(shown))
