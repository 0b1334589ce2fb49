"""What goes wrong in a simulation, on purpose."""

import enum

import attrs

from backorders.domain.errors import LostRace, OutcomeUnknown, StoreUnusable


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
    """Which of the step's calls, counted from 1."""


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
