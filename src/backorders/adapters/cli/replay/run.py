"""What every replay needs: an hour to set, a list of differences, a line to say at the end."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

import attrs

from backorders.adapters.cli.errors import CommandRefused
from backorders.application import Backorders, Seller
from backorders.domain.limits import PAGE
from backorders.ports.storage import Store

Advance: TypeAlias = Callable[[int], None]
"""Is told how many more orders have been placed."""

SHOWN = 20
"""Differences that are kept in words; further ones are only counted."""


def nobody(_placed: int) -> None:
    """Tell nobody how far it is."""


class ReplayClock:
    """The hour of the replay: each call of the library is made at the instant that is set here."""

    def __init__(self) -> None:
        self.now = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the hour."""
        return self.now


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._started = time.perf_counter()

    def seconds(self) -> float:
        """Return how long it has run."""
        return time.perf_counter() - self._started


@attrs.define
class Differences:
    """What came out otherwise than expected."""

    found: int = 0
    shown: list[str] = attrs.field(factory=list)
    """The first few, in words."""

    def compare(self, what: str, expected: object, found: object) -> bool:
        """Return whether the two are equal, and take note if they are not."""
        if expected == found:
            return True
        self.note(f"{what}: expected {expected}, found {found}")
        return False

    def note(self, difference: str) -> None:
        """Take note of a difference."""
        self.found += 1
        if len(self.shown) < SHOWN:
            self.shown.append(difference)


@attrs.define
class Report:
    """What a replay did, and what came of it."""

    title: str
    orders: int = 0
    receipts: int = 0
    seconds: float = 0.0
    until: datetime | None = None
    """The hour of the last thing that happened."""
    differences: Differences = attrs.field(factory=Differences)
    matched: list[str] = attrs.field(factory=list)
    """What was compared or proven."""
    remarks: list[str] = attrs.field(factory=list)
    """What was done with awkward rows."""

    def verified(self, seller: Seller) -> None:
        """Have the store prove its sums; whatever it finds is a difference."""
        for found in seller.verify():
            self.differences.note(
                f"verify(): law {found.law}, {found.subject}: "
                f"expected {found.expected}, found {found.found}"
            )
        self.matched.append("verify()")

    def in_one_line(self) -> str:
        """Return what was compared, at which rate, in which time."""
        rate = self.orders / self.seconds if self.seconds else 0.0
        found = self.differences.found
        return (
            f"{self.title}: {self.orders:,} orders and {self.receipts:,} receipts in "
            f"{self.seconds:.1f} s ({rate:,.0f} orders/s). Checked: {', '.join(self.matched)}: "
            + (f"{found:,} DIFFERENCES" if found else "no difference")
        )


def new_seller(store: Store, seller_id: str, clock: ReplayClock) -> Seller:
    """Return the face of a seller of whom nothing is stored yet; another one is refused."""
    app = Backorders(store, clock=clock)
    if seller_id in app.sellers():
        problem = f"the store has a seller {seller_id!r} already"
        raise CommandRefused(problem, "replay into an empty store")
    return app.seller(seller_id)


def units_short(seller: Seller) -> Counter[str]:
    """Return SKU → units that the seller's back orders lack, read from the backlog page by page."""
    short: Counter[str] = Counter()
    after = None
    while True:
        page = seller.back_orders(after=after, limit=PAGE)
        for order in page.items:
            short.update(order.shortages)
        after = page.next
        if after is None:
            return short
