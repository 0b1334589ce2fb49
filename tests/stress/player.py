"""A process that goes on with a story until it is killed, and tells of each call that is done."""

import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count, islice
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Self

import attrs

from backorders.adapters.sql import SqlStore
from tests.stress.crew import PROCESSES
from tests.stress.story import Story, calls, make

_PATIENCE: Final = 120.0
"""Seconds after which a player that tells nothing is taken to hang."""


@attrs.frozen
class Broke:
    """Why a player came to an end by itself."""

    error: str
    """The name of the error's class."""
    says: str


@attrs.frozen
class Ended:
    """What is known of a player that has come to an end."""

    story: Story
    answers: Sequence[object]
    """What it was told of its calls, first to last; of one more it may not have told."""
    broke: Broke | None = None


class Player:
    """The process, as seen by whoever will kill it."""

    def __init__(self, url: str, story: Story) -> None:
        here, there = PROCESSES.Pipe(duplex=False)
        part = _Part(url, story.seller_id, story.seed, story.next)
        self.story = story
        self.answers: list[object] = []
        """What it was told of its calls, first to last."""
        self.broke: Broke | None = None
        # Any: what comes out of a pipe is what was put in at the other end.
        self.pipe: Connection[Any, Any] | None = here
        self._process = PROCESSES.Process(target=_play, args=(part, there))
        self._process.start()
        # While this end is open as well, the death of the process would not be noticed.
        there.close()

    def hear(self) -> None:
        """Take in one thing that it tells, or that it has ended."""
        assert self.pipe is not None
        try:
            told = self.pipe.recv()
        except EOFError:
            self.pipe.close()
            self.pipe = None
            return
        if isinstance(told, Broke):
            self.broke = told
        else:
            self.answers.append(told)

    def kill(self) -> None:
        """End it as nothing else ends a process, and hear what it had told by then."""
        self._process.kill()
        while self.pipe is not None:
            self.hear()
        self._process.join()

    @property
    def ended(self) -> Ended:
        """What is known of it in the end."""
        return Ended(self.story, self.answers, self.broke)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self._process.close()


def listen(players: Sequence[Player], seconds: float, *, answers: int = 0) -> None:
    """Hear what players tell, for so long after they have told of so many more calls.

    It is over when all of them have ended by themselves.
    """
    wanted = answers + sum(len(player.answers) for player in players)
    now = time.monotonic()
    ends_at, gives_up_at = now + seconds if not answers else None, now + _PATIENCE
    while pipes := [player.pipe for player in players if player.pipe is not None]:
        left = (gives_up_at if ends_at is None else ends_at) - time.monotonic()
        if left <= 0 and ends_at is None:
            message = f"nothing was heard of {len(pipes)} players for {_PATIENCE:.0f} seconds"
            raise RuntimeError(message)
        if left <= 0:
            return
        ready = wait(pipes, timeout=left)
        for player in players:
            if player.pipe in ready:
                player.hear()
        if ends_at is None and sum(len(player.answers) for player in players) >= wanted:
            ends_at = time.monotonic() + seconds


@attrs.frozen
class _Part:
    """Where a player goes on, and with what."""

    url: str
    seller_id: str
    seed: int
    first: int


def _play(part: _Part, pipe: "Connection[Any, Any]") -> None:  # Any: as above
    try:
        with closing(SqlStore.from_url(part.url)) as store:
            more = islice(calls(part.seed), part.first, None)
            for number, asked in zip(count(part.first), more, strict=False):
                pipe.send(make(asked, number, store, part.seller_id))
    except Exception as error:  # noqa: BLE001 - whatever it was, it must be heard of
        pipe.send(Broke(type(error).__name__, str(error)))
