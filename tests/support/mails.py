"""Notices to be sent as mail, of each kind."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from backorders.domain.notices import (
    Content,
    Digest,
    DigestEntry,
    EntryState,
    Notice,
    NotificationKind,
    OverdueDelivery,
    ReleasedOrders,
    ResolvedCancellation,
    ShortProduct,
)
from backorders.domain.values import InboundId, MessageId, OrderId, SellerId, Sku

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)
_LISTED = 500


def a_digest(orders: int = 1, *, order_id: str = "O1", sku: str = "TEA") -> Digest:
    """Return a digest of so many orders."""
    entries = [
        DigestEntry(
            OrderId(order_id if number == 0 else f"{order_id}-{number + 1}"),
            placed_at=NOON,
            since=NOON,
            state=EntryState.WAITING,
            products=(ShortProduct(Sku(sku), short=2, ordered=3),),
            answers=("cancel", "split"),
        )
        for number in range(min(orders, _LISTED))
    ]
    return Digest(
        from_on=date(2026, 7, 2),
        until_on=date(2026, 7, 2),
        time_zone="Europe/London",
        composed_at=NOON,
        entries=entries,
        orders=orders,
        waiting=orders,
        released=0,
        cancelled=0,
        units_short=2 * orders,
    )


def of_every_kind(identifier: str = "O1") -> Sequence[tuple[NotificationKind, Content]]:
    """Return something to tell of each kind, in which an id stands wherever one can."""
    order_id = OrderId(identifier)
    zone = "Europe/London"
    overdue = OverdueDelivery(
        InboundId(identifier), date(2026, 6, 29), NOON, due_on=date(2026, 7, 1), time_zone=zone
    )
    return [
        (NotificationKind.DAILY_NEW_BACK_ORDERS, a_digest(order_id=identifier, sku=identifier)),
        (
            NotificationKind.BACK_ORDER_RELEASED,
            ReleasedOrders((order_id,), 3, NOON, f"book_in {identifier}", zone),
        ),
        (
            NotificationKind.CANCELLATION_RESOLVED,
            ResolvedCancellation(order_id, accepted=True, at=NOON, time_zone=zone),
        ),
        (NotificationKind.DELIVERY_OVERDUE, overdue),
    ]


def a_notice(
    message_id: str = "3f2a",
    *,
    seller_id: str = "acme",
    recipient: str = "ann@example.com",
    kind: NotificationKind = NotificationKind.DAILY_NEW_BACK_ORDERS,
    subject: str = "1 order newly on back order",
    text: str = "Order O1: still waiting\n",
    content: Content | None = None,
) -> Notice:
    """Return a notice."""
    told = a_digest() if content is None else content
    return Notice(MessageId(message_id), SellerId(seller_id), recipient, kind, subject, text, told)
