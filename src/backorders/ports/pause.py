"""How a call that lost a race waits before it is repeated."""

import random
import time
from collections.abc import Callable
from typing import Final, TypeAlias

Pause: TypeAlias = Callable[[int], None]
"""Called before a call is repeated, with how often it has been tried: returns when it is time."""

_SHORTEST: Final = 0.001
_LONGEST: Final = 0.5
"""Seconds; pauses double from one to the other, each cut by chance so that rivals part."""


def pause_by_chance(attempts: int) -> None:
    """Wait for a length of time drawn by chance, of a range that doubles with each attempt."""
    time.sleep(length_by_chance(attempts))


def length_by_chance(attempts: int) -> float:
    """Return for how many seconds to wait."""
    longest = min(_SHORTEST * 2**attempts, _LONGEST)
    return random.uniform(0, longest)  # noqa: S311 - parts rivals, hides nothing
