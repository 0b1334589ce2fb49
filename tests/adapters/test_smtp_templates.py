"""What a host can change of a mail: its templates one by one, and where to unsubscribe."""

from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, TemplateSyntaxError, UndefinedError

from backorders.adapters.smtp import SmtpNotifier, unsubscribing
from backorders.adapters.smtp.composing import Sender, mail
from backorders.adapters.smtp.rendering import Templates
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.notices import Notice, NotificationKind
from tests.support.mail_server import HOST, closed_port
from tests.support.mails import a_notice, of_every_kind

SENDER = Sender("", "shop@example.com", "example.com")
SHIPPED = Templates(None)
URL = "https://shop.example/stop?s={seller}&r={recipient}&k={kind}"


def _mail(notice: Notice, url: object = None, templates: Templates = SHIPPED) -> EmailMessage:
    unsubscribe = None if url is None else unsubscribing.checked(url)
    return mail(notice, sender=SENDER, templates=templates, unsubscribe=unsubscribe)


@pytest.mark.parametrize(("kind", "content"), of_every_kind("ID-7"))
def test_each_kind_of_notice_has_a_page_that_says_what_it_is_about(
    kind: NotificationKind, content: object
) -> None:
    """A kind that was forgotten, or a field that was misspelt, would fail for everybody."""
    (told,) = (told for of, told in of_every_kind("ID-7") if of is kind)
    page = SHIPPED.body(a_notice(kind=kind, subject="Subject", content=told), None).html
    assert "ID-7" in page
    assert "<h1" in page
    assert told == content


def test_every_kind_is_among_them() -> None:
    """A kind that is added needs a page."""
    assert {kind for kind, _ in of_every_kind()} == set(NotificationKind)


def test_instants_are_shown_in_the_sellers_time_zone() -> None:
    """Noon in UTC is one o'clock in London's summer."""
    for kind, content in of_every_kind():
        page = SHIPPED.body(a_notice(kind=kind, content=content), None).html
        assert "2026-07-02 13:00" in page


def test_a_host_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    """The house style, without a copy of everything."""
    (tmp_path / "delivery_overdue.txt").write_text("Hurry: {{ content.inbound_id }}")
    (tmp_path / "layout.html").write_text("<main>{% block content %}{% endblock %}</main>")
    ours = Templates(tmp_path)
    for kind, content in of_every_kind("ID-7"):
        body = ours.body(a_notice(kind=kind, text="plain\n", content=content), None)
        assert body.html.startswith("<main>")
        is_overdue = kind is NotificationKind.DELIVERY_OVERDUE
        assert body.text == ("Hurry: ID-7" if is_overdue else "plain\n")


def test_a_host_extends_the_template_that_it_replaces() -> None:
    """The library's own is there under `backorders/`, so only what differs is written down."""
    loader = DictLoader(
        {
            "layout.html": (
                '{% extends "backorders/layout.html" %}'
                "{% block footer %}Tea & Co. {{ super() }}{% endblock %}"
            )
        }
    )
    page = Templates(loader).body(a_notice(), None).html
    assert "Tea & Co." in page
    assert "For the seller acme." in page
    assert "<td>O1</td>" in page


def test_what_is_imported_into_a_page_is_escaped_whatever_its_name() -> None:
    """Escaping by the ending of the file would let a macro's input through."""
    loader = DictLoader(
        {
            "macros.txt": "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}",
            "daily_new_back_orders.html": (
                '{% from "macros.txt" import bold %}{{ bold(notice.seller_id) }}'
            ),
        }
    )
    page = Templates(loader).body(a_notice(seller_id="<script>"), None).html
    assert page == "<b>&lt;script&gt;</b>"


@pytest.mark.parametrize(
    "name", ["delivery_overdue.html", "delivery_overdue.txt", "layout.html", "notice.txt"]
)
def test_a_template_that_cannot_be_read_is_told_when_the_notifier_is_made(name: str) -> None:
    """Not at midnight, when the first digest goes out."""
    broken = DictLoader({name: "{% if %}"})
    with pytest.raises(TemplateSyntaxError):
        SmtpNotifier(HOST, 25, sender="shop@example.com", templates=broken)


def test_a_template_that_asks_for_what_is_not_there_sends_nothing() -> None:
    """A misspelt name shows as an error, not as a gap; the notice waits until it is mended."""
    misspelt = DictLoader({"daily_new_back_orders.html": "{{ content.ordres }}"})
    notifier = SmtpNotifier(HOST, closed_port(), sender="shop@example.com", templates=misspelt)
    with pytest.raises(UndefinedError, match="ordres"):
        notifier.send(a_notice())


def test_without_a_url_nothing_is_said_about_unsubscribing() -> None:
    """A link that leads nowhere is worse than none."""
    message = _mail(a_notice())
    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None
    assert "no more" not in message.as_string()


def test_a_url_stands_in_the_header_and_in_both_texts() -> None:
    """For the button of the mail program, and for those whose program has none."""
    message = _mail(a_notice(), "https://shop.example/{seller}/{recipient}/{kind}")
    url = "https://shop.example/acme/ann%40example.com/daily_new_back_orders"
    assert message["List-Unsubscribe"] == f"<{url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in message.iter_parts():
        assert isinstance(part, EmailMessage)
        assert url in part.get_content()


@pytest.mark.parametrize("url", ["http://shop.example/{seller}", "mailto:stop@shop.example"])
def test_only_a_secure_url_can_be_one_click(url: str) -> None:
    """RFC 8058 asks for https; a program that sends a POST elsewhere would tell the world."""
    message = _mail(a_notice(), url)
    assert message["List-Unsubscribe"] == f"<{url.format(seller='acme')}>"
    assert message["List-Unsubscribe-Post"] is None


_Ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(seller=_Ids, recipient=_Ids)
def test_what_is_filled_into_a_url_comes_out_of_it(seller: str, recipient: str) -> None:
    """An ampersand in a seller's id must not become a field of its own."""
    url = unsubscribing.checked(URL)(a_notice(seller_id=seller, recipient=recipient))
    assert parse_qs(urlsplit(url).query, keep_blank_values=True) == {
        "s": [seller],
        "r": [recipient],
        "k": ["daily_new_back_orders"],
    }


def test_a_long_url_in_a_header_is_not_broken() -> None:
    """A URL with a blank, or in encoded words, is one that no button can open."""
    url = "https://shop.example/" + "x" * 870
    content = _mail(a_notice(), url).as_bytes()
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in content


def test_a_url_too_long_for_a_header_stands_in_the_texts_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The mail goes out all the same, and the log says what is missing."""
    url = "https://shop.example/" + "x" * 900
    message = _mail(a_notice(), url)
    assert message["List-Unsubscribe"] is None
    for part in message.iter_parts():
        assert isinstance(part, EmailMessage)
        assert url in part.get_content()
    assert "List-Unsubscribe left out" in caplog.text


def test_a_function_makes_the_url_that_no_template_can() -> None:
    """A token that nobody can guess: whoever holds the URL can unsubscribe."""
    message = _mail(a_notice("3f2a"), lambda notice: f"https://shop.example/{notice.message_id}")
    assert message["List-Unsubscribe"] == "<https://shop.example/3f2a>"


@pytest.mark.parametrize(
    "url",
    [
        "shop.example/stop",
        "ftp://shop.example/",
        "https://shop.example/{user}",
        "https://shop.example/{seller.__class__}",
        "https://shop.example/{seller!r}",
        "https://shop.example/{seller:>9}",
        "https://shop.example/{",
        "https://shop.example/{}",
        "https://shop.example/a b",
        "https://shop.example/ü",
        "https://shop.example/>, <https://evil.example/",
        "https://shop.example/\r\nBcc: x@y",
        "{seller}",
        "",
    ],
)
def test_a_url_that_cannot_be_right_is_told_when_the_notifier_is_made(url: str) -> None:
    """A wrong URL would be in every mail."""
    with pytest.raises(InvalidValue, match="unsubscribe_url"):
        SmtpNotifier(HOST, 25, sender="shop@example.com", unsubscribe_url=url)


@pytest.mark.parametrize("made", ["https://shop.example/\r\nBcc: x@y", "no url", "", None, b"x"])
def test_a_function_that_makes_no_url_sends_nothing(made: object) -> None:
    """What a host's function returns stands in a header."""
    with pytest.raises(InvalidValue, match="unsubscribe_url"):
        _mail(a_notice(), lambda _notice: made)


def test_a_url_is_text_or_a_function() -> None:
    """Anything else is a mistake."""
    with pytest.raises(InvalidType, match="unsubscribe_url"):
        unsubscribing.checked(b"https://shop.example/")
