"""What there must be after a player was killed, or its server has crashed."""

import random
import time
from typing import Final

from sqlalchemy import text

from backorders.adapters.sql import SqlStore
from tests.stress.player import Broke, Ended
from tests.stress.report import Report
from tests.stress.story import Story, make

_UNFINISHED: Final = {
    "postgresql": (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ),
    "mariadb": (
        "SELECT count(*) FROM information_schema.processlist "
        "WHERE db = database() AND id <> connection_id()"
    ),
}
"""How many connections a server has besides the one that asks: it may outlive who opened it."""
_PATIENCE: Final = 60.0


def wait_until_quiet(store: SqlStore) -> None:
    """Wait until the server has noticed that those are gone who were connected to it."""
    question = _UNFINISHED.get(store.engine.dialect.name)
    gives_up_at = time.monotonic() + _PATIENCE
    while question is not None:
        with store.engine.connect() as connection:
            if connection.execute(text(question)).scalar_one() == 0:
                return
        if time.monotonic() > gives_up_at:
            raise RuntimeError("a connection has stayed open though its process is gone")
        time.sleep(0.002)


class Aftermath:
    """The state after players have come to an end, against what it must be."""

    def __init__(self, store: SqlStore, chance: random.Random, report: Report) -> None:
        self._store = store
        self._chance = chance
        self._report = report

    def judge(self, ended: Ended, *, at_once: bool) -> None:
        """Note what is wrong, and let the story go on after the call that was cut off.

        That call is made again, by whoever was not told of it; with `at_once`, before anybody
        looks at what has become of it.
        """
        story = ended.story
        for answer in ended.answers:
            self._expect_answer(story, story.next, story.make(story.next), answer)
            story.next += 1
        self._report.counts["acknowledged"] += len(ended.answers)
        if self._report.violations:
            return
        if at_once:
            self._repeat_at_once(story)
        else:
            self._look_and_repeat(story, ended.broke)
        story.next += 1
        self._repeat_an_older_one(story)

    def _look_and_repeat(self, story: Story, broke: Broke | None) -> None:
        """The call has happened wholly or not at all; repeated, it comes to the same."""
        found = story.everything(self._store)
        happened = found != story.everything()
        if happened:
            story.make(story.next)
            self._expect(story, found == story.everything(), "is neither before nor after")
            self._expect(
                story,
                broke is None or broke.error == "OutcomeUnknown",
                f"has happened, though the caller was told {broke}",
            )
        answer = self._again(story, story.next)
        self._expect_answer(story, story.next, story.make(story.next), answer)
        self._expect_everything(story, "repeated")
        self._report.counts["had happened" if happened else "had not happened"] += 1

    def _repeat_at_once(self, story: Story) -> None:
        """Repeated while the first attempt may still be under way, it comes to the same."""
        answer = self._again(story, story.next)
        wait_until_quiet(self._store)
        first = story.make(story.next)
        if answer != first or story.everything(self._store) != story.everything():
            second = story.make(story.next)
            self._expect_answer(story, story.next, second, answer)
            self._expect_everything(story, "repeated at once")
        self._report.counts["repeated at once"] += 1

    def _repeat_an_older_one(self, story: Story) -> None:
        """A call with an id comes to nothing the second time, whenever that is."""
        known = story.done_with_id()
        if known and not self._report.violations:
            number = self._chance.choice(known)
            before = story.everything()
            answer = self._again(story, number)
            self._expect_answer(story, number, story.make(number, when=story.next), answer)
            self._expect(story, before == story.everything(), "did something again", number)
            self._expect_everything(story, "an older one repeated")

    def _again(self, story: Story, number: int) -> object:
        return make(story.call(number), story.next, self._store, story.seller_id)

    def _expect_answer(self, story: Story, number: int, wanted: object, answer: object) -> None:
        self._expect(story, answer == wanted, f"should be told {wanted}, not {answer}", number)

    def _expect_everything(self, story: Story, when: str) -> None:
        found = story.everything(self._store)
        self._expect(story, found == story.everything(), f"differs, {when}")

    def _expect(
        self, story: Story, holds: object, violation: str, number: int | None = None
    ) -> None:
        of = story.next if number is None else number
        asked = f"{story.seller_id}, call {of}, {story.call(of)}"
        self._report.expect(holds, f"{asked}: {violation}")
