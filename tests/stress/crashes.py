"""Crashes: the PostgreSQL server is killed in several ways while processes change things."""

import os
import random
import signal
from collections.abc import Callable
from contextlib import ExitStack, closing
from itertools import count
from typing import Final

import psycopg
from sqlalchemy.engine import make_url

from backorders.adapters.sql import SqlStore
from tests.stress.aftermath import Aftermath, wait_until_quiet
from tests.stress.player import Player, listen
from tests.stress.report import Report
from tests.stress.story import Story
from tests.support.postgresql import DURABLE, Server, libpq_url, new_database, own_server

_AT_A_TIME: Final = 4
_CALLS: Final = 250
"""After so many, a story ends and another one begins: to compare all of a long one takes long."""
_EXPECTED: Final = frozenset({"StoreUnusable", "OutcomeUnknown"})
"""What a caller may be told while the server is away."""


def run(_url: str, *, seed: int, crashes: int) -> Report:
    """Return what became of `crashes` crashes of a server that is started for this.

    Four processes are at work, for a seller each. Each goes on until it is told of the crash, or,
    if it was not, is killed when the server is back.
    """
    chance = random.Random(seed)
    report = Report()
    numbers = count(1)
    stories: list[Story] = []
    with own_server(DURABLE) as server:
        url = new_database(server.url).render_as_string(hide_password=False)
        while report.counts["crashes"] < crashes and not report.violations:
            stories = [story for story in stories if story.next < _CALLS]
            while len(stories) < _AT_A_TIME:
                stories.append(Story(f"seller {next(numbers)}", chance.randrange(2**32)))
            with ExitStack() as stack:
                players = [stack.enter_context(Player(url, story)) for story in stories]
                listen(players, chance.uniform(0, 0.05), answers=chance.randint(8, 30))
                name = chance.choice(tuple(_WAYS))
                _WAYS[name](server, url)
                report.counts["crashes"] += 1
                report.counts[name] += 1
                listen(players, chance.uniform(0, 0.2))
            at_once = chance.random() < 0.5
            with closing(SqlStore.from_url(url)) as store:
                aftermath = Aftermath(store, chance, report)
                if not at_once:
                    wait_until_quiet(store)
                for player in players:
                    _note_what_ended(player, report)
                    aftermath.judge(player.ended, at_once=at_once)
    return report


def _note_what_ended(player: Player, report: Report) -> None:
    if player.broke is not None:
        report.counts[f"told {player.broke.error}"] += 1
        report.expect(player.broke.error in _EXPECTED, f"a caller was told {player.broke}")


def _kill_server(server: Server, _url: str) -> None:
    """Kill the first of the server's processes; the others notice, and end."""
    server.stop(signal.SIGKILL)
    server.start()


def _stop_at_once(server: Server, _url: str) -> None:
    """Have all of the server's processes stop where they are."""
    server.stop(signal.SIGQUIT)
    server.start()


def _kill_connection(server: Server, url: str) -> None:
    """Kill one of the processes that serve a connection; the server then ends all and recovers."""
    with psycopg.connect(libpq_url(make_url(url)), autocommit=True) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' "
            "ORDER BY pid = pg_backend_pid(), query_start DESC LIMIT 1"
        ).fetchone()
        assert found is not None
        os.kill(found[0], signal.SIGKILL)
        try:
            while True:
                connection.execute("SELECT pg_sleep(0.01)")
        except psycopg.OperationalError:
            pass
    server.wait_until_ready()


_WAYS: Final[dict[str, Callable[[Server, str], None]]] = {
    "servers killed": _kill_server,
    "servers stopped at once": _stop_at_once,
    "connections killed": _kill_connection,
}
