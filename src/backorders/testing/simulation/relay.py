"""Threads of which exactly one moves at any moment: whoever has the baton.

The library is called as anybody calls it, from threads, and its calls on ports are where one of
them stops and another goes on. Nothing is left to the scheduler of the system, so that a seed plays
the same way every time.
"""

import threading
from collections.abc import Callable


class Baton:
    """What one thread gives and another waits for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def give(self) -> None:
        """Let whoever waits for it move. The giver goes on to wait, or ends."""
        self._lock.release()

    def wait(self) -> None:
        """Wait until it comes."""
        self._lock.acquire()


class Runner:
    """A thread that moves only while it has its baton."""

    def __init__(self, run: Callable[[], None]) -> None:
        self.baton = Baton()
        self._run = run
        self._thread = threading.Thread(target=self._wait_and_run, daemon=True)

    def start(self) -> None:
        """Start; nothing happens before the baton comes."""
        self._thread.start()

    def hand_to(self, other: "Runner") -> None:
        """Let another move, and wait until the baton comes back."""
        other.baton.give()
        self.baton.wait()

    def join(self) -> None:
        """Wait for the end of the thread."""
        self._thread.join()

    def _wait_and_run(self) -> None:
        self.baton.wait()
        self._run()
