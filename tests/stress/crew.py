"""Processes that work side by side, and what each of them has to tell."""

import multiprocessing
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from typing import Any, Final, Generic, TypeAlias, TypeVar

import attrs

J = TypeVar("J")
T = TypeVar("T")

Start: TypeAlias = Callable[[], None]
"""Called by a process that is ready: returns when all of its crew are."""

PROCESSES: Final = multiprocessing.get_context("forkserver")
"""Where processes come from: copies of one that has loaded the library and opened nothing."""
PROCESSES.set_forkserver_preload(["__main__", "backorders.adapters.sql", "psycopg", "pymysql"])

_SECONDS_TO_START = 120.0
_SECONDS_TO_WORK = 1800.0
"""After this, a process is taken to hang. The longest program takes a few minutes."""


@attrs.frozen
class Failed:
    """What became of a process that did not come to the end of its work."""

    why: str


class Crew(Generic[T]):
    """Processes that were started together. They are ended with the `with` block."""

    def __init__(self, work: Callable[[J, Start], T], jobs: Sequence[J]) -> None:
        # Kept: a process that has not found it yet would look for it in vain.
        self._barrier = PROCESSES.Barrier(len(jobs))
        self._gives_up_at = time.monotonic() + _SECONDS_TO_WORK
        self._processes: list[ForkServerProcess] = []
        # Any: what comes out of a pipe is what was put in at the other end.
        self._pipes: list[Connection[Any, Any]] = []
        for job in jobs:
            here, there = PROCESSES.Pipe(duplex=False)
            process = PROCESSES.Process(target=_work, args=(work, job, self._barrier, there))
            process.start()
            # While this end is open as well, the death of the process would not be noticed.
            there.close()
            self._processes.append(process)
            self._pipes.append(here)

    @property
    def is_at_work(self) -> bool:
        """Whether there is one that has not told what it came to, and still may."""
        late = time.monotonic() > self._gives_up_at
        return not late and len(wait(self._pipes, timeout=0)) < len(self._pipes)

    def wait(self, seconds: float) -> None:
        """Wait until one of them has told what it came to, so long at most."""
        wait(self._pipes, timeout=seconds)

    def told(self) -> list[T | Failed]:
        """Return what each of them came to, in the order of their jobs."""
        return [self._told(pipe) for pipe in self._pipes]

    # Any: as above.
    def _told(self, pipe: "Connection[Any, Any]") -> T | Failed:
        if not pipe.poll(max(0, self._gives_up_at - time.monotonic())):
            return Failed(f"a process was not done after {_SECONDS_TO_WORK:.0f} seconds")
        try:
            told: T | Failed = pipe.recv()
        except EOFError:
            return Failed("a process died")
        return told

    def end(self) -> None:
        """End those that are still there."""
        for process, pipe in zip(self._processes, self._pipes, strict=True):
            process.kill()
            process.join()
            process.close()
            pipe.close()


@contextmanager
def at_work(work: Callable[[J, Start], T], jobs: Sequence[J]) -> Iterator[Crew[T]]:
    """Yield a crew in which each process does the work for one of the jobs."""
    crew = Crew(work, jobs)
    try:
        yield crew
    finally:
        crew.end()


def what_they_came_to(work: Callable[[J, Start], T], jobs: Sequence[J]) -> list[T | Failed]:
    """Return what each process came to that does the work for one of the jobs."""
    with at_work(work, jobs) as crew:
        return crew.told()


def _work(
    work: Callable[[J, Start], T],
    job: J,
    barrier: Barrier,
    pipe: "Connection[Any, Any]",  # Any: as above
) -> None:
    def start() -> None:
        barrier.wait(_SECONDS_TO_START)

    try:
        pipe.send(work(job, start))
    except BaseException:  # noqa: BLE001 - whatever it was, it must be heard of
        pipe.send(Failed(traceback.format_exc()))
