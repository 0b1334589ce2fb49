"""`backorders notifications`: what users are told, and the mail that tells it."""

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.documents.people import (
    DigestDocument,
    FailedNoticesDocument,
    RetriedDocument,
    SentDocument,
    UserDocument,
    of_digest,
    of_failed,
    of_user,
)
from backorders.adapters.cli.views.people import show_digest, show_failed, show_users
from backorders.domain.notices import NotificationKind

Encryption: TypeAlias = Annotated[
    str, Parameter(help="when_offered, starttls, tls or none: how it is kept private.")
]


@prints(UserDocument)
def opt_in(user_id: str, kind: NotificationKind, /, *, desk: Desk) -> None:
    """Tell a user this from now on.

    For example:

        backorders notifications opt-in bob daily-new-back-orders

    Args:
        user_id: The user.
        kind: What to tell.
    """
    with desk.seller() as seller:
        user = seller.opt_in(user_id, kind)
    desk.show(of_user(user), lambda screen: show_users(screen, [user]))


@prints(UserDocument)
def opt_out(user_id: str, kind: NotificationKind, /, *, desk: Desk) -> None:
    """Do not tell a user this any more, nor what was still to be delivered.

    For example:

        backorders notifications opt-out bob daily-new-back-orders

    Args:
        user_id: The user.
        kind: What not to tell.
    """
    with desk.seller() as seller:
        user = seller.opt_out(user_id, kind)
    desk.show(of_user(user), lambda screen: show_users(screen, [user]))


@prints(DigestDocument)
def digest(*, desk: Desk) -> None:
    """Show the next daily digest as it would be now; nothing is sent, or used up.

    For example:

        backorders notifications digest
    """
    from backorders.domain import wording
    from backorders.domain.values import MessageId

    with desk.seller() as seller:
        found = seller.next_digest()
    if found is None:
        counts, notice = (0, 0, 0), None
    else:
        counts = (found.orders, found.waiting, found.units_short)
        notice = wording.notice(MessageId("0" * 32), seller.seller_id, "you@example.com", found)
    desk.show(of_digest(counts, notice), lambda screen: show_digest(screen, notice))


@prints(SentDocument)
def send(
    *,
    host: str,
    port: int = 587,
    sender: str,
    encryption: Encryption = "when_offered",
    username: str | None = None,
    limit: int = 100,
    desk: Desk,
) -> None:
    """Compose the digests that are due and deliver what there is to tell, of all sellers.

    Call it every few minutes: nothing is told twice. The password comes from the environment, in
    BACKORDERS_SMTP_PASSWORD.

    For example:

        backorders notifications send --host mail.example.com --sender shop@example.com

    Args:
        host: The mail server.
        port: Its port.
        sender: Whom the mails are from.
        username: Who logs in there, if anybody must.
        limit: As many notices at most, up to 1,000.
    """
    import os

    from backorders.adapters.cli.mail import notifier

    mail = notifier(
        host=host,
        port=port,
        sender=sender,
        encryption=encryption,
        username=username,
        password=os.environ.get("BACKORDERS_SMTP_PASSWORD"),
    )
    with desk.app() as app:
        composed = app.compose_daily_digests()
        desk.did(f"{composed} notices composed")
        delivered = app.deliver_notifications(mail, limit=limit)
    document: SentDocument = {
        "composed": composed,
        "sent": delivered.sent,
        "failed": delivered.failed,
    }
    desk.show(
        document,
        lambda screen: screen.say(
            f"Composed {composed}, sent {delivered.sent}, failed {delivered.failed}."
        ),
    )


@prints(FailedNoticesDocument)
def failed(*, limit: int = 100, desk: Desk) -> None:
    """List the notices that were set aside, of all sellers: they are not tried any more.

    For example:

        backorders notifications failed

    Args:
        limit: As many at most, up to 1,000.
    """
    with desk.app() as app:
        notices = app.failed_notifications(limit=limit)
    desk.show(of_failed(notices), lambda screen: show_failed(screen, notices))


@prints(RetriedDocument)
def retry(message_id: str, /, *, desk: Desk) -> None:
    """Try a notice again that was set aside: it goes out with the next that are sent.

    For example:

        backorders notifications retry 0123456789abcdef0123456789abcdef

    Args:
        message_id: The notice, as `failed` lists it.
    """
    with desk.app() as app:
        app.retry_notification(message_id)
    desk.show(
        {"message_id": message_id},
        lambda screen: screen.say("It is due now: send notifications to deliver it."),
    )


app = group(
    "notifications",
    "What users are told, and the mail that tells it.",
    [opt_in, opt_out, digest, send, failed, retry],
)
