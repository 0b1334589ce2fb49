"""A call while it is being made: what it may come to, and whether it came to that."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from backorders.domain.errors import LostRace, RetriesExhausted, StoreUnusable
from backorders.testing.commands import Command, observed
from backorders.testing.model import BULK
from backorders.testing.simulation.books import changes_anything
from backorders.testing.simulation.judging import READING, UNMODELLED, read
from backorders.testing.simulation.plan import EVERYBODY, Step
from backorders.testing.simulation.watched import WatchedUnitOfWork

if TYPE_CHECKING:
    from backorders.testing.simulation.world import World


@attrs.define
class Attempt:
    """One attempt at a call."""

    _world: "World"
    _step: Step
    asked: Command
    now: datetime
    """What time it is for the call."""
    began_at: datetime | None = None
    """What time it was when it first asked."""
    met_somebody: bool = False
    """Whether anybody was in its way."""
    _wanted: list[tuple[str, object]] = attrs.field(factory=list)
    """What each of its commits should have come to, and of which seller."""
    _acceptable: list[object] = attrs.field(factory=list)
    """What would have been right at some moment while it ran, if it changed nothing."""
    _meant: list[Sequence[str]] = attrs.field(factory=list)
    """The orders that an answer to many may be for: those that waited at some moment."""
    _noted: frozenset[tuple[str, int]] = frozenset()
    """The entries of the next digest when its unit of work began."""
    _has_changed: bool = False
    """Whether any of its commits has changed anything."""
    _due: dict[str, int] = attrs.field(init=False)
    """Notices that were due when it began."""

    @_due.default
    def _look(self) -> dict[str, int]:
        delivers = self.asked.name == "deliver_notifications"
        return self._world.due_notices() if delivers else {}

    def tell_time(self, now: datetime) -> datetime:
        """Return what time it is, which it has asked."""
        self.now = now
        self.began_at = self.began_at or now
        return now

    # What is right

    def begin_anew(self, seller_id: str) -> None:
        """Forget what would have been right before a unit of work began."""
        self._acceptable = []
        self._meant = []
        self._noted = frozenset(self._world.judged_by_id(seller_id).post.entries)

    def commit(self, uow: WatchedUnitOfWork) -> None:
        """Judge a commit, and note what the call should have come to with it."""
        judged = self._world.judged_by_id(uow.seller_id)
        self._world.listener.enter(uow.seller_id, uow.written)
        began_at = self.began_at or self.now
        self._note_who_is_meant(uow.seller_id)
        wanted = judged.commit(
            uow.written, self.asked, began_at, self.now, meant=self._meant, noted=self._noted
        )
        self._wanted.append((uow.seller_id, wanted))
        self._has_changed = self._has_changed or changes_anything(uow.written)

    def accept(self, seller_id: str, *, unless_known: bool = False) -> None:
        """Note what would be right to see of a seller now."""
        self._note_who_is_meant(seller_id)
        if self.asked.name in UNMODELLED or (unless_known and self._acceptable):
            return
        judged = self._world.judged_by_id(seller_id)
        if judged.model is not None or self.asked.name in READING:
            self._acceptable.append(judged.answer(self.asked, self.now))

    def _note_who_is_meant(self, seller_id: str) -> None:
        judged = self._world.judged_by_id(seller_id)
        if self.asked.name in BULK and judged.model is not None:
            self._meant.append(judged.meant(self.asked, self.now))

    # Whether it is

    def judge(self, result: object) -> None:
        """Judge what the call came to."""
        world, asked = self._world, self.asked
        if isinstance(result, RetriesExhausted):
            assert self.met_somebody, "all races were lost, though nobody else was there"
            return
        assert not isinstance(result, StoreUnusable | LostRace), f"{asked} came to {result!r}"
        if asked.name == "deliver_notifications":
            left = self._due.items() & world.due_notices().items()
            assert not left, f"law 22: due were, and not tried: {left}"
        if asked.name in READING:
            found = read(result)
            assert found in self._acceptable, f"{asked} came to {found}, not {self._acceptable}"
        elif world.is_modelled and asked.name not in UNMODELLED:
            self._judge_by_the_model(result)

    def _judge_by_the_model(self, result: object) -> None:
        world, asked = self._world, self.asked
        if self._step.seller == EVERYBODY:
            listed = [
                (name, order_id)
                for name, ids in self._wanted
                if isinstance(ids, list)
                for order_id in ids
            ]
            assert isinstance(result, tuple)
            assert [*result] == listed, f"{asked} came to {result}, not {listed}"
            return
        if not self._wanted and not self._acceptable:
            # It was refused before it asked for a unit of work: for what it is, not for its time.
            self.accept(world.seller_id(self._step.seller))
        wanted = [each for _, each in self._wanted]
        if not self._has_changed:
            # It may have seen what there was before others committed.
            wanted += self._acceptable
        world.tally.judged += 1
        assert observed(result) in wanted, f"{asked} came to {result!r}, not {wanted}"
