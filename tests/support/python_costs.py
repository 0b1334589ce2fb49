"""What a call costs in Python: objects that it leaves behind, and functions that it calls.

Neither depends on how fast the machine is.
"""

import gc
import sys
from collections.abc import Callable
from types import FrameType

import attrs


@attrs.frozen
class PythonCosts:
    """What was counted over one call."""

    objects: int
    """That the collector has to look after, more than before."""
    calls: int
    """Of functions written in Python."""


def costs_of(call: Callable[[], object]) -> PythonCosts:
    """Return what a call costs; what it returns is not among what it leaves behind."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = _tracked()
    known = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(known)
    return PythonCosts(_tracked() - before, calls)


def _tracked() -> int:
    gc.collect()
    return len(gc.get_objects())
