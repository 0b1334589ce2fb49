"""Whose turn it is at a seller: one writes alone, any number read together."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial


class Turns:
    """The turns at one seller.

    Who waits to write comes before whoever begins to read later; but a thread that reads already
    may always read once more, or it would wait for a writer who waits for it.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._writing = False
        self._waiting_to_write = 0
        self._reading: Counter[int] = Counter()

    def take(self, *, read_only: bool, patience: float) -> Callable[[], None] | None:
        """Wait for a turn, return what ends it; `None` when it has not come within `patience` s."""
        return self._read(patience) if read_only else self._write(patience)

    def _read(self, patience: float) -> Callable[[], None] | None:
        thread = threading.get_ident()
        with self._changed:
            if not self._changed.wait_for(lambda: self._may_read(thread), patience):
                return None
            self._reading[thread] += 1
        return partial(self._end_reading, thread)

    def _write(self, patience: float) -> Callable[[], None] | None:
        with self._changed:
            self._waiting_to_write += 1
            try:
                if not self._changed.wait_for(self._may_write, patience):
                    return None
                self._writing = True
            finally:
                self._waiting_to_write -= 1
                self._changed.notify_all()
        return self._end_writing

    def _may_read(self, thread: int) -> bool:
        return not self._writing and (not self._waiting_to_write or thread in self._reading)

    def _may_write(self) -> bool:
        return not self._writing and not self._reading

    def _end_reading(self, thread: int) -> None:
        with self._changed:
            self._reading[thread] -= 1
            if not self._reading[thread]:
                del self._reading[thread]
            self._changed.notify_all()

    def _end_writing(self) -> None:
        with self._changed:
            self._writing = False
            self._changed.notify_all()
