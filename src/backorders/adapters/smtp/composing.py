"""A notice as a mail: its headers, its text plain and as HTML, and a long digest as a table too."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

import attrs

from backorders.adapters import csv_cells
from backorders.adapters.smtp import headers
from backorders.adapters.smtp.rendering import Templates
from backorders.domain.notices import Digest, Notice

LISTED_IN_THE_MAIL_ALONE: Final = 50
"""Orders up to which a digest has no table attached: so many can be read."""

_LONGEST_URL: Final = 900
"""Characters of a URL in a header: it cannot be folded, and a line may have 998 (RFC 5322)."""

_COLUMNS: Final = (
    "order",
    "placed_at",
    "on_back_order_since",
    "state",
    "sku",
    "short",
    "ordered",
    "more_products",
    "answers",
)

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
    url = unsubscribe(notice) if unsubscribe is not None else None
    if url is not None:
        _offer_to_unsubscribe(message, url)
    body = templates.body(notice, url)
    message.set_content(body.text)
    message.add_alternative(body.html, subtype="html")
    if isinstance(notice.content, Digest) and notice.content.orders > LISTED_IN_THE_MAIL_ALONE:
        _attach_table(message, notice.content)
    return message


def message_id(identifier: str, domain: str) -> str:
    """Return the Message-ID of a notice: by it, mail programs drop a second copy.

    >>> message_id("3f", "example.com")
    '<3f@example.com>'
    """
    return f"<{quote(identifier, safe='').replace('.', '%2E')}@{domain}>"


def _offer_to_unsubscribe(message: EmailMessage, url: str) -> None:
    if len(url) > _LONGEST_URL:
        _LOG.warning("List-Unsubscribe left out: its URL has more than %d characters", _LONGEST_URL)
        return
    message["List-Unsubscribe"] = f"<{url}>"
    if url.lower().startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058


def _attach_table(message: EmailMessage, digest: Digest) -> None:
    table = csv_cells.table(_COLUMNS, _rows(digest))
    message.add_attachment(
        # With the mark in front, spreadsheets read it as UTF-8.
        table.encode("utf-8-sig"),
        maintype="text",
        subtype="csv",
        filename=f"back-orders-{digest.until_on.isoformat()}.csv",
        params={"charset": "utf-8"},
    )


def _rows(digest: Digest) -> Iterator[tuple[str | int, ...]]:
    for entry in digest.entries:
        of_order = (
            entry.order_id,
            entry.placed_at.isoformat(),
            entry.since.isoformat(),
            entry.state.value,
        )
        of_all = (entry.more_products, " ".join(entry.answers))
        for product in entry.products:
            yield *of_order, product.sku, product.short, product.ordered, *of_all
        if not entry.products:
            yield *of_order, "", "", "", *of_all
