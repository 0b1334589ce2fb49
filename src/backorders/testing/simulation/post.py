"""What one seller's users are told: judged by what was committed, not by what was noted of it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import attrs

from backorders.domain import limits
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.events import LeftBackOrder, WentOnBackOrder
from backorders.domain.notices import NotificationKind
from backorders.domain.users import User
from backorders.domain.values import MessageId, UserId
from backorders.ports.notices import NewNotice, Notices, Users
from backorders.ports.storage import Entry
from backorders.testing.commands import Command
from backorders.testing.simulation.telling import Committed, Told, what_is_told

_Entry = tuple[str, int]
"""An order, and the version in which it newly was on back order."""


@attrs.define
class Post:
    """What one seller's users are to be told, as it was committed."""

    users: dict[str, User] = attrs.field(factory=dict)
    """As the calls on them say."""
    entries: dict[_Entry, datetime] = attrs.field(factory=dict)
    """What no digest has used up yet, and since when."""
    last: LastDigest | None = None
    queued: set[MessageId] = attrs.field(factory=set)
    """The id of every notice that ever was in the outbox."""
    outbox: dict[str, QueuedNotice] = attrs.field(factory=dict)
    """Those that still are."""
    unwanted: set[str] = attrs.field(factory=set)
    """Those that were dropped because their user had gone, or wanted no more of their kind."""

    def due(self, now: datetime) -> dict[str, int]:
        """Return the notices that are to be tried by now, and how often each was written."""
        return {
            message_id: notice.version
            for message_id, notice in self.outbox.items()
            if notice.due_at is not None and notice.due_at <= now
        }

    def enter(self, done: Committed) -> None:
        """Take in what a commit has made last, and judge who is told what."""
        self._ask_for(done.asked)
        done.assert_overdue_is_told()
        new = {(str(order.order_id), order.version): done.now for order in done.newly_short()}
        noted: set[_Entry] = set()
        used: list[_Entry] | None = None
        told: list[Told] = []
        events: list[Entry] = []
        for port, method, args in done.writes:
            match (port, method):
                case ("journal", "append"):
                    events += args[0]
                case ("notices", "note"):
                    noted |= _entries(args[0])
                case ("notices", "use_up"):
                    used = self._use_up(done, *args)
                case ("notices", "queue"):
                    told += self._queue(args[0])
                case ("notices", "save"):
                    self._save(args[0], done.now)
                case ("notices", "remove"):
                    self.outbox.pop(args[0], None)
                case ("notices", "drop"):
                    self._drop(*args)
                case ("users", "add" | "save"):
                    known = self.users.get(args[-1].user_id)
                    assert args[-1] == known, f"law 20: {args[-1]} should be {known}"
                case _:
                    pass
        _judge_events(events, done)
        assert noted == new.keys(), f"law 21: {new.keys()} are new, and noted were {noted}"
        self.entries |= new
        listed = None if used is None else [done.orders[order_id] for order_id, _ in used]
        wanted = done.to_tell(self.users.values(), listed)
        assert sorted(told) == wanted, f"laws 20 to 22: told is {sorted(told)}, and not {wanted}"

    def _ask_for(self, asked: Command) -> None:
        """Do what a call asks about the people."""
        if asked.name not in {"add_user", "opt_in", "opt_out", "remove_user"}:
            return
        user_id = UserId(str(asked.args[0]))
        user = self.users.pop(user_id, None)
        match asked.name, asked.args:
            case "add_user", _:
                kinds = frozenset[NotificationKind]() if user is None else user.opted_in
                self.users[user_id] = User(user_id, str(asked.options["email"]), kinds)
            case "opt_in", (_, NotificationKind() as kind) if user is not None:
                self.users[user_id] = attrs.evolve(user, opted_in=user.opted_in | {kind})
            case "opt_out", (_, NotificationKind() as kind) if user is not None:
                self.users[user_id] = attrs.evolve(user, opted_in=user.opted_in - {kind})
            case _:
                pass

    def _use_up(
        self,
        done: Committed,
        entries: Iterable[NewBackOrder],
        last: LastDigest | None,
        digest: LastDigest,
    ) -> list[_Entry]:
        """Take entries into a digest: those of the days that are over, all of them, once.

        One that came while the digest was being made may be left to the next.
        """
        used = _entries(entries)
        # An entry so much later was made by a clock that is wrong: nobody waits for its day.
        late = done.began_at + timedelta(days=1)
        due = {entry for entry, at in self.entries.items() if at < done.midnight or at > late}
        must = due if done.noted_before is None else due & {*done.noted_before}
        assert must <= used <= due, f"law 21: {used} are listed at {done.began_at}, and not {due}"
        number = 1 if self.last is None else self.last.number + 1
        assert last == self.last, f"law 21: {last} was not the last digest, but {self.last}"
        wanted = LastDigest(number, done.midnight)
        assert digest == wanted, f"law 21: {digest}, and not {wanted}"
        self.last = digest
        for entry in used:
            del self.entries[entry]
        return sorted(used)

    def _queue(self, new: Iterable[NewNotice]) -> list[Told]:
        told: list[Told] = []
        for queued, content in new:
            assert queued.message_id not in self.queued, f"law 22: {queued} was queued before"
            self.queued.add(queued.message_id)
            self.outbox[queued.message_id] = queued
            told += what_is_told(queued.user_id, queued.kind, content)
        return told

    def _save(self, notice: QueuedNotice, now: datetime) -> None:
        """Judge how a notice goes on: it is being tried, or was, and is tried again after a pause.

        Nobody sets one aside before it was tried often enough, unless it was refused for good.
        """
        before = self.outbox[notice.message_id]
        self.outbox[notice.message_id] = notice
        if notice.due_at is None:
            is_over = before.attempts >= limits.DELIVERY_ATTEMPTS
            refused = notice.problem.startswith("RecipientRefused")
            assert is_over or refused, f"law 22: {notice} was given up after {before}"
        elif notice.attempts == before.attempts:
            most = min(timedelta(minutes=2 ** (notice.attempts - 1)), timedelta(hours=6))
            pause = notice.due_at - now
            assert most / 2 <= pause <= most, f"law 22: {notice} comes again after {pause}"

    def _drop(self, user_id: str, kind: NotificationKind | None) -> None:
        dropped = {
            message_id
            for message_id, notice in self.outbox.items()
            if notice.user_id == user_id and kind in {None, notice.kind}
        }
        self.unwanted |= dropped
        for message_id in dropped:
            del self.outbox[message_id]

    def compare(self, users: Users, notices: Notices, sent: Collection[str]) -> None:
        """Judge what is stored by what was committed, and what became of each notice.

        `sent` are the ids of what the mail server has taken of this seller.
        """
        stored = {user.user_id: user for user in users.every()}
        assert stored == self.users, f"law 20: stored are {stored}, committed were {self.users}"
        there = notices.find(sorted(self.queued))
        lost = self.queued - there.keys() - self.unwanted - set(sent)
        assert not lost, f"law 22: nobody was told, and nobody will be: {lost}"
        undone = set(sent) - self.queued
        assert not undone, f"law 19: what was undone has told somebody: {undone}"


def _judge_events(entries: Iterable[Entry], done: Committed) -> None:
    """Law 12: what is told of the backlog is who went on it and who left it, net."""
    events = [each.event for each in entries]
    went = sorted(event.order_id for event in events if isinstance(event, WentOnBackOrder))
    wanted = sorted(order.order_id for order in done.newly_short())
    assert went == wanted, f"law 12: {went} are told to be on back order newly, and not {wanted}"
    left = sorted(event.order_id for event in events if isinstance(event, LeftBackOrder))
    wanted = sorted(order.order_id for order in done.released())
    assert left == wanted, f"law 12: {left} are told to have left back order, and not {wanted}"


def _entries(new: Iterable[NewBackOrder]) -> set[_Entry]:
    return {(each.order_id, each.version) for each in new}
