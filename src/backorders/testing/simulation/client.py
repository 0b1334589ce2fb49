"""A client: makes calls on the face, one step after the other, and watches what they come to."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from backorders.application import Backorders, Seller
from backorders.domain.errors import BackordersError, LostRace, StoreUnusable
from backorders.domain.happened import Happened
from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.ports.storage import UnitOfWork
from backorders.testing.commands import Command, command
from backorders.testing.simulation.attempt import Attempt
from backorders.testing.simulation.intents import is_intent, meant
from backorders.testing.simulation.mail import Postman
from backorders.testing.simulation.plan import EVERYBODY, Step
from backorders.testing.simulation.relay import Runner
from backorders.testing.simulation.trouble import (
    Crashed,
    Fault,
    Injected,
    InjectedError,
    InjectedRace,
    InjectedSilence,
    Luck,
    Stopped,
)
from backorders.testing.simulation.watched import WatchedStore, WatchedUnitOfWork

if TYPE_CHECKING:
    from backorders.testing.simulation.world import World


T = TypeVar("T")

_NOTHING: Final = command("verify")
_MANY: Final = 1000
"""More than there are orders of a seller in a case."""


class Client:
    """A client, in a thread of its own, which moves only while it has the baton."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.runner = Runner(self._run)
        self.step: Step | None = None
        """What it is at; `None` while it waits for something to do."""
        self.is_waiting = False
        """Whether it has nothing to do until somebody else's unit of work ends."""
        self.is_down = False
        """Whether it has noticed that the process has crashed."""
        self.inside: WatchedUnitOfWork | None = None
        self.chance: random.Random | None = None
        self._app = Backorders(WatchedStore(self), clock=self._clock, pause=self._pause)
        self._app.subscribe(self._hear, name="listener")
        self.is_of_case = world.is_of_case
        self._postman = Postman(world.mail, self.asked)
        self.attempt = Attempt(world, Step(0, EVERYBODY, _NOTHING), _NOTHING, world.now)
        self._luck = Luck()

    # Steps

    def _run(self) -> None:
        with suppress(Stopped):
            while (step := self.world.next_step()) is not None:
                self.world.now += timedelta(minutes=step.minutes)
                self.step = step
                self.chance = None if step.seed is None else random.Random(step.seed)
                try:
                    self.take(step)
                except Stopped:
                    raise
                except BaseException as error:  # noqa: BLE001 - whatever it is, it is a finding
                    self.world.fail(step, error)
                self.step = None
                self.world.hand_on(self)
        self.step = None
        self.world.leave(self)

    def take(self, step: Step) -> object:
        """Make the call of a step, once more after an error if it says so; judge what it comes to.

        Returns what it came to.
        """
        self._luck = Luck(step.troubles)
        asked: Command | None = None
        for attempt in range(step.repeats + 1):
            self.world.tally.repeated += attempt > 0
            if attempt:
                self._luck = Luck()
            try:
                asked = asked or self._meant(step)
                self._begin(step, asked)
                result = self._make(step, asked)
            except Crashed:
                self.inside = None
                self.world.wait_for_restart(self)
                continue
            if isinstance(result, Injected):
                assert not isinstance(result, InjectedRace), f"{asked} was not made once more"
                self.world.came_to(step, asked, result)
                continue
            self.attempt.judge(result)
            self.world.came_to(step, asked, result)
            return result
        return None

    def _begin(self, step: Step, asked: Command) -> None:
        self.attempt = Attempt(self.world, step, asked, self.attempt.now)

    def _meant(self, step: Step) -> Command:
        """Return the call that is really made: it may follow from who waits."""
        if not is_intent(step.asked):
            return step.asked
        self._begin(step, command("back_orders", limit=_MANY))
        try:
            waiting = self.seller(step).back_orders(limit=_MANY).items
        except Injected:
            waiting = ()
        return meant(step.asked, waiting)

    def seller(self, step: Step) -> Seller:
        """Return the face of the seller whom a step is about."""
        return self._app.seller(self.world.seller_id(step.seller))

    def _make(self, step: Step, asked: Command) -> object:
        if step.seller != EVERYBODY:
            return asked.on(self.seller(step))
        call: Callable[..., object] = getattr(self._app, asked.name)
        # Whoever delivers is given the way to deliver by.
        ways = [self._postman] if asked.name == "deliver_notifications" else []
        try:
            return call(*ways, **asked.options)
        except BackordersError as refused:
            return refused

    def notice_commit(self, seller_id: str, *, before: bool) -> None:
        """Note what would be right to see, as somebody else is committing for the same seller."""
        if self.inside is not None and self.inside.seller_id == seller_id:
            self.attempt.accept(seller_id, unless_known=before)

    # What the watched store tells

    def asked(self, port: str, call: Callable[[], object]) -> object:
        """Make a call on a port; before it others may go on, and what is to go wrong does."""
        world = self.world
        world.turn(self, port)
        step = self.step
        assert step is not None
        writes = self.inside is not None and not self.inside.read_only
        fault = self._luck.next(port, writes=writes)
        if fault is not None:
            world.tally.faults[fault.value, port] += 1
            world.trace.append((step.number, f"{port}: {fault.value}"))
        self._strike(fault, after=False)
        try:
            result = call()
        except AssertionError as error:
            # Whoever delivers takes any error of a port for a failure, and goes on.
            world.fail(step, error)
            raise Stopped from error
        self._strike(fault, after=True)
        return result

    def _strike(self, fault: Fault | None, *, after: bool) -> None:
        match fault:
            case Fault.SLOW if not after:
                self.world.dawdle(self)
            case Fault.ERROR_BEFORE if not after:
                raise InjectedError("the store is out of order")
            case Fault.LOST_RACE if not after:
                raise InjectedRace("somebody else was faster")
            case Fault.CRASH_BEFORE if not after:
                self.world.crash(self)
            case Fault.ERROR_AFTER if after:
                raise InjectedError("the store is out of order")
            case Fault.LOST_ANSWER if after:
                raise InjectedSilence("the connection broke while committing")
            case Fault.CRASH_AFTER if after:
                self.world.crash(self)
            case _:
                pass

    def begun(self, seller_id: str, *, read_only: bool) -> UnitOfWork:
        """Return the store's own unit of work, having waited for others if it must be."""
        # Settings are read without a lock: who began before they were changed may go by the old
        # ones, and commit later. The model could not follow.
        while any(self._collides(other, seller_id) for other in self.world.others(self)):
            self.world.wait_for_others(self)
        return self.patiently(lambda: self.world.store.begin(seller_id, read_only=read_only))

    def _collides(self, other: "Client", seller_id: str) -> bool:
        is_there = other.inside is not None and other.inside.seller_id == seller_id
        return is_there and "configure" in {self.attempt.asked.name, other.attempt.asked.name}

    def patiently(self, call: Callable[[], T]) -> T:
        """Return what a call comes to, as soon as nobody's unit of work is in its way."""
        while True:
            try:
                return call()
            except (LostRace, StoreUnusable) as busy:
                if not self.world.is_anybody_inside():
                    raise AssertionError("the store makes wait, though nobody is there") from busy
                self.world.wait_for_others(self)

    def entered(self, uow: WatchedUnitOfWork) -> None:
        """Note that a unit of work has begun."""
        self.inside = uow
        self.attempt.begin_anew(uow.seller_id)

    def committed(self, uow: WatchedUnitOfWork) -> None:
        """Judge what a commit came to, and let those know who are in the middle of a call."""
        others = [each for each in self.world.others(self) if each.inside is not None]
        for other in others:
            other.notice_commit(uow.seller_id, before=True)
        self.attempt.commit(uow)
        for other in others:
            other.notice_commit(uow.seller_id, before=False)
        self.world.tally.commits += 1
        self.world.tally.overlaps += any(
            other.inside is not None and other.inside.seller_id == uow.seller_id for other in others
        )

    def ending(self, uow: WatchedUnitOfWork, *, broken_off: bool) -> None:
        """Let others go on before the end, unless the process has crashed."""
        if broken_off:
            return
        if not uow.is_committed:
            self.attempt.accept(uow.seller_id, unless_known=True)
        self.world.turn(self, "end")

    def ended(self, uow: WatchedUnitOfWork) -> None:
        """Note that a unit of work has ended."""
        del uow
        self.inside = None
        self.world.wake()

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the sellers of the case, as the store tells them."""
        return tuple(each for each in self.world.store.sellers() if self.world.is_of_case(each))

    def outboxes(self) -> Outboxes:
        """Return the store's own outboxes."""
        return self.world.store.outboxes

    def _clock(self) -> datetime:
        self.asked("clock", lambda: None)
        return self.attempt.tell_time(self.world.now)

    def _hear(self, happened: Happened) -> None:
        self.asked("listener.hear", lambda: self.world.listener.hear(happened))

    def _pause(self, attempts: int) -> None:
        del attempts
        if self.world.is_anybody_inside():
            self.attempt.met_somebody = True
            self.world.wait_for_others(self)
