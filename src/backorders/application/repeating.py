"""Repeating what somebody else was faster than."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from backorders.application.logs import LOG
from backorders.domain.errors import LostRace, RetriesExhausted
from backorders.ports.pause import Pause

_T = TypeVar("_T")

_ATTEMPTS: Final = 12
"""How often a call is tried that somebody else is faster than."""


def repeated(transaction: Callable[[], _T], pause: Pause) -> _T:
    """Return what a transaction comes to; one that loses a race is run again, as a whole.

    One that only reads can lose one too: a replica stops a reader that is in its way.
    """
    for attempt in range(_ATTEMPTS):
        if attempt:
            LOG.debug("lost a race: it is tried again, %d. time", attempt)
            pause(attempt)
        with suppress(LostRace):
            return transaction()
    LOG.warning("lost a race %d times in a row", _ATTEMPTS)
    raise RetriesExhausted(_ATTEMPTS)
