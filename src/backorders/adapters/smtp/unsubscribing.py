"""Where a recipient can switch a kind of notice off: a URL of the host's, made for each notice."""

import re
import string
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import quote

from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.notices import Notice

Unsubscribing: TypeAlias = str | Callable[[Notice], str]
"""A URL with `{seller}`, `{recipient}` and `{kind}` in it, or a function that makes one."""

_FIELDS: Final = frozenset({"seller", "recipient", "kind"})
_URL: Final = re.compile(r"(?:https?://|mailto:)[!-;=?-~]+", re.IGNORECASE)
"""What may stand between < and > in a header: no blank, no bracket, ASCII alone."""


def checked(value: object) -> Callable[[Notice], str]:
    """Return the function that makes the URL of a notice.

    Raises `InvalidValue` for a text that is no URL, or that has other fields.
    """
    if callable(value):
        function: Callable[[Notice], str] = value
        return lambda notice: _url(function(notice))
    if not isinstance(value, str):
        raise InvalidType("unsubscribe_url", "a str or a function", type(value).__name__)
    try:
        parts = list(string.Formatter().parse(value))
    except ValueError as error:
        raise InvalidValue("unsubscribe_url", f"has a stray brace: {error}") from None
    for _, field, form, conversion in parts:
        if field is not None and (field not in _FIELDS or form or conversion):
            raise InvalidValue(
                "unsubscribe_url", f"may have {{seller}}, {{recipient}}, {{kind}}, not {{{field}}}"
            )
    _url(_filled(value, "", "", ""))
    return lambda notice: _url(
        _filled(value, notice.seller_id, notice.recipient, notice.kind.value)
    )


def _filled(template: str, seller: str, recipient: str, kind: str) -> str:
    """Return the URL with its fields filled in, each percent-encoded wholly."""
    return template.format(
        seller=quote(seller, safe=""),
        recipient=quote(recipient, safe=""),
        kind=quote(kind, safe=""),
    )


def _url(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidType("unsubscribe_url", "a str", type(value).__name__)
    if not _URL.fullmatch(value):
        raise InvalidValue(
            "unsubscribe_url", "must be a URL with https, http or mailto, percent-encoded"
        )
    return value
