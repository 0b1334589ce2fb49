"""People to be told, and the mail server that does it, when it does (laws 20 to 22)."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

import attrs

from backorders.domain.digesting import NewBackOrder
from backorders.domain.errors import RecipientRefused
from backorders.domain.events import WentOnBackOrder
from backorders.domain.notices import Notice, NotificationKind
from backorders.domain.users import User
from backorders.ports.notices import NewNotice, Notices, Users
from backorders.testing.simulation.books import Writes

REFUSED: Final = "nobody@refused.example"
"""An address that the mail server never takes."""

_Entry = tuple[str, int]
"""An order, and the version in which it newly was on back order."""


@attrs.define
class Post:
    """What one seller's users are to be told, as it was committed."""

    users: dict[str, User] = attrs.field(factory=dict)
    entries: set[_Entry] = attrs.field(factory=set)
    """What no digest has used up yet."""
    queued: dict[str, NewNotice] = attrs.field(factory=dict)
    """Every notice that ever was in the outbox, by its id."""
    unwanted: set[str] = attrs.field(factory=set)
    """Those that were dropped because their user had gone, or wanted no more of their kind."""

    def enter(self, writes: Writes) -> None:
        """Take in what a commit has made last."""
        told: set[_Entry] = set()
        noted: set[_Entry] = set()
        for port, method, args in writes:
            match (port, method):
                case ("journal", "append"):
                    told |= {
                        (each.event.order_id, each.version)
                        for each in args[0]
                        if isinstance(each.event, WentOnBackOrder)
                    }
                case ("notices", "note"):
                    noted |= _entries(args[0])
                case ("notices", "use_up"):
                    used = _entries(args[0])
                    assert used <= self.entries, f"law 21: {used - self.entries} listed twice"
                    self.entries -= used
                case ("notices", "queue"):
                    self._queue(args[0])
                case ("notices", "drop"):
                    self._drop(*args)
                case ("users", "add"):
                    self.users[args[0].user_id] = args[0]
                case ("users", "save"):
                    self.users[args[1].user_id] = args[1]
                case ("users", "remove"):
                    self.users.pop(args[0], None)
                case _:
                    pass
        assert noted == told, f"law 21: {told} went on back order, and noted were {noted}"
        self.entries |= noted

    def _queue(self, new: Iterable[NewNotice]) -> None:
        for each in new:
            queued = each.queued
            user = self.users.get(queued.user_id)
            wanted = user is not None and queued.kind in user.opted_in
            assert wanted, f"law 20: {queued} is not wanted by {user}"
            assert queued.message_id not in self.queued, f"law 22: {queued} was queued before"
            self.queued[queued.message_id] = each

    def _drop(self, user_id: str, kind: NotificationKind | None) -> None:
        self.unwanted |= {
            message_id
            for message_id, (queued, _) in self.queued.items()
            if queued.user_id == user_id and kind in {None, queued.kind}
        }

    def compare(self, users: Users, notices: Notices, sent: Collection[str]) -> None:
        """Judge what is stored by what was committed, and what became of each notice.

        `sent` are the ids of what the mail server has taken of this seller.
        """
        stored = {user.user_id: user for user in users.every()}
        assert stored == self.users, f"law 20: stored are {stored}, committed were {self.users}"
        there = notices.find([each.queued.message_id for each in self.queued.values()])
        lost = self.queued.keys() - there.keys() - self.unwanted - set(sent)
        assert not lost, f"law 22: nobody was told, and nobody will be: {lost}"
        undone = set(sent) - self.queued.keys()
        assert not undone, f"law 19: what was undone has told somebody: {undone}"


def _entries(new: Iterable[NewBackOrder]) -> set[_Entry]:
    return {(each.order_id, each.version) for each in new}


@attrs.define
class MailServer:
    """A mail server: takes what comes to it, unless something goes wrong on the way."""

    taken: dict[str, list[Notice]] = attrs.field(factory=dict)
    """Message id → each time that it came."""

    def taken_of(self, seller_id: str) -> list[str]:
        """Return the ids of what it has taken of a seller."""
        taken = self.taken.items()
        return [message_id for message_id, each in taken if each[0].seller_id == seller_id]

    def take(self, notice: Notice) -> None:
        """Take a notice, or refuse it for good."""
        if notice.recipient == REFUSED:
            raise RecipientRefused(notice.recipient, "no such mailbox")
        before = self.taken.setdefault(notice.message_id, [])
        assert all(_said(notice) == _said(each) for each in before), f"law 22: {notice}, {before}"
        before.append(notice)


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
