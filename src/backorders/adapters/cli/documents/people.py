"""Users and what they are told, as documents."""

from collections.abc import Sequence
from typing import TypedDict

from backorders.adapters.cli.documents import instant
from backorders.domain.delivering import FailedNotice
from backorders.domain.notices import Notice, NotificationKind
from backorders.domain.users import User


class UserDocument(TypedDict):
    """Somebody who can be told things by mail."""

    user_id: str
    email: str
    opted_in: list[str]


class UsersDocument(TypedDict):
    """The users of a seller, by id."""

    users: list[UserDocument]


class DigestDocument(TypedDict):
    """The next daily digest as it would be now; without orders, subject and text are null."""

    orders: int
    waiting: int
    units_short: int
    subject: str | None
    text: str | None


class SentDocument(TypedDict):
    """What was composed, delivered and could not be delivered this time, of all sellers."""

    composed: int
    sent: int
    failed: int


class FailedNoticeDocument(TypedDict):
    """A notice that was set aside."""

    message_id: str
    seller_id: str
    user_id: str
    recipient: str
    kind: str
    queued_at: str
    failed_at: str
    attempts: int
    problem: str


class FailedNoticesDocument(TypedDict):
    """Notices that were set aside, of all sellers, those first that were so longest ago."""

    failed: list[FailedNoticeDocument]


class RetriedDocument(TypedDict):
    """A notice that is tried again."""

    message_id: str


def of_user(user: User) -> UserDocument:
    """Return a user as a document."""
    kinds = [kind.value for kind in NotificationKind if kind in user.opted_in]
    return {"user_id": user.user_id, "email": user.email, "opted_in": kinds}


def of_users(users: Sequence[User]) -> UsersDocument:
    """Return users as a document."""
    return {"users": [of_user(user) for user in users]}


def of_digest(counts: tuple[int, int, int], notice: Notice | None) -> DigestDocument:
    """Return a digest that is not sent yet as a document: orders, those that wait, units short."""
    orders, waiting, units_short = counts
    return {
        "orders": orders,
        "waiting": waiting,
        "units_short": units_short,
        "subject": None if notice is None else notice.subject,
        "text": None if notice is None else notice.text,
    }


def of_failed(notices: Sequence[FailedNotice]) -> FailedNoticesDocument:
    """Return notices that were set aside as a document."""
    return {
        "failed": [
            {
                "message_id": notice.message_id,
                "seller_id": notice.seller_id,
                "user_id": notice.user_id,
                "recipient": notice.recipient,
                "kind": notice.kind.value,
                "queued_at": instant(notice.queued_at),
                "failed_at": instant(notice.failed_at),
                "attempts": notice.attempts,
                "problem": notice.problem,
            }
            for notice in notices
        ]
    }
