"""Mail to a real mail server: what arrives, what is refused for good, and what is tried again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from smtplib import SMTPException, SMTPNotSupportedError, SMTPServerDisconnected

import pytest

from backorders.adapters.smtp import SmtpNotifier
from backorders.domain.errors import RecipientRefused
from backorders.domain.notices import Notice
from backorders.ports.notifier import Notifier
from tests.support.mail_server import HOST, MailServer, closed_port, deaf_server, mail_server
from tests.support.mails import a_digest, a_notice

BAD = "bad@example.com"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A server that takes all mail, unless a test tells it otherwise."""
    with mail_server() as running:
        yield running


@pytest.fixture
def notifier(server: MailServer) -> SmtpNotifier:
    """A notifier that sends through it."""
    return SmtpNotifier(HOST, server.port, sender="shop@example.com", local_hostname="localhost")


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def _part(mail: EmailMessage, kind: str) -> str:
    (part,) = (part for part in mail.walk() if part.get_content_type() == kind)
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def _refused(notifier: SmtpNotifier, notice: Notice) -> RecipientRefused:
    with pytest.raises(RecipientRefused) as caught:
        notifier.send(notice)
    return caught.value


def test_a_notice_arrives_as_text_and_as_html(server: MailServer, notifier: SmtpNotifier) -> None:
    """One for people, one for programs and old mail readers; both say the same."""
    notifier.send(a_notice())
    (received,) = server.mails
    mail = _parsed(received.content)
    assert (received.sender, received.recipient) == ("shop@example.com", "ann@example.com")
    assert mail["From"] == "shop@example.com"
    assert mail["To"] == "ann@example.com"
    assert mail["Subject"] == "1 order newly on back order"
    assert mail["Message-ID"] == "<3f2a@example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.utcoffset() is not None
    assert mail.get_content_type() == "multipart/alternative"
    assert _part(mail, "text/plain") == "Order O1: still waiting\n"
    assert "<td>O1</td>" in _part(mail, "text/html")


def test_letters_of_any_script_arrive_as_they_are(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """SKUs and ids are the seller's, in the seller's language."""
    sku = "Jasmintee Größe Å … 茉莉花茶 🫖"
    text = f"short of {sku}\n" * 9
    notifier.send(a_notice(subject=f"Order {sku}" * 4, text=text, content=a_digest(60, sku=sku)))
    mail = _parsed(server.mails[0].content)
    assert server.mails[0].content.isascii()
    assert mail["Subject"] == f"Order {sku}" * 4
    assert _part(mail, "text/plain") == text
    assert sku in _part(mail, "text/html")
    assert sku in _part(mail, "text/csv")


def test_a_text_with_odd_line_ends_and_lone_dots_ends_where_it_ends(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """A line with a dot alone ends a mail: what came after it would be taken for commands."""
    text = "one\r\n.\r\nMAIL FROM:<eve@example.com>\n.\n\rtwo\r.\n..\n"
    notifier.send(a_notice(text=text))
    (received,) = server.mails
    assert _part(_parsed(received.content), "text/plain") == (
        "one\n.\nMAIL FROM:<eve@example.com>\n.\n\ntwo\n.\n..\n"
    )
    without_line_ends = received.content.replace(b"\r\n", b"")
    assert b"\r" not in without_line_ends
    assert b"\n" not in without_line_ends


def test_no_line_is_too_long_for_a_mail_server(server: MailServer, notifier: SmtpNotifier) -> None:
    """A server may refuse or cut lines of more than 998 characters."""
    long = "X" * 255
    notifier.send(
        a_notice(subject=long * 4, text=long * 20, content=a_digest(order_id=long, sku=long))
    )
    assert max(map(len, server.mails[0].content.split(b"\r\n"))) <= 998


def test_the_same_notice_has_the_same_message_id_each_time(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """It is delivered at least once: by the id, a mail program drops the second copy."""
    notifier.send(a_notice("3f2a"))
    notifier.send(a_notice("3f2a"))
    notifier.send(a_notice("3f2b"))
    ids = [_parsed(mail.content)["Message-ID"] for mail in server.mails]
    assert ids == ["<3f2a@example.com>", "<3f2a@example.com>", "<3f2b@example.com>"]


def test_a_batch_goes_over_one_connection(server: MailServer, notifier: SmtpNotifier) -> None:
    """To connect, encrypt and log in takes longer than to send."""
    with notifier:
        for number in range(5):
            notifier.send(a_notice(f"{number}"))
    assert len(server.mails) == 5
    assert server.connections == 1


def test_outside_a_batch_each_notice_has_its_own_connection(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """A notifier that nobody enters must leave nothing open."""
    notifier.send(a_notice("1"))
    notifier.send(a_notice("2"))
    assert server.connections == 2


def test_a_batch_begins_with_the_connection(server: MailServer, notifier: SmtpNotifier) -> None:
    """If the server is down, whoever delivers knows it before any notice has lost an attempt."""
    with notifier:
        assert server.connections == 1
    with mail_server() as gone:
        pass
    with pytest.raises(ConnectionRefusedError), SmtpNotifier(HOST, gone.port, sender="a@b.c"):
        pass


def test_threads_that_share_a_notifier_do_not_share_a_connection(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """Two mails at once on one connection would become one."""

    def deliver(thread: int) -> None:
        with notifier:
            for number in range(8):
                notifier.send(a_notice(f"{thread}x{number}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(deliver, range(4)))
    ids = [_parsed(mail.content)["Message-ID"] for mail in server.mails]
    assert sorted(ids) == sorted(f"<{t}x{n}@example.com>" for t in range(4) for n in range(8))
    assert server.connections == 4


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.1 no such user",
        "550 no such user",
        "551 not here",
        "553 5.1.3 bad address",
        "553 bad address",
        "554 no",
        "501 5.1.3 bad address syntax",
        "556 5.1.10 this domain takes no mail",
        "552 5.2.2 mailbox full for good",
        "553 5.6.7 not in ASCII",
        "550 5.4.1 recipient address rejected",
        "550-5.1.1 no such\r\n550 5.1.1 user",
    ],
)
def test_an_address_that_the_server_refuses_for_good_is_refused(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """The notice is set aside at once: to try again would annoy the server, and help nobody."""
    server.at_rcpt[BAD] = reply
    refused = _refused(notifier, a_notice(recipient=BAD))
    assert refused.recipient == BAD
    assert refused.problem.startswith(reply[:3])
    assert refused.problem.isprintable()


@pytest.mark.parametrize(
    "reply",
    [
        "450 4.2.1 mailbox busy",
        "451 4.7.1 greylisted, come back later",
        "452 4.2.2 mailbox full",
        "421 4.3.2 closing",
        # Permanent, but not for the sake of the address: once mended, all of it goes out.
        "550 5.7.1 relaying denied",
        "554 5.7.1 relay access denied",
        "530 5.7.0 authentication required",
        "530 authentication required",
        "503 bad sequence of commands",
        "550 5.1.8 bad sender address",
        "552 message too big",
    ],
)
def test_any_other_refusal_of_a_recipient_is_temporary(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """A fault of ours meets all notices: it must not set them all aside."""
    server.at_rcpt[BAD] = reply
    with pytest.raises(SMTPException, match=reply[:3]):
        notifier.send(a_notice(recipient=BAD))


@pytest.mark.parametrize(
    "reply", ["550 5.1.1 no such user", "550 no such user", "552 5.2.2 mailbox full for good"]
)
def test_an_address_may_also_be_refused_with_the_mail(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """Some servers ask the next one only when they have the mail."""
    server.after_data[BAD] = reply
    assert _refused(notifier, a_notice(recipient=BAD)).problem.startswith(reply[:3])
    server.after_data.clear()
    server.at_data[BAD] = reply
    assert _refused(notifier, a_notice(recipient=BAD)).problem.startswith(reply[:3])


@pytest.mark.parametrize(
    "reply",
    [
        "451 4.3.0 try again later",
        "452 4.3.1 disk full",
        "421 4.3.2 closing",
        "554 5.7.1 looks like spam",
        "550 5.7.26 this mail is not authenticated",
        "552 5.3.4 message too big",
        "554 5.6.1 no attachments here",
        "554 transaction failed",
    ],
)
def test_any_other_refusal_of_a_mail_is_temporary(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """A template that looks like spam is mended, and then all that was refused goes out."""
    server.after_data[BAD] = reply
    with pytest.raises(SMTPException, match=reply[:3]):
        notifier.send(a_notice(recipient=BAD))
    server.after_data.clear()
    server.at_data[BAD] = reply
    with pytest.raises(SMTPException, match=reply[:3]):
        notifier.send(a_notice(recipient=BAD))


@pytest.mark.parametrize("reply", ["550 5.7.1 you may not send as this", "451 later", "550 no"])
def test_a_refusal_of_the_sender_is_temporary(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """It is the host's own address that is wrong, in every mail."""
    server.at_mail = reply
    with pytest.raises(SMTPException, match=reply[:3]):
        notifier.send(a_notice())


@pytest.mark.parametrize("reply", ["450 later", "550 5.1.1 no such user", "421 closing"])
def test_after_a_failure_the_next_notice_has_a_new_connection(
    server: MailServer, notifier: SmtpNotifier, reply: str
) -> None:
    """What a server makes of a failure is anybody's guess; the others must not suffer for it."""
    server.at_rcpt[BAD] = reply
    with notifier:
        notifier.send(a_notice("1"))
        with pytest.raises((SMTPException, RecipientRefused)):
            notifier.send(a_notice("2", recipient=BAD))
        notifier.send(a_notice("3"))
    assert [mail.recipient for mail in server.mails] == ["ann@example.com"] * 2
    assert server.connections == 2


@pytest.mark.parametrize("hangs_up", [False, True])
def test_a_connection_that_ended_between_two_notices_is_renewed(
    server: MailServer, notifier: SmtpNotifier, *, hangs_up: bool
) -> None:
    """Many servers take so many mails on one connection: that is no failure of the next notice."""
    server.drops_before_mail_number = 3
    server.hangs_up = hangs_up
    with notifier:
        for number in range(7):
            notifier.send(a_notice(f"{number}"))
    assert len(server.mails) == 7
    assert server.connections == 4


@pytest.mark.parametrize("hangs_up", [False, True])
def test_a_server_that_wants_no_mail_at_all_is_not_asked_forever(
    server: MailServer, notifier: SmtpNotifier, *, hangs_up: bool
) -> None:
    """A new connection that takes nothing either is a failure."""
    server.drops_before_mail_number = 1
    server.hangs_up = hangs_up
    with pytest.raises(SMTPException):
        notifier.send(a_notice())
    assert server.connections == 1


def test_a_line_that_drops_in_the_middle_of_a_mail_is_temporary(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """Nothing has arrived; the same notice goes out later, and the others go on at once."""
    server.drops_in_mail.add(BAD)
    with notifier:
        notifier.send(a_notice("1"))
        with pytest.raises(SMTPServerDisconnected):
            notifier.send(a_notice("2", recipient=BAD, content=a_digest(500)))
        notifier.send(a_notice("3"))
    server.drops_in_mail.clear()
    notifier.send(a_notice("2", recipient=BAD, content=a_digest(500)))
    assert [mail.recipient for mail in server.mails] == ["ann@example.com"] * 2 + [BAD]


def test_a_line_that_drops_before_the_reply_doubles_the_mail_under_one_message_id(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """Nobody can know whether it arrived: to send it again is the only way not to lose it."""
    server.drops_before_reply.add(BAD)
    with pytest.raises(SMTPServerDisconnected):
        notifier.send(a_notice("3f2a", recipient=BAD))
    server.drops_before_reply.clear()
    notifier.send(a_notice("3f2a", recipient=BAD))
    ids = [_parsed(mail.content)["Message-ID"] for mail in server.mails]
    assert ids == ["<3f2a@example.com>"] * 2


def test_a_server_that_is_too_slow_is_given_up(server: MailServer) -> None:
    """A deliverer that waits forever delivers nothing to anybody."""
    impatient = SmtpNotifier(
        HOST, server.port, sender="shop@example.com", timeout=1, local_hostname="localhost"
    )
    server.is_silent_after_data.add(BAD)
    with impatient:
        with pytest.raises(SMTPServerDisconnected, match="timed out"):
            impatient.send(a_notice("1", recipient=BAD))
        impatient.send(a_notice("2"))
    assert [mail.recipient for mail in server.mails] == [BAD, "ann@example.com"]
    assert server.connections == 2


def test_a_server_that_never_greets_is_given_up() -> None:
    """It takes the connection, and then nothing happens."""
    with deaf_server() as port:
        impatient = SmtpNotifier(HOST, port, sender="shop@example.com", timeout=0.1)
        with pytest.raises((SMTPServerDisconnected, TimeoutError)):
            impatient.send(a_notice())


def test_a_server_that_cannot_be_reached_any_more_is_tried_once_in_a_batch() -> None:
    """A hundred time-outs outlast every lease, and a hundred log-ins lock the account."""
    with ExitStack() as running:
        server = running.enter_context(mail_server())
        notifier = SmtpNotifier(HOST, server.port, sender="shop@example.com")
        server.at_rcpt[BAD] = "450 later"
        with notifier:
            with pytest.raises(SMTPException):
                notifier.send(a_notice("1", recipient=BAD))
            running.close()
            with pytest.raises(ConnectionRefusedError):
                notifier.send(a_notice("2"))
            with pytest.raises(ConnectionError, match="a moment ago"):
                notifier.send(a_notice("3"))
    with mail_server(port=server.port) as back:
        with notifier:
            notifier.send(a_notice("3"))
        assert len(back.mails) == 1


def test_a_notifier_that_could_not_connect_can_be_used_again(server: MailServer) -> None:
    """The server comes back, and the deliverer's process still has the same notifier."""
    server.drops_before_mail_number = 1
    notifier = SmtpNotifier(HOST, server.port, sender="shop@example.com")
    with pytest.raises(SMTPException):
        notifier.send(a_notice())
    server.drops_before_mail_number = 0
    with notifier:
        notifier.send(a_notice())
    assert len(server.mails) == 1


def test_a_server_that_refuses_the_connection_is_a_temporary_failure() -> None:
    """It is being restarted."""
    nowhere = SmtpNotifier(HOST, closed_port(), sender="shop@example.com")
    with pytest.raises(ConnectionRefusedError):
        nowhere.send(a_notice())


def test_an_address_beyond_ascii_is_written_to_as_it_is(
    server: MailServer, notifier: SmtpNotifier
) -> None:
    """Where the server can (SMTPUTF8), nothing need be translated."""
    notifier.send(a_notice(recipient="änne@bücher.example"))
    (received,) = server.mails
    assert received.recipient == "änne@bücher.example"
    assert "To: änne@bücher.example\r\n".encode() in received.content


def test_an_address_beyond_ascii_is_refused_where_the_server_cannot() -> None:
    """It never will reach it: somebody must give the address in another form."""
    with mail_server(smtputf8=False) as server:
        notifier = SmtpNotifier(HOST, server.port, sender="shop@example.com")
        with notifier:
            assert "SMTPUTF8" in _refused(notifier, a_notice(recipient="änne@example.com")).problem
            notifier.send(a_notice())
        assert [mail.recipient for mail in server.mails] == ["ann@example.com"]


def test_a_sender_beyond_ascii_where_the_server_cannot_is_temporary() -> None:
    """That is an address of the host's, and all notices have it."""
    with mail_server(smtputf8=False) as server:
        notifier = SmtpNotifier(HOST, server.port, sender="läden@example.com")
        with pytest.raises(SMTPNotSupportedError, match=r"läden@example\.com"):
            notifier.send(a_notice())


def test_it_is_a_notifier(notifier: SmtpNotifier) -> None:
    """The type checker proves it; the line is here so that it looks."""
    port: Notifier = notifier
    assert port is notifier
