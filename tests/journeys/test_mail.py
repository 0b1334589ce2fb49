"""From an order that cannot be served to the mail that somebody reads."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from backorders import Backorders
from backorders.adapters.smtp import SmtpNotifier
from backorders.application import Seller
from tests.support.clock import SettableClock
from tests.support.mail_server import HOST, MailServer, mail_server
from tests.support.notices import DIGEST, RELEASED

SKU = "=TEA <b>Größe</b> 茉莉"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A real mail server."""
    with mail_server() as running:
        yield running


@pytest.fixture
def notifier(server: MailServer) -> SmtpNotifier:
    """What sends through it."""
    return SmtpNotifier(
        HOST,
        server.port,
        sender="Tea & Co. <shop@example.com>",
        unsubscribe_url="https://shop.example/stop?{seller}&{recipient}&{kind}",
    )


def _mails(server: MailServer) -> list[EmailMessage]:
    return [message_from_bytes(mail.content, policy=default) for mail in server.mails]


def test_each_day_of_new_back_orders_comes_as_one_mail(
    app: Backorders, acme: Seller, clock: SettableClock, server: MailServer, notifier: SmtpNotifier
) -> None:
    """The promise to the seller: once, as text and HTML, and as a table when there are many."""
    acme.add_user("ann", email="ann@example.com")
    acme.opt_in("ann", DIGEST)
    for number in range(51):
        acme.place_order(f"O{number}", {SKU: 2})
    clock.advance(days=1)
    assert app.compose_daily_digests() == 1
    done = app.deliver_notifications(notifier)
    assert (done.sent, done.failed) == (1, 0)
    assert app.deliver_notifications(notifier).sent == 0
    (mail,) = _mails(server)
    assert mail["To"] == "ann@example.com"
    assert mail["Subject"].startswith("51 orders newly on back order")
    text, html, table = (
        part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"
    )
    assert f"short of 2 of 2 units of {SKU}" in text
    assert "=TEA &lt;b&gt;Größe&lt;/b&gt; 茉莉" in html
    assert table.count(f"'{SKU}") == 51
    assert "stop?acme&ann%40example.com&daily_new_back_orders" in mail["List-Unsubscribe"]


def test_an_address_that_takes_no_mail_does_not_hold_up_the_others(
    app: Backorders, acme: Seller, server: MailServer, notifier: SmtpNotifier
) -> None:
    """It is set aside at once, with what the server said; who is busy is tried again later."""
    for name in ("ann", "bad", "busy", "carl"):
        acme.add_user(name, email=f"{name}@example.com")
        acme.opt_in(name, RELEASED)
    server.at_rcpt["bad@example.com"] = "550 5.1.1 no such user"
    server.at_rcpt["busy@example.com"] = "450 4.2.1 busy"
    acme.place_order("O1", {SKU: 2})
    acme.book_in("R1", {SKU: 2})
    done = app.deliver_notifications(notifier)
    assert (done.sent, done.failed) == (2, 2)
    (failed,) = app.failed_notifications()
    assert failed.recipient == "bad@example.com"
    assert "550 5.1.1 no such user" in failed.problem
    assert {mail["To"] for mail in _mails(server)} == {"ann@example.com", "carl@example.com"}


def test_a_mail_server_that_is_down_costs_no_notice_but_one_an_attempt(
    app: Backorders, acme: Seller, server: MailServer, notifier: SmtpNotifier
) -> None:
    """A night without a mail server must not set aside what waits for it."""
    for name in ("ann", "bob", "carl"):
        acme.add_user(name, email=f"{name}@example.com")
        acme.opt_in(name, RELEASED)
    acme.place_order("O1", {SKU: 2})
    acme.book_in("R1", {SKU: 2})
    with mail_server() as gone:
        pass
    nowhere = SmtpNotifier(HOST, gone.port, sender="shop@example.com")
    done = app.deliver_notifications(nowhere)
    assert (done.sent, done.failed) == (0, 1)
    assert app.deliver_notifications(notifier).sent == 2
    assert len(server.mails) == 2
