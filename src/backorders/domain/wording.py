"""What a notice says: plain words, the same on every machine, whatever its language."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from backorders.domain import days
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
)
from backorders.domain.values import MessageId, SellerId

_STATES = {
    EntryState.WAITING: "still waiting",
    EntryState.RELEASED: "released since",
    EntryState.CANCELLED: "cancelled since",
}
_ANSWERS = {
    "cancel": "cancel it",
    "remove": "remove what is short",
    "replace": "replace what is short",
    "restock": "send stock",
    "split": "split it",
}


def notice(message_id: MessageId, seller_id: SellerId, recipient: str, content: Content) -> Notice:
    """Return the notice that tells somebody of something."""
    kind, subject, lines = _worded(content, seller_id)
    text = "".join(f"{line}\n" for line in lines)
    return Notice(message_id, seller_id, recipient, kind, subject, text, content)


def _worded(content: Content, seller_id: SellerId) -> tuple[NotificationKind, str, Sequence[str]]:
    match content:
        case Digest():
            subject = f"{_orders(content.orders)} newly on back order, {_span(content)}"
            lines: Sequence[str] = list(_digest(content, seller_id))
            return NotificationKind.DAILY_NEW_BACK_ORDERS, subject, lines
        case ReleasedOrders():
            lines = list(_released(content, seller_id))
            return NotificationKind.BACK_ORDER_RELEASED, _released_subject(content), lines
        case ResolvedCancellation():
            subject, lines = _resolved(content, seller_id)
            return NotificationKind.CANCELLATION_RESOLVED, subject, lines
        case OverdueDelivery():  # pragma: no branch - the last there is
            subject, lines = _overdue(content, seller_id)
            return NotificationKind.DELIVERY_OVERDUE, subject, lines


def _digest(digest: Digest, seller_id: SellerId) -> Iterator[str]:
    yield (
        f"Seller {seller_id}: {_orders(digest.orders)} newly went on back order, "
        f"{_span(digest)} ({digest.time_zone})."
    )
    yield (
        f"Still waiting: {digest.waiting}, for {_units(digest.units_short)} in all. "
        f"Released since: {digest.released}. Cancelled since: {digest.cancelled}."
    )
    for entry in digest.entries:
        yield ""
        yield from _entry(entry, digest)
    if digest.left_out:
        yield ""
        yield f"Not listed here: {_orders(digest.left_out)} more."


def _entry(entry: DigestEntry, digest: Digest) -> Iterator[str]:
    yield f"Order {entry.order_id}: {_STATES[entry.state]}"
    yield f"  placed {_minute(entry.placed_at, digest.time_zone)}, {_age(entry, digest)}"
    yield f"  on back order since {_minute(entry.since, digest.time_zone)}"
    verb = "is" if entry.state is EntryState.WAITING else "was"
    for product in entry.products:
        yield f"  {verb} short of {product.short} of {product.ordered} units of {product.sku}"
    if entry.more_products:
        yield f"  and of {entry.more_products} more products"
    if entry.answers:
        yield f"  you can: {', '.join(_ANSWERS.get(word, word) for word in entry.answers)}"


def _age(entry: DigestEntry, digest: Digest) -> str:
    days_ago = (digest.composed_at - entry.placed_at).days
    if days_ago < 1:
        return "less than a day ago"
    return "1 day ago" if days_ago == 1 else f"{days_ago} days ago"


def _released_subject(released: ReleasedOrders) -> str:
    if released.orders == 1:
        return f"Order {released.order_ids[0]} is no longer on back order"
    return f"{_orders(released.orders)} are no longer on back order"


def _released(released: ReleasedOrders, seller_id: SellerId) -> Iterator[str]:
    yield (
        f"Seller {seller_id}: {_orders(released.orders)} left back order at "
        f"{_minute(released.at, released.time_zone)} ({released.time_zone}), "
        f"because of {released.because}."
    )
    yield ""
    for order_id in released.order_ids:
        yield f"  {order_id}"
    more = released.orders - len(released.order_ids)
    if more:
        yield f"  and {more} more"


def _resolved(resolved: ResolvedCancellation, seller_id: SellerId) -> tuple[str, Sequence[str]]:
    if resolved.accepted:
        subject = f"Order {resolved.order_id} is cancelled"
        outcome = "accepted the request to cancel it: it is cancelled, and its units are back"
    else:
        subject = f"Order {resolved.order_id} could not be cancelled"
        outcome = "could not cancel it any more: it goes on its way"
    at = _minute(resolved.at, resolved.time_zone)
    line = f"Seller {seller_id}, order {resolved.order_id}: the warehouse {outcome}"
    return subject, [f"{line} ({at}, {resolved.time_zone})."]


def _overdue(overdue: OverdueDelivery, seller_id: SellerId) -> tuple[str, Sequence[str]]:
    subject = f"Delivery {overdue.inbound_id} should have been booked in by {_day(overdue.due_on)}"
    at = f"{_minute(overdue.arrived_at, overdue.time_zone)} ({overdue.time_zone})"
    return subject, [
        f"Seller {seller_id}: delivery {overdue.inbound_id} arrived at {at}.",
        f"It should have been booked in by {_day(overdue.due_on)}, and is not closed.",
    ]


def _span(digest: Digest) -> str:
    if digest.from_on == digest.until_on:
        return f"on {_day(digest.until_on)}"
    return f"from {_day(digest.from_on)} to {_day(digest.until_on)}"


def _day(day: date) -> str:
    return day.isoformat()


def _minute(at: datetime, time_zone: str) -> str:
    return days.local(at, time_zone).replace(tzinfo=None).isoformat(" ", "minutes")


def _orders(count: int) -> str:
    return "1 order" if count == 1 else f"{count} orders"


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count} units"
