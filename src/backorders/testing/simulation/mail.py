"""The mail server, which tells people things when it does, and the way to it (law 22)."""

from collections import Counter
from collections.abc import Callable
from typing import Final

import attrs

from backorders.domain.errors import RecipientRefused
from backorders.domain.notices import Notice

REFUSED: Final = "nobody@refused.example"
"""An address that the mail server never takes."""
BUSY: Final = "later@busy.example"
"""One that it takes only when a notice comes for the third time, as servers do against spam."""

_TURNED_AWAY: Final = 2


@attrs.define
class MailServer:
    """A mail server: takes what comes to it, unless something goes wrong on the way."""

    taken: dict[str, list[Notice]] = attrs.field(factory=dict)
    """Message id → each time that it came."""
    turned_away: Counter[str] = attrs.field(factory=Counter)
    """Message id → how often it was to come later."""
    is_calm: bool = False
    """Whether it has time for everybody."""

    def taken_of(self, seller_id: str) -> list[str]:
        """Return the ids of what it has taken of a seller."""
        taken = self.taken.items()
        return [message_id for message_id, each in taken if each[0].seller_id == seller_id]

    def take(self, notice: Notice) -> None:
        """Take a notice, or refuse it for good."""
        if notice.recipient == REFUSED:
            raise RecipientRefused(notice.recipient, "no such mailbox")
        if notice.recipient == BUSY and not self.is_calm:
            self.turned_away[notice.message_id] += 1
            if self.turned_away[notice.message_id] <= _TURNED_AWAY:
                raise TryLater
        before = self.taken.setdefault(notice.message_id, [])
        assert all(_said(notice) == _said(each) for each in before), f"law 22: {notice}, {before}"
        before.append(notice)


class TryLater(Exception):
    """The mail server takes a notice, but not now."""


def _said(notice: Notice) -> object:
    """Return what must be the same whenever a notice comes again; the address may have changed."""
    return notice.seller_id, notice.kind, notice.subject, notice.text


@attrs.frozen
class Postman:
    """Brings notices to the mail server; the way there is a port as any other."""

    _server: MailServer
    _asked: Callable[[str, Callable[[], object]], object]

    def send(self, notice: Notice) -> None:
        """Bring a notice, or fail."""
        self._asked("mail.send", lambda: self._server.take(notice))
