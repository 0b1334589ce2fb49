"""Doing something in a process of its own, which may fail, hang or eat memory without harm."""

import os
import resource
import selectors
import signal
import sys
import time
from collections.abc import Callable
from math import ceil
from typing import Final

_MEMORY: Final = 4 * 2**30
"""Bytes that a process may have: a loop that gathers for ever must not take the machine with it."""
_TIMES_BUSIER: Final = 20.0
"""How many times as long as it works a process may take: it may wait for others, but not for ever.
"""


def forked(work: Callable[[], str], *, seconds: float, is_quiet: bool = True) -> str | None:
    """Return what `work` returns in a copy of this process, or `None` if it died or took too long.

    `seconds` are those of the processor that it has worked, which a busy machine does not use up.
    What it prints is thrown away where it `is_quiet`.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _work(work, reading, writing, seconds, is_quiet=is_quiet)
    os.close(writing)
    try:
        return _answer(reading, seconds * _TIMES_BUSIER)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work(
    work: Callable[[], str], reading: int, writing: int, seconds: float, *, is_quiet: bool
) -> None:
    """Never returns: the copy of the process ends here."""
    status = 1
    try:
        os.close(reading)
        if is_quiet:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        at_most = ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (at_most, at_most))
        answer = work().encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
        status = 0
    finally:
        os._exit(status)


def _answer(reading: int, seconds: float) -> str | None:
    """Return all that comes before the other end is closed; `None` when that is too late."""
    until = time.monotonic() + seconds
    found = b""
    with selectors.DefaultSelector() as ready:
        ready.register(reading, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if not ready.select(left):
                return None
            part = os.read(reading, 1 << 20)
            if not part:
                # It ends by an answer, or by having died without one.
                return found.decode() or None
            found += part
    return None
