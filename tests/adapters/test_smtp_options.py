"""What a notifier is made with: a mistake is told by the name of its field, before any mail."""

import ssl
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default

import pytest

from backorders.adapters.smtp.connecting import Encryption, Server
from backorders.adapters.smtp.headers import mailbox
from backorders.adapters.smtp.options import checked_sender, checked_server
from backorders.domain.errors import InvalidType, InvalidValue

RIGHT: Mapping[str, object] = {
    "host": "mail.example.com",
    "port": 587,
    "encryption": Encryption.STARTTLS,
    "context": None,
    "username": "shop",
    "password": "secret",
    "timeout": 30,
    "local_hostname": None,
}


def _server(**options: object) -> Server:
    return checked_server(**{**RIGHT, **options})  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", ""),
        ("host", "mail example"),
        ("host", "mail\r\nexample"),
        ("port", 0),
        ("port", 65536),
        ("timeout", 0),
        ("timeout", -1.0),
        ("timeout", 121),
        ("timeout", float("nan")),
        ("timeout", float("inf")),
        ("username", "läden"),
        ("password", "geheimes wört"),
        ("password", "two\r\nlines"),
        ("username", None),
        ("password", None),
        ("local_hostname", "a b"),
    ],
)
def test_an_option_out_of_range_is_refused_by_name(field: str, value: object) -> None:
    """A wrong option would fail every notice, one by one."""
    with pytest.raises(InvalidValue) as caught:
        _server(**{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", b"mail"),
        ("port", "587"),
        ("port", True),
        ("encryption", "tls"),
        ("context", True),
        ("timeout", "30"),
        ("timeout", True),
        ("username", 7),
        ("password", b"secret"),
    ],
)
def test_an_option_of_the_wrong_type_is_refused_by_name(field: str, value: object) -> None:
    """Likewise."""
    with pytest.raises(InvalidType) as caught:
        _server(**{field: value})
    assert caught.value.field == {"context": "tls_context"}.get(field, field)


def test_what_is_right_is_taken() -> None:
    """Otherwise the refusals above would prove nothing."""
    context = ssl.create_default_context()
    made = _server(context=context, username=None, password=None, timeout=0.5)
    assert (made.host, made.port, made.context) == ("mail.example.com", 587, context)
    assert made.timeout == 0.5


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "shop",
        "a@b@c",
        "a@b, c@d",
        "Shop <a@b>, c@d",
        "Shop <>",
        "<a@b> Shop",
        "a@b\r\nBcc: c@d",
    ],
)
def test_a_sender_is_one_address(sender: str) -> None:
    """It stands in a header of every mail, and in the command that begins it."""
    with pytest.raises(InvalidValue, match=r"^sender "):
        checked_sender(sender, None)


@pytest.mark.parametrize("domain", ["", "a b", "bücher.example", "a@b", "x>"])
def test_a_domain_of_message_ids_is_plain(domain: str) -> None:
    """It stands in a header of every mail."""
    with pytest.raises(InvalidValue, match="message_id_domain"):
        checked_sender("shop@example.com", domain)


def test_a_sender_beyond_ascii_needs_a_domain_for_message_ids() -> None:
    """The rule says so; the default would not be one."""
    with pytest.raises(InvalidValue, match="message_id_domain"):
        checked_sender("shop@bücher.example", None)
    made = checked_sender("shop@bücher.example", "xn--bcher-kva.example")
    assert made.message_id_domain == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("shop@example.com", ""),
        ("<shop@example.com>", ""),
        ("Tea, Mugs; & more <shop@example.com>", "Tea, Mugs; & more"),
        ('"Tea, Mugs; & more" <shop@example.com>', "Tea, Mugs; & more"),
        ('The "Shop" \\ <shop@example.com>', 'The "Shop" \\'),
        ("Läden 茉莉 🫖 <shop@example.com>", "Läden 茉莉 🫖"),
        ("=?utf-8?q?=0ABcc:_x=40y?= <shop@example.com>", "=?utf-8?q?=0ABcc:_x=40y?="),
        ("eve@example.com, <shop@example.com>", "eve@example.com,"),
        ("a <b <shop@example.com>", "a <b"),
    ],
)
def test_a_sender_may_have_a_name(sender: str, name: str) -> None:
    """Whatever is in it, it is read as it was meant, and the address stays the only one."""
    made = checked_sender(sender, None)
    content = f"From: {mailbox(made.name, made.address)}\r\n\r\n".encode("ascii")
    read = message_from_bytes(content, policy=default)["From"].addresses
    assert [(one.display_name, one.addr_spec) for one in read] == [(name, "shop@example.com")]
