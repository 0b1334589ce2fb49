"""Input that wants to be more than text: in a header, in HTML, in a URL it stays what it is."""

import unicodedata
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import SMTP, compat32, default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader

from backorders.adapters.smtp import SmtpNotifier
from backorders.adapters.smtp.composing import Sender, mail
from backorders.adapters.smtp.headers import MailPolicy, is_address, one_line
from backorders.adapters.smtp.rendering import Templates
from backorders.domain.errors import RecipientRefused
from backorders.domain.notices import NotificationKind
from tests.support.mail_server import HOST, mail_server
from tests.support.mails import a_digest, a_notice, of_every_kind

HOSTILE = [
    "O1\r\nBcc: x@y",
    "O1\nBcc: x@y",
    "O1\rBcc: x@y",
    "O1\r\n Bcc: x@y",
    "O1\r\n\r\n<b>body</b>",
    "O1\n\tBcc: x@y",
    "O1\n",
    "\r\nBcc: x@y",
    "O1\x85Bcc: x@y",
    "O1\u2028Bcc: x@y",
    "O1\u2029Bcc: x@y",
    "O1\x0bBcc: x@y",
    "O1\x0cBcc: x@y",
    "O1\x1cBcc: x@y",
    "O1\x1dBcc: x@y",
    "O1\x1eBcc: x@y",
    "O1\x00Bcc: x@y",
    "O1\x7f\x9bBcc: x@y",
    "=?utf-8?q?hi=0ABcc:_x=40y?=",
    "=?utf-8?q?hi=0D=0ABcc:_x=40y?=",
    "=?utf-8?q?hi=0D=0A=0D=0Abody?=",
    "=?utf-8?q?=0ABcc:_x=40y=0A?= =?utf-8?q?=0ABcc:_x=40y?=",
    "=?utf-8?b?aGkKQmNjOiB4QHk=?=",
    "=?us-ascii?Q?hi=0ABcc:_x=40y?=",
    "=?utf-7?q?hi+AAo-Bcc:_x+AEA-y?=",
    "=?unknown?q?hi=0ABcc:_x=40y?=",
    "=?utf-8*en?q?hi=0ABcc:_x=40y?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3Fhi=3D0ABcc=3A_x=40y=3F=3D?=",
    "=?utf-8?q?a",
    "é =?utf-8?q?hi=0ABcc:_x=40y?= é",
    "=?utf-8?q?hi\n=0ABcc:_x=40y?=",
    "=?utf-8?q?hi\u202e=0ABcc:_x=40y?=",
    "O1\u202e1O",
    "O1>, <x@y>",
    'O1" <x@y>, "',
    "O1; Bcc: x@y",
    "O1, x@y",
    "O1 (comment) \\",
    "O1%0D%0ABcc:x@y",
    "O1&#10;Bcc: x@y",
    "O1\ufeffBcc: x@y",
    "A" * 1200,
    "=?utf-8?q?hi=0ABcc:_x=40y?=" * 9,
    "🫖" * 300,
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "</pre></td><h1>hello</h1>",
    "javascript:alert(1)",
]
MEANT = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe"]
MEANT += ["List-Unsubscribe-Post", "MIME-Version", "Content-Type"]
URL = "https://shop.example/stop?s={seller}&r={recipient}&k={kind}"


def _meant(subject: str) -> str:
    """Return the letters of a subject that are meant to be read, without blanks between them."""
    marks = {"\u202e"}
    kept = [c for c in subject if unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"}]
    return "".join(c for c in kept if c not in marks and not c.isspace())


def _assert_headers_are_as_meant(content: bytes, *, subject: str) -> None:
    """Read a mail in both of Python's ways, and letter by letter: it has the headers we wrote."""
    plainly: Message = BytesParser(policy=compat32).parsebytes(content)
    cleverly: EmailMessage = message_from_bytes(content, policy=default)
    assert plainly.keys() == cleverly.keys() == MEANT
    assert not plainly.defects
    lines = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.partition(b":")[0].decode() for line in lines if not line.startswith(b" ")]
    assert names == MEANT
    assert all(line.strip() for line in lines)
    read = [str(make_header(decode_header(plainly["Subject"]))), str(cleverly["Subject"])]
    for found in read:
        if len(subject) <= 350:
            assert "".join(found.split()) == _meant(subject)
        else:
            assert found.endswith("…")
    assert read[0] == read[1]
    assert plainly["To"] == "ann@example.com"
    assert plainly["From"] == '"Tea & Co." <shop@example.com>'


@pytest.mark.parametrize("where", ["order id", "SKU", "seller id", "subject"])
def test_hostile_input_makes_no_header(where: str) -> None:
    """The mail as it comes over the wire has exactly the headers that were meant.

    The domain lets hardly any of these in; the mail must not depend on it.
    """
    assert len(HOSTILE) >= 25
    with mail_server() as server:
        notifier = SmtpNotifier(
            HOST,
            server.port,
            sender="Tea & Co. <shop@example.com>",
            unsubscribe_url=URL,
        )
        subjects = []
        with notifier:
            for number, hostile in enumerate(HOSTILE):
                subjects.append(f"Order {hostile} left back order")
                notifier.send(
                    a_notice(
                        f"{number}",
                        seller_id=hostile[:60] if where == "seller id" else "acme",
                        subject=subjects[-1],
                        text=f"Order {hostile}\n",
                        content=a_digest(
                            order_id=hostile if where == "order id" else "O1",
                            sku=hostile if where == "SKU" else "TEA",
                        ),
                    )
                )
    assert len(server.mails) == len(HOSTILE)
    for received, subject in zip(server.mails, subjects, strict=True):
        _assert_headers_are_as_meant(received.content, subject=subject)


@pytest.mark.parametrize("address", [*HOSTILE, *(f"{text}@example.com" for text in HOSTILE)])
def test_a_hostile_address_is_refused(address: str) -> None:
    """An address that could be anything else in a header or in a command is written to by nobody.

    The server is not even asked: nobody listens where this notifier would send.
    """
    nobody = SmtpNotifier(HOST, 1, sender="shop@example.com")
    with pytest.raises(RecipientRefused):
        nobody.send(a_notice(recipient=address))


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "o'neill+tea@example.com",
        "first.last@mail.example.com",
        "!#$%&'*+/?=^_`{|}~-@example.com",
        "a..b.@example.com",
        "änne@bücher.example",
        "茉莉@例え.jp",
    ],
)
def test_an_odd_address_is_an_address(address: str) -> None:
    """People have them."""
    assert is_address(address)


@given(st.text(max_size=20), st.text(max_size=20))
def test_an_address_has_one_at_sign_and_nothing_that_ends_it(name: str, host: str) -> None:
    """Whatever passes can stand in a header, and between < and > in a command."""
    address = f"{name}@{host}"
    if is_address(address):
        assert address.count("@") == 1
        assert not set(address) & set('<>()[]:;,\\" \r\n')
        assert address.isprintable()


@given(st.text(), st.text(max_size=20))
def test_a_subject_is_read_as_it_was_meant(subject: str, sku: str) -> None:
    """Encoded words of ours are decoded once: to the input, not to what it hides."""
    sender = Sender(sku, "shop@example.com", "example.com")
    notice = a_notice(subject=f"{subject} =?utf-8?q?=0A?={subject}")
    message = mail(notice, sender=sender, templates=_TEMPLATES, unsubscribe=None)
    content = message.as_bytes()
    meant = one_line(notice.subject)
    for policy in (default, SMTP):
        assert message_from_bytes(content, policy=policy)["Subject"] == meant
    plain = message_from_bytes(content, policy=compat32)
    assert plain.keys() == [name for name in MEANT if not name.startswith("List-")]


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: x@y", "a\nb", "a\x00b", "a\u2028b", "a\r", " a", "a  b"]
)
@pytest.mark.parametrize("name", ["Subject", "TO", "List-Unsubscribe", "Message-ID", "From"])
def test_what_is_not_one_clean_line_is_no_header(name: str, value: str) -> None:
    """Whoever forgets to make input harmless gets an error, not a mail."""
    message = EmailMessage(policy=MailPolicy())
    with pytest.raises(ValueError, match="not fit for a header"):
        message[name] = value


def test_a_subject_is_one_line_without_marks_that_nobody_sees() -> None:
    """Blanks of every kind are one blank; letters stay."""
    assert one_line(" a \r\n\x00\tb\x7f\x85\u2028c\u202ed\ud800e\xa0\u3000f ") == "a b c d e f"
    assert one_line("زَعْفَران\u200c 👩\u200d🍳") == "زَعْفَران\u200c 👩\u200d🍳"


class _Elements(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


_TEMPLATES = Templates(None)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_input_makes_no_html(hostile: str) -> None:
    """A page has the same elements whatever stands in it, and shows the input letter by letter."""
    for (kind, harmless), (_, harmful) in zip(
        of_every_kind("O1"), of_every_kind(hostile), strict=True
    ):
        url = f"https://shop.example/?{hostile}"
        safe, page = (
            _TEMPLATES.body(
                a_notice(seller_id=text, subject=text, text=text, kind=kind, content=content), url
            ).html
            for text, content in (("O1", harmless), (hostile, harmful))
        )
        assert _Elements(page).elements == _Elements(safe).elements
        assert hostile.replace("\r\n", "\n") in _Elements(page).text.replace("\r\n", "\n")


def test_a_kind_without_a_template_of_its_own_is_escaped_too() -> None:
    """The plain text as it is, in HTML."""
    page = Templates(DictLoader({"delivery_overdue.html": '{% extends "notice.html" %}'})).body(
        a_notice(kind=NotificationKind.DELIVERY_OVERDUE, text="<b>&"), None
    )
    assert "&lt;b&gt;&amp;" in page.html
