"""What a seller's users are told by mail: the kinds of notice, and what stands in each.

A notice is frozen and complete: whoever delivers it asks the store for nothing.
"""

import enum
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

import attrs

from backorders.domain.values import InboundId, MessageId, OrderId, SellerId, Sku


class NotificationKind(enum.Enum):
    """What a user can ask to be told; everything is off until it is switched on (law 20)."""

    DAILY_NEW_BACK_ORDERS = "daily_new_back_orders"
    """Once a day, the orders that newly went on back order."""
    BACK_ORDER_RELEASED = "back_order_released"
    """Orders have left back order."""
    CANCELLATION_RESOLVED = "cancellation_resolved"
    """The warehouse has answered whether a processed order can still be cancelled."""
    DELIVERY_OVERDUE = "delivery_overdue"
    """A delivery has arrived, and should have been booked in by now."""


class EntryState(enum.Enum):
    """What became of an order since it went on back order."""

    WAITING = "waiting"
    RELEASED = "released"
    CANCELLED = "cancelled"


@attrs.frozen
class ShortProduct:
    """A product that an order is short of, or was."""

    sku: Sku
    short: int
    """Units short: now, if the order still waits; otherwise when it last went on back order."""
    ordered: int
    """Units that the order asked for, at the same moment."""


def _products(products: Iterable[ShortProduct]) -> tuple[ShortProduct, ...]:
    return tuple(products)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words)


@attrs.frozen
class DigestEntry:
    """An order that newly went on back order, as a daily digest lists it."""

    order_id: OrderId
    placed_at: datetime
    since: datetime
    """When it went on back order; the first time, if it did so several times in those days."""
    state: EntryState
    products: tuple[ShortProduct, ...] = attrs.field(converter=_products)
    """By SKU, at most `limits.DIGEST_PRODUCTS`."""
    more_products: int = 0
    """Further products that it is short of."""
    answers: tuple[str, ...] = attrs.field(default=(), converter=_words)
    """What can be done while it waits, out of cancel, remove, replace, restock and split."""


def _entries(entries: Iterable[DigestEntry]) -> tuple[DigestEntry, ...]:
    return tuple(entries)


@attrs.frozen
class Digest:
    """The orders of a seller that newly went on back order, on one day or on several missed ones.

    The counts are over all of them, also those that are left out of `entries`.
    """

    from_on: date
    """The first of the days that it covers, in the seller's time zone."""
    until_on: date
    """The last of them; the same day, unless some were missed."""
    time_zone: str
    """The seller's."""
    composed_at: datetime
    entries: tuple[DigestEntry, ...] = attrs.field(converter=_entries)
    """In rank order, at most `limits.DIGEST_ORDERS`."""
    orders: int
    """Orders that newly went on back order. Never 0: there is no empty digest."""
    waiting: int
    """Those of them that are still on back order."""
    released: int
    """Those that are not, and live on."""
    cancelled: int
    units_short: int
    """Units that those which wait are still short of."""

    @property
    def left_out(self) -> int:
        """Orders that are counted but not listed."""
        return self.orders - len(self.entries)


def _order_ids(order_ids: Iterable[OrderId]) -> tuple[OrderId, ...]:
    return tuple(order_ids)


@attrs.frozen
class ReleasedOrders:
    """The orders that one call has taken off back order."""

    order_ids: tuple[OrderId, ...] = attrs.field(converter=_order_ids)
    """In rank order, at most `limits.NOTICE_ORDERS`."""
    orders: int
    """How many there are, also those that are not listed."""
    at: datetime
    because: str
    """The call and the id that caused it: `book_in R1`."""
    time_zone: str


@attrs.frozen
class ResolvedCancellation:
    """The warehouse's answer to a request for cancellation."""

    order_id: OrderId
    accepted: bool
    """Whether the order is cancelled; otherwise it goes on."""
    at: datetime
    time_zone: str


@attrs.frozen
class OverdueDelivery:
    """A delivery that has arrived, is past its due date, and is not closed."""

    inbound_id: InboundId
    expected_on: date
    arrived_at: datetime
    due_on: date
    """The day by which it should have been booked in."""
    time_zone: str
    """The seller's."""


Content: TypeAlias = Digest | ReleasedOrders | ResolvedCancellation | OverdueDelivery
"""What a notice tells."""


@attrs.frozen
class Notice:
    """One message to one user. `subject` and `text` are plain, and say all that `content` holds.

    Ids and SKUs in them are as the seller chose them: any printable text, no control characters.
    """

    message_id: MessageId
    """The same each time that the notice is delivered: by it, a doubled one can be told."""
    seller_id: SellerId
    recipient: str
    """The user's e-mail address, as it is when the notice is delivered."""
    kind: NotificationKind
    subject: str
    """One line."""
    text: str
    """Lines that end in a line feed."""
    content: Content
