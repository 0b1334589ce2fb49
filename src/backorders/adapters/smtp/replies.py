"""What the mail server said, and whether it said that the address will never take mail.

A fault that is ours (a wrong password, an address that we may not send from, a relay that does not
know us, a mail that looks like spam) meets everybody's notices at once. If it set them aside,
somebody would have to retry each of them by hand once it is mended. So a refusal is permanent only
if the server says that it is the address; whatever else goes wrong is temporary, and is tried again
a bounded number of times.
"""

import re
from typing import Final

import attrs

_ENHANCED: Final = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")
"""An enhanced status code (RFC 3463): what it is about, and what about it."""

_MAILBOX: Final = frozenset({550, 551, 553})
"""Replies that RFC 5321 reserves for a mailbox: not there, not here, not a name for one."""

_AT_RCPT: Final = _MAILBOX | {501, 554, 556}
"""To a command that has nothing but the address in it, these are about the address as well."""

_LONGEST: Final = 300
"""Characters of a server's words that are worth keeping."""


@attrs.frozen
class Reply:
    """A server's answer to one command."""

    code: int
    text: str

    @classmethod
    def of(cls, code: int, words: bytes) -> "Reply":
        """Return an answer with its words on one line, whatever bytes the server sent."""
        plain = words.decode("utf-8", "replace")
        shown = "".join(char if char.isprintable() else " " for char in plain)
        return cls(code, " ".join(shown.split())[:_LONGEST])

    def __str__(self) -> str:
        return f"{self.code} {self.text}".rstrip()

    @property
    def is_yes(self) -> bool:
        """Whether the server has done what it was asked to."""
        return 200 <= self.code < 300  # noqa: PLR2004 - RFC 5321, 4.2.1

    def refuses_recipient(self, *, at_rcpt: bool) -> bool:
        """Return whether the address will never take mail.

        `at_rcpt`: this answers the command that names the recipient; otherwise, the mail itself.
        """
        if not 500 <= self.code < 600:  # noqa: PLR2004 - RFC 5321, 4.2.1
            return False
        enhanced = _ENHANCED.match(self.text)
        if enhanced is None:
            return self.code in (_AT_RCPT if at_rcpt else _MAILBOX)
        about, detail = int(enhanced[1]), int(enhanced[2])
        match about:
            case 1:  # an address, of which 7 and 8 are the sender's
                return detail not in {7, 8}
            case 2 | 4:  # the mailbox; the way to it, which is how some say that there is none
                return True
            case 6:  # the mail: letters beyond ASCII that this mailbox cannot take
                return detail in {7, 9}
            case _:  # the server, the protocol, what it permits us
                return False
