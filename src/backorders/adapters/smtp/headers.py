"""The headers of a mail, letter by letter: what stands in an id never becomes a header.

`EmailMessage` interprets what it is given. It decodes encoded words that stand in a text and writes
what comes out (Python 3.11.7 writes a line feed that was hidden in one, and so a header of the
attacker's), and it writes a long URL as encoded words, which no unsubscribe button understands. So
the headers with input in them pass by its parser: they are made safe here, and go out as they are.
"""

import re
import unicodedata
from email.header import Header
from email.policy import EmailPolicy
from typing import Final

_LINE: Final = 78
"""Characters of a line, where there is a blank to fold at (RFC 5322, 2.1.1)."""

LONGEST_SUBJECT: Final = 400
"""Characters of a subject: any id fits, and a line that cannot be folded stays legal."""

_TURNS_TEXT_AROUND: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Marks of direction, with which the end of a text can be made to show at its beginning."""

_WRITTEN: Final = frozenset({"subject", "from", "to", "message-id", "list-unsubscribe"})

_ATOM: Final = r"[^\x00-\x20\x7f()<>\[\]:;@\\,.\"]+"
_ADDRESS: Final = re.compile(rf"\.*{_ATOM}(?:\.+{_ATOM})*\.*@{_ATOM}(?:\.{_ATOM})*\.?")
_LONGEST_ADDRESS: Final = 254  # octets: RFC 5321, 4.5.3.1.3


class MailPolicy(EmailPolicy):
    """`email.policy.SMTP`, but the headers of which this module is the author are left alone."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        if name.lower() not in _WRITTEN:
            stored: tuple[str, str] = super().header_store_parse(name, value)
            return stored
        if one_line(value) != value:
            raise ValueError(f"not fit for a header: {value!r}")
        return name, value

    def header_fetch_parse(self, name: str, value: str) -> str:
        if name.lower() in _WRITTEN:
            return value
        fetched: str = super().header_fetch_parse(name, value)
        return fetched

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _WRITTEN:
            return _folded(name, value, self.linesep)
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _WRITTEN:
            return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")
        return super().fold_binary(name, value)


def one_line(text: str) -> str:
    r"""Return `text` on one line: a run of blanks, controls and marks of direction is one blank.

    >>> one_line("two\r\nlines")
    'two lines'
    """
    return " ".join("".join(" " if _is_unfit(char) else char for char in text).split())


def subject(text: str) -> str:
    """Return a subject that reads as `text`: `one_line`, cut to `LONGEST_SUBJECT`, and encoded.

    Plain ASCII stays as it is, unless mail programs would read more into it than its letters.

    >>> subject("Order =?utf-8?q?O1?= is back")
    '=?utf-8?q?Order_=3D=3Futf-8=3Fq=3FO1=3F=3D_is_back?='
    """
    line = one_line(text)
    if len(line) > LONGEST_SUBJECT:
        line = f"{line[: LONGEST_SUBJECT - 1]}…"
    return line if _is_plain(line) else _encoded(line)


def is_address(text: str) -> bool:
    """Return whether `text` is one address and can be nothing else, wherever in a mail it stands.

    A name and a host, in letters of any script, without quotes, comments and encoded words.

    >>> is_address("o'neill+tea@example.com"), is_address("a@example.com,b@example.com")
    (True, False)
    """
    return (
        _ADDRESS.fullmatch(text) is not None
        and "=?" not in text
        and text.isprintable()
        and len(text.encode(errors="replace")) <= _LONGEST_ADDRESS
    )


def mailbox(name: str, address: str) -> str:
    r"""Return an address, with the name of whom it belongs to in front if there is one.

    >>> print(mailbox('Tea "&" Co.', "shop@example.com"))
    "Tea \"&\" Co." <shop@example.com>
    """
    name = one_line(name)
    if not name:
        return address
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address}>' if _is_plain(name) else f"{_encoded(name)} <{address}>"


def _is_unfit(char: str) -> bool:
    return char in _TURNS_TEXT_AROUND or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}


def _is_plain(line: str) -> bool:
    return line.isascii() and "=?" not in line


def _encoded(line: str) -> str:
    """Return encoded words (RFC 2047), which a mail program decodes once: to `line` itself."""
    return " ".join(Header(line, "utf-8", header_name="Subject").encode().split())


def _folded(name: str, value: str, line_end: str) -> str:
    """Return a header's lines, broken at blanks alone: unfolded, the value is what it was."""
    first, *words = value.split(" ")
    lines = [f"{name}: {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    return "".join(f"{line}{line_end}" for line in lines)
