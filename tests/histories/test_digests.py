"""Law 21 over random histories: orders, days, time zones, clocks that jump, and who opts in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.domain.days import start_of_today
from backorders.domain.events import WentOnBackOrder
from backorders.domain.notices import Digest, EntryState, Notice
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, call, calls, placings, supplies
from tests.support.notices import DIGEST
from tests.support.state import State, dump

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
)
NEAR_CHANGES = tuple(
    datetime.fromisoformat(day)
    for day in (
        "2026-03-02T09:00+00:00",
        "2026-03-07T23:00+00:00",  # New York and Havana go forward
        "2026-03-28T22:00+00:00",  # London goes forward
        "2026-04-04T12:00+00:00",  # Lord Howe goes back, by half an hour
        "2026-04-23T20:00+00:00",  # Cairo goes forward, at midnight
        "2026-10-24T22:00+00:00",  # London goes back
        "2026-10-31T22:00+00:00",  # Havana goes back, over midnight
    )
)


@attrs.frozen
class Wait:
    """Let time pass, or, negative, let the clock jump back."""

    hours: float


@attrs.frozen
class Compose:
    """Compose, as a job does every now and then."""


Step: TypeAlias = Call | Wait | Compose

waits = st.builds(Wait, st.sampled_from([1, 5, 11, 23, 24, 25, 49, 200]))
jumps = st.builds(Wait, st.sampled_from([-1, -7, -30, -300, 20_000, -20_000]))
choices = st.builds(lambda zone: call("configure", time_zone=zone), st.sampled_from(ZONES))


@st.composite
def histories(draw: st.DrawFn, *more: st.SearchStrategy[Step]) -> list[Step]:
    """Return some days of a seller: orders and what becomes of them, then time, then the job."""
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 6))):
        steps += draw(st.lists(placings() | supplies() | calls, min_size=1, max_size=4))
        steps += draw(st.lists(st.one_of(waits, *more), min_size=1, max_size=2))
        if draw(st.integers(0, 2)):
            steps += draw(st.lists(placings(), max_size=1))
            steps.append(Compose())
    return steps


@attrs.define
class Model:
    """What the digests should be, told by the orders' histories alone."""

    seen: dict[str, int] = attrs.field(factory=dict)
    """Order → events that are known already."""
    pending: list[tuple[str, datetime]] = attrs.field(factory=list)
    """Order and instant of each time that one newly went on back order, until it is told."""
    last: datetime | None = None
    """The midnight of the last digest."""

    def look(self, state: State) -> None:
        """Take in what has happened since."""
        for order_id, events in state.histories.items():
            for event in events[self.seen.get(order_id, 0) :]:
                if isinstance(event, WentOnBackOrder):
                    self.pending.append((order_id, event.at))
            self.seen[order_id] = len(events)

    def compose(self, now: datetime, time_zone: str) -> Mapping[str, datetime]:
        """Return order → since when, as the digest composed now should list them; empty: none."""
        midnight = start_of_today(now, time_zone)
        if self.last is not None and midnight <= self.last <= now:
            return {}
        today = now.astimezone(ZoneInfo(time_zone)).date()
        listed: dict[str, datetime] = {}
        left = []
        for order_id, at in self.pending:
            if at.astimezone(ZoneInfo(time_zone)).date() < today or at > now + timedelta(days=1):
                listed.setdefault(order_id, at)
            else:
                left.append((order_id, at))
        if listed:
            self.pending, self.last = left, midnight
        return listed


def judge(digest: Digest, expected: Mapping[str, datetime], state: State) -> None:
    """Compare a digest with what the model and the orders themselves say."""
    assert {entry.order_id: entry.since for entry in digest.entries} == expected
    assert digest.orders == len(digest.entries) > 0
    ranks = [state.orders[entry.order_id].rank for entry in digest.entries]
    assert ranks == sorted(ranks)
    waiting = 0
    for entry in digest.entries:
        order = state.orders[entry.order_id]
        if order.is_on_back_order:
            assert entry.state is EntryState.WAITING
            products = {product.sku: product.short for product in entry.products}
            assert products == order.shortages
            waiting += sum(products.values())
        else:
            gone = order.status.name == "CANCELLED"
            assert entry.state is (EntryState.CANCELLED if gone else EntryState.RELEASED)
            assert entry.products
    assert digest.units_short == waiting
    assert digest.waiting + digest.released + digest.cancelled == digest.orders
    assert digest.from_on <= digest.until_on


@attrs.define
class Play:
    """A history that is being played: a seller, who always wants the digest, and a model."""

    clock: SettableClock
    app: Backorders
    model: Model = attrs.field(factory=Model)

    @classmethod
    def from_(cls, start: datetime, zone: str) -> "Play":
        """Return the beginning of a history."""
        clock = SettableClock(start)
        play = cls(clock, Backorders(MemoryStore(), clock=clock))
        acme = play.app.seller("acme")
        acme.configure(time_zone=zone)
        acme.add_user("bob", email="bob@example.com")
        acme.opt_in("bob", DIGEST)
        return play

    def step(self, step: Step) -> None:
        """Do the next thing."""
        match step:
            case Wait():
                self.clock.now += timedelta(hours=step.hours)
            case Compose():
                self.compose()
            case _:
                step.on(self.app.seller("acme"))
                self.model.look(dump(self.app.seller("acme")))

    def compose(self) -> None:
        """Compose, and judge what comes of it."""
        acme = self.app.seller("acme")
        expected = self.model.compose(self.clock.now, acme.settings().time_zone)
        queued = self.app.compose_daily_digests()
        delivered = self.delivered()
        assert queued == len(delivered) == (1 if expected else 0)
        for notice in delivered:
            assert isinstance(notice.content, Digest)
            judge(notice.content, expected, dump(acme))
        assert self.app.compose_daily_digests() == 0

    def delivered(self) -> list[Notice]:
        """Return what is delivered now."""
        notifier = MemoryNotifier()
        self.app.deliver_notifications(notifier)
        return notifier.notices

    def left_at_the_end(self) -> tuple[list[tuple[str, datetime]], int]:
        """Let the days end; return what is left to be told, and how many digests that makes."""
        self.clock.now = max(self.clock.now, START) + timedelta(days=9999)
        self.compose()
        self.clock.now += timedelta(days=2)
        return self.model.pending, self.app.compose_daily_digests()


@settings(max_examples=4 * settings().max_examples)
@given(st.sampled_from(NEAR_CHANGES), st.sampled_from(ZONES), histories(choices))
@example(START, "UTC", [call("place_order", "O1", [("A", 1)]), Wait(25), Compose()])
def test_law_21_each_time_an_order_newly_goes_on_back_order_it_is_in_exactly_one_digest(
    start: datetime, zone: str, steps: list[Step]
) -> None:
    """Whatever happens, on whichever day: no order is missed or told twice, no mail is empty."""
    play = Play.from_(start, zone)
    for step in steps:
        play.step(step)
    assert play.left_at_the_end() == ([], 0)


@settings(max_examples=4 * settings().max_examples)
@given(st.sampled_from(ZONES), histories(jumps, jumps, choices))
def test_law_21_a_clock_that_jumps_loses_and_doubles_nothing(zone: str, steps: list[Step]) -> None:
    """A machine's clock is set wrong and right again, by hours or by years."""
    play = Play.from_(START, zone)
    for step in steps:
        play.step(step)
    assert play.left_at_the_end() == ([], 0)


def _switch(opted_in: bool) -> Call:
    return call("opt_in" if opted_in else "opt_out", "eve", DIGEST)


@given(histories(st.builds(_switch, st.booleans())))
def test_law_20_a_user_is_sent_the_digests_that_were_composed_while_opted_in(
    steps: list[Step],
) -> None:
    """Opting in brings nothing old; opting out takes back what has not been delivered yet."""
    play = Play.from_(START, "Europe/London")
    play.app.seller("acme").add_user("eve", email="eve@example.com")
    expected: list[str] = []
    for step in steps:
        if isinstance(step, Compose):
            (eve,) = [user for user in play.app.seller("acme").users() if user.user_id == "eve"]
            queued = play.app.compose_daily_digests()
            if queued and DIGEST in eve.opted_in:
                expected.append("eve@example.com")
            assert queued in {0, 1 + (DIGEST in eve.opted_in)}
        elif isinstance(step, Call) and step.name == "opt_out":
            play.step(step)
            expected.clear()
        else:
            play.step(step)
    found = [notice.recipient for notice in play.delivered()]
    assert [each for each in found if each == "eve@example.com"] == expected
