"""A notice as a mail: its headers, its text plain and as HTML, and a long digest as a table too."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

import attrs

from backorders.adapters.smtp import headers
from backorders.adapters.smtp.digest_table import table_of
from backorders.adapters.smtp.rendering import Templates
from backorders.domain.notices import Digest, Notice

LISTED_IN_THE_MAIL_ALONE: Final = 50
"""Orders up to which a digest has no table attached: so many can be read."""

LARGEST: Final = 8_000_000
"""Octets of what a mail says: with what is around it, few servers take more than 10,240,000."""

_SOON_READ_THROUGH: Final = 20_000
"""Characters of a text that may as well stay readable on its way."""

_LONGEST_URL: Final = 900
"""Characters of a URL in a header: it cannot be folded, and a line may have 998 (RFC 5322)."""

_LOG: Final = logging.getLogger("backorders.smtp")


@attrs.frozen
class Sender:
    """Who the mails are from."""

    name: str
    address: str
    message_id_domain: str
    """What stands behind the @ of a Message-ID."""


def mail(
    notice: Notice,
    *,
    sender: Sender,
    templates: Templates,
    unsubscribe: Callable[[Notice], str] | None,
) -> EmailMessage:
    """Return the mail of a notice. Everything but its Date is the same each time.

    The recipient must be an address: `headers.is_address`.
    """
    url = unsubscribe(notice) if unsubscribe is not None else None
    body = templates.body(notice, url)
    message = _headed(notice, sender, url)
    message.set_content(body.text, cte=_encoding(body.text))
    # What says the same once more is left out before the mail is larger than servers take.
    if _size(body.text, body.html) <= LARGEST:
        message.add_alternative(body.html, subtype="html", cte=_encoding(body.html))
    digest = notice.content
    if isinstance(digest, Digest) and digest.orders > LISTED_IN_THE_MAIL_ALONE:
        table = table_of(digest)
        if _size(body.text, body.html, table) <= LARGEST:
            message.add_attachment(
                # With the mark in front, spreadsheets read it as UTF-8.
                table.encode("utf-8-sig"),
                maintype="text",
                subtype="csv",
                filename=f"back-orders-{digest.until_on.isoformat()}.csv",
                params={"charset": "utf-8"},
            )
    return message


def message_id(identifier: str, domain: str) -> str:
    """Return the Message-ID of a notice: by it, mail programs drop a second copy.

    >>> message_id("3f", "example.com")
    '<3f@example.com>'
    """
    return f"<{quote(identifier, safe='').replace('.', '%2E')}@{domain}>"


def _headed(notice: Notice, sender: Sender, url: str | None) -> EmailMessage:
    """Return a mail without a word in it yet."""
    international = not (notice.recipient.isascii() and sender.address.isascii())
    # 7bit: a server need not take anything else.
    policy = headers.MailPolicy(linesep="\r\n", cte_type="7bit", utf8=international)
    message = EmailMessage(policy=policy)
    message["From"] = headers.mailbox(sender.name, sender.address)
    message["To"] = notice.recipient
    message["Subject"] = headers.subject(notice.subject)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = message_id(notice.message_id, sender.message_id_domain)
    # Nobody's out-of-office note is wanted (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if url is not None:
        _offer_to_unsubscribe(message, url)
    return message


def _offer_to_unsubscribe(message: EmailMessage, url: str) -> None:
    if len(url) > _LONGEST_URL:
        _LOG.warning("List-Unsubscribe left out: its URL has more than %d characters", _LONGEST_URL)
        return
    message["List-Unsubscribe"] = f"<{url}>"
    if url.lower().startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058


def _encoding(text: str) -> str | None:
    """Return how a part travels; `None`: as is best for it, which takes long to find out."""
    return "base64" if len(text) > _SOON_READ_THROUGH else None


def _size(*texts: str) -> int:
    """Return about how many octets texts are on their way, in base64."""
    return sum(len(text.encode()) for text in texts) * 78 // 57
