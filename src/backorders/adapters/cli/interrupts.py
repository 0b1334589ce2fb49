"""Ctrl-C, heeded where stopping harms nothing: between one step and the next."""

import signal
import threading
from types import FrameType
from typing import Self


class Interrupts:
    """The first Ctrl-C is noted, and heeded at the next `check`; the second one stops at once.

    Thus no commit is broken off of which it could not be told whether it has happened.
    """

    def __init__(self) -> None:
        self._was_asked = False
        self._before: object = None

    def check(self) -> None:
        """Raise `KeyboardInterrupt` if somebody has asked to stop."""
        if self._was_asked:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._was_asked:
            signal.default_int_handler(number, frame)
        self._was_asked = True

    def __enter__(self) -> Self:
        # Handlers belong to the main thread; in another one nobody presses Ctrl-C.
        if threading.current_thread() is threading.main_thread():
            self._before = signal.getsignal(signal.SIGINT)
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        if callable(self._before) or isinstance(self._before, signal.Handlers):
            signal.signal(signal.SIGINT, self._before)
