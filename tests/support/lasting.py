"""What lasts as long as the tests do. It is ended with their session, not with the process.

A worker of pytest-xdist that takes ten seconds to leave is killed, and with it what it measured.
"""

import atexit
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

_T = TypeVar("_T")
_lasting = ExitStack()


def lasting(opened: AbstractContextManager[_T]) -> _T:
    """Enter what is to last until the end of the tests."""
    return _lasting.enter_context(opened)


@atexit.register
def end() -> None:
    """End all of it."""
    _lasting.close()
