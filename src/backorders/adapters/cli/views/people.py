"""Users and what they are told, for people."""

from collections.abc import Sequence

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import word
from backorders.domain.delivering import FailedNotice
from backorders.domain.notices import Notice, NotificationKind
from backorders.domain.users import User


def show_users(screen: Screen, users: Sequence[User]) -> None:
    """Show users, one in a row."""
    if not users:
        screen.say("No users.")
        return
    screen.table(
        ["user", "e-mail", "is told"],
        [
            [
                user.user_id,
                user.email,
                ", ".join(word(k.value) for k in NotificationKind if k in user.opted_in)
                or "nothing",
            ]
            for user in users
        ],
    )


def show_digest(screen: Screen, notice: Notice | None) -> None:
    """Show what a digest would say."""
    if notice is None:
        screen.say("No order has newly gone on back order since the last digest.")
        return
    screen.say(f"Subject: {notice.subject}", "bold")
    for line in notice.text.splitlines():
        screen.line(line)


def show_failed(screen: Screen, notices: Sequence[FailedNotice]) -> None:
    """Show notices that were set aside, one in a row."""
    if not notices:
        screen.say("No notice was set aside.")
        return
    screen.table(
        ["message id", "seller", "recipient", "kind", "failed (UTC)", "why"],
        [
            [
                notice.message_id,
                notice.seller_id,
                notice.recipient,
                word(notice.kind.value),
                f"{notice.failed_at:%Y-%m-%d %H:%M}",
                notice.problem,
            ]
            for notice in notices
        ],
    )
