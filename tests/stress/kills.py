"""Kills: processes that change things are killed at any moment, some while others go on."""

import random
from contextlib import ExitStack, closing
from itertools import count
from typing import Final

from backorders.adapters.sql import SqlStore
from tests.stress.aftermath import Aftermath, wait_until_quiet
from tests.stress.player import Player, listen
from tests.stress.report import Report
from tests.stress.story import Story

_AT_A_TIME: Final = 2
_CALLS: Final = 250
"""After so many, a story ends and another one begins: to compare all of a long one takes long."""


def run(url: str, *, seed: int, kills: int) -> Report:
    """Return what became of `kills` processes; the database is empty, and the first make it.

    There are two at a time, for a seller each. While one is killed, the other goes on, and must
    not notice.
    """
    chance = random.Random(seed)
    report = Report()
    numbers = count(1)
    stories: list[Story] = []
    while report.counts["kills"] < kills and not report.violations:
        stories = [story for story in stories if story.next < _CALLS]
        while len(stories) < min(_AT_A_TIME, kills - report.counts["kills"]):
            stories.append(Story(f"seller {next(numbers)}", chance.randrange(2**32)))
        with ExitStack() as stack:
            players = [stack.enter_context(Player(url, story)) for story in stories]
            for player in chance.sample(players, len(players)):
                _listen_for_a_while(players, chance)
                player.kill()
                report.counts["kills"] += 1
        for player in players:
            report.expect(player.broke is None, f"a process ended by itself: {player.broke}")
        at_once = chance.random() < 0.5
        with closing(SqlStore.from_url(url)) as store:
            aftermath = Aftermath(store, chance, report)
            if not at_once:
                wait_until_quiet(store)
            for player in players:
                aftermath.judge(player.ended, at_once=at_once)
    return report


def _listen_for_a_while(players: list[Player], chance: random.Random) -> None:
    """Let them go on: either from their start, or for a few calls and a moment."""
    if chance.random() < 0.3:
        listen(players, chance.uniform(0, 0.3))
    else:
        listen(players, chance.uniform(0, 0.02), answers=chance.randint(1, 8))
