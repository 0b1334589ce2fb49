"""What goes wrong in a simulation, on purpose."""

import enum
from typing import Final

import attrs

from backorders.domain.errors import LostRace, OutcomeUnknown, StoreUnusable

AT_COMMIT: Final = 0
"""Where most is there to be undone, or to be lost."""


class Fault(enum.Enum):
    """A way in which a call on a port goes wrong."""

    ERROR_BEFORE = "error before"
    """It fails, and has done nothing."""
    ERROR_AFTER = "error after"
    """It has done what it should, and fails all the same; a commit is a `LOST_ANSWER`."""
    LOST_RACE = "lost race"
    """It finds that somebody else was faster."""
    CRASH_BEFORE = "crash before"
    """The process ends before it, with all that its clients were at, and is started again."""
    CRASH_AFTER = "crash after"
    """The process ends after it."""
    LOST_ANSWER = "lost answer"
    """The next commit is made, and nobody hears of it."""
    SLOW = "slow"
    """It takes hours, in which others go on."""


@attrs.frozen
class Trouble:
    """A fault, and the call on a port that it strikes."""

    fault: Fault
    at: int
    """Which of the step's calls, counted from 1; `AT_COMMIT`: the first by which it commits."""

    def __str__(self) -> str:
        where = "the commit" if self.at == AT_COMMIT else f"port call {self.at}"
        return f"{self.fault.value} at {where}"


@attrs.define
class Luck:
    """What is still to go wrong in a step."""

    _troubles: tuple[Trouble, ...] = ()
    _calls: int = 0
    _commits: int = 0
    _left: Fault | None = None

    def next(self, port: str, *, writes: bool) -> Fault | None:
        """Return what goes wrong with the next call on a port, in a unit of work that `writes`.

        What cannot strike there strikes later, where it can.
        """
        self._calls += 1
        self._commits += port == "commit"
        for trouble in self._troubles:
            is_first_commit = port == "commit" and self._commits == 1
            if trouble.at == self._calls or (trouble.at == AT_COMMIT and is_first_commit):
                self._left = trouble.fault
        fault = self._left
        if (fault is Fault.LOST_ANSWER and port != "commit") or (
            fault is Fault.LOST_RACE and not writes
        ):
            return None
        self._left = None
        if fault is Fault.ERROR_AFTER and port == "commit":
            return Fault.LOST_ANSWER
        return fault


class Injected(Exception):
    """Any error that the simulation itself has raised."""


class InjectedError(Injected, StoreUnusable):
    """The store fails."""


class InjectedRace(Injected, LostRace):
    """Somebody else was faster."""


class InjectedSilence(Injected, OutcomeUnknown):
    """The commit was made, and its answer lost."""


class Crashed(BaseException):
    """The process has ended: nothing catches this, and nothing is cleaned up but by the store."""


class Stopped(BaseException):
    """The simulation has found what it was looking for, and ends."""
