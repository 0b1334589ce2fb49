"""What a notifier is made with, checked before anything is sent."""

import re
import ssl
from typing import Final

from backorders.adapters.smtp import headers
from backorders.adapters.smtp.composing import Sender
from backorders.adapters.smtp.connecting import Encryption, Server
from backorders.domain import limits, values
from backorders.domain.errors import InvalidType, InvalidValue

_LONGEST_TIMEOUT: Final = limits.DELIVERY_LEASE.total_seconds() / 5
"""Seconds. A mail takes four answers; when its lease ends, somebody else sends it as well."""

_NAMED: Final = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<name>.*?))\s*<(?P<address>[^<>]+)>')


def checked_server(
    *,
    host: str,
    port: int,
    encryption: Encryption,
    context: ssl.SSLContext | None,
    username: str | None,
    password: str | None,
    timeout: float,
    local_hostname: str | None,
) -> Server:
    """Return where the mail server is, or raise `InvalidValue` for what cannot be right."""
    if (username is None) != (password is None):
        missing = "username" if username is None else "password"
        raise InvalidValue(missing, "must be given too: one is no use without the other")
    return Server(
        host=_word("host", host),
        port=values.whole_number("port", port, least=1, most=65535),
        encryption=values.member("encryption", encryption, Encryption),
        context=_context(context),
        username=None if username is None else _ascii("username", username),
        password=None if password is None else _ascii("password", password),
        timeout=_seconds("timeout", timeout),
        local_hostname=None if local_hostname is None else _word("local_hostname", local_hostname),
    )


def checked_sender(sender: str, message_id_domain: str | None) -> Sender:
    """Return who the mails are from, or raise `InvalidValue` for what cannot be right."""
    given = values.text("sender", sender, longest=limits.REASON_LENGTH)
    named = _NAMED.fullmatch(given)
    name, address = (named["quoted"] or named["name"], named["address"]) if named else ("", given)
    if not headers.is_address(address):
        raise InvalidValue("sender", "must be one address: shop@example.com, or Name <address>")
    domain = address.rpartition("@")[2] if message_id_domain is None else message_id_domain
    domain = values.text("message_id_domain", domain, longest=limits.ID_LENGTH)
    if not (domain.isascii() and headers.is_address(f"id@{domain}")):
        raise InvalidValue("message_id_domain", "must be given as a domain in ASCII: example.com")
    return Sender(name, address, domain)


def _word(field: str, value: object) -> str:
    word = values.identifier(field, value)
    if any(char.isspace() for char in word):
        raise InvalidValue(field, "must not have blanks")
    return word


def _ascii(field: str, value: object) -> str:
    plain = values.text(field, value, longest=limits.REASON_LENGTH)
    if not plain.isascii():
        raise InvalidValue(field, "must be ASCII: smtplib sends nothing else")
    return plain


def _context(value: object) -> ssl.SSLContext | None:
    if value is None or isinstance(value, ssl.SSLContext):
        return value
    raise InvalidType("tls_context", "an ssl.SSLContext", type(value).__name__)


def _seconds(field: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidType(field, "a number of seconds", type(value).__name__)
    if not 0 < value <= _LONGEST_TIMEOUT:
        raise InvalidValue(field, f"must be more than 0 and at most {_LONGEST_TIMEOUT:.0f} seconds")
    return float(value)
