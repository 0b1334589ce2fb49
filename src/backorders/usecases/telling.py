"""Queueing notices, in the commit that causes them."""

from collections.abc import Sequence
from datetime import datetime

from backorders.domain import limits
from backorders.domain.delivering import QueuedNotice
from backorders.domain.notices import Content, NotificationKind, ReleasedOrders
from backorders.domain.order import Order
from backorders.domain.request import digest
from backorders.domain.users import User
from backorders.domain.values import MessageId
from backorders.ports.notices import NewNotice
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_of

_ID_LENGTH = 32
"""Hexadecimal digits of a message id: enough that no two are ever the same."""


def who_wants(kind: NotificationKind, uow: UnitOfWork) -> Sequence[User]:
    """Return the users who want to be told this, by id."""
    return [user for user in uow.users.every() if kind in user.opted_in]


def tell(
    kind: NotificationKind, content: Content, *cause: str | int, uow: UnitOfWork, now: datetime
) -> int:
    """Queue a notice for each user who wants to be told this; return how many that are.

    `cause` is what no other notice of this kind to the user is about: the message id is made of it.
    """
    new = []
    for user in who_wants(kind, uow):
        parts = digest("notice", uow.seller_id, kind.value, cause, user.user_id)
        message_id = MessageId(parts[:_ID_LENGTH])
        queued = QueuedNotice(message_id, user.user_id, kind, queued_at=now, due_at=now)
        new.append(NewNotice(queued, content))
    if new:
        uow.notices.queue(new)
    return len(new)


def tell_of_released(
    orders: Sequence[Order], *, because: str, uow: UnitOfWork, now: datetime
) -> None:
    """Queue one notice of all the orders that a commit has taken off back order, if any."""
    if not orders:
        return
    ranked = sorted(orders, key=lambda order: order.rank)
    content = ReleasedOrders(
        [order.order_id for order in ranked[: limits.NOTICE_ORDERS]],
        len(ranked),
        now,
        because,
        settings_of(uow).time_zone,
    )
    first = ranked[0]
    kind = NotificationKind.BACK_ORDER_RELEASED
    tell(kind, content, first.order_id, first.version, uow=uow, now=now)
