"""Observers are told of every call, what it came to, and never get in its way."""

import asyncio
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from inspect import getmembers, isfunction
from pathlib import Path

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from backorders import Backorders, Happened, InvalidType, InvalidValue, Seller, Subscription
from backorders.adapters.asyncio import AsyncBackorders
from backorders.adapters.counters import Counters, Observers
from backorders.adapters.memory import MemoryStore
from backorders.adapters.opentelemetry import OpenTelemetryObserver
from backorders.adapters.sql import SqlStore
from backorders.application.observing import ObservedSeller, ObservedSubscription
from backorders.domain.errors import LostRace, RetriesExhausted, UnknownOrder
from backorders.domain.values import SellerId
from backorders.ports.observer import Observation, Tell
from tests.support.clock import SettableClock
from tests.support.places import MOST_REFUSALS, Places, watch


class Watching:
    """Remembers what it was told, and in which order calls began."""

    def __init__(self) -> None:
        self.began_with: list[tuple[str, str | None]] = []
        self.seen: list[Observation] = []

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Remember."""
        self.began_with.append((call, seller_id))
        return self.seen.append

    def one(self) -> Observation:
        """Return the only thing that was told since it was asked the last time."""
        (seen,) = self.seen
        del self.seen[:]
        return seen


@pytest.fixture(params=["memory", "sqlite"])
def watching(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Backorders, Watching]]:
    """The library with an observer, over a store of each kind."""
    observer = Watching()
    store: MemoryStore | SqlStore = MemoryStore()
    if request.param == "sqlite":
        store = SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")
    with closing(store):
        yield Backorders(store, clock=SettableClock(), observer=observer), observer


def test_a_call_is_told_once_with_what_it_came_to(watching: tuple[Backorders, Watching]) -> None:
    """Placing one order is placing several, inside: whoever counts must not count it twice."""
    app, observer = watching
    acme = app.seller("acme")
    for number in range(3):
        acme.place_order(f"O{number}", {"A": 1})
        placed = observer.one()
        assert (placed.call, placed.seller_id, placed.outcome) == ("place_order", "acme", "ok")
        assert (placed.retries, placed.released, placed.error) == (0, 0, None)
        assert placed.changed > 0
        assert placed.seconds > 0
    acme.book_in("R1", {"A": 2})
    assert observer.one().released == 2
    acme.order("O1")
    looked = observer.one()
    assert (looked.call, looked.changed) == ("order", 0)
    assert observer.began_with[-1] == ("order", "acme")
    acme.together(lambda uow, _: uow.seller_id)
    assert observer.one().call == "together"
    with acme.what_if() as trial:
        trial.place_order("O9", {"A": 1})
    assert observer.seen == [], "what is tried has not happened"


def test_an_error_is_told_by_its_code(watching: tuple[Backorders, Watching]) -> None:
    """Refusals, mistakes and stopped programs can be counted apart."""
    app, observer = watching
    acme = app.seller("acme")
    with pytest.raises(UnknownOrder):
        acme.order("O1")
    seen = observer.one()
    assert (seen.outcome, type(seen.error), seen.changed) == ("unknown_order", UnknownOrder, 0)

    def fails(*_: object) -> None:
        raise KeyError

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyError):
        acme.together(fails)
    assert observer.one().outcome == "error"
    with pytest.raises(KeyboardInterrupt):
        acme.together(stops)
    assert observer.one().outcome == "stopped"


def test_calls_for_all_sellers_and_what_they_call_are_told(
    watching: tuple[Backorders, Watching],
) -> None:
    """Also the calls that a handler makes while it is told of events."""
    app, observer = watching
    acme = app.seller("acme")
    acme.place_order("O1", {"A": 1})
    observer.one()

    def hear(happened: Happened) -> None:
        acme.order(happened.subject)

    subscription = app.subscribe(hear, name="erp")
    assert app.deliver_events().told == 2
    told = [(seen.call, seen.seller_id) for seen in observer.seen]
    assert told == [
        ("order", "acme"),
        ("order", "acme"),
        ("subscription.deliver", None),
        ("deliver_events", None),
    ]
    assert [seen.changed > 0 for seen in observer.seen] == [False, False, True, False]
    del observer.seen[:]
    assert subscription.failed() == ()
    assert observer.one().call == "subscription.failed"
    app.release_due_holds()
    of_all = [(seen.call, seen.seller_id) for seen in observer.seen]
    assert of_all == [("release_due_holds", "acme"), ("release_due_holds", None)]


def test_lost_races_are_counted() -> None:
    """Retries are the first sign of a store that is too busy."""
    observer, places, paused = Watching(), Places(), []

    def pause(attempts: int) -> None:
        paused.append(attempts)
        places.pause(attempts)

    app = Backorders(watch(MemoryStore(), places), pause=pause, observer=observer)
    with places.watched():
        places.refused_from = 0
        app.seller("acme").place_order("O1", {"A": 1})
    assert observer.one().retries == len(paused) > 1


class _Failing:
    """Fails when a call begins, or when it ends."""

    def __init__(self, *, at_once: bool) -> None:
        self._at_once = at_once

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Fail, or return what fails."""
        if self._at_once:
            raise OSError(call, seller_id)
        return lambda seen: [][len(seen.call)]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_observer_that_fails_changes_nothing(
    at_once: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever watches must not be able to stop the warehouse."""
    app = Backorders(MemoryStore(), observer=_Failing(at_once=at_once))
    assert app.seller("acme").place_order("O1", {"A": 1}).is_on_back_order
    assert [record.message for record in caplog.records] == ["an observer of calls has failed"]


def test_every_call_is_watched_and_without_an_observer_none_is() -> None:
    """A call that was left out would look like one that nobody makes; and nobody pays for none."""
    for usual, watched in ((Seller, ObservedSeller), (Subscription, ObservedSubscription)):
        calls = [name for name, _ in getmembers(usual, isfunction) if name[0] != "_"]
        apart = {name for name in calls if getattr(usual, name) is not getattr(watched, name)}
        assert set(calls) - apart <= {"what_if"}
    app = Backorders(MemoryStore())
    assert type(app.seller("acme")) is Seller
    assert type(app.subscribe(print, name="erp")) is Subscription
    assert type(app._store) is MemoryStore
    assert not {name for name in vars(app) if not name.startswith("_")}
    watched_app = Backorders(MemoryStore(), observer=Watching())
    named = {name for name, _ in getmembers(Backorders, isfunction) if name[0] != "_"}
    assert {name for name in vars(watched_app) if name[0] != "_"} == named - {"seller", "subscribe"}
    with pytest.raises(InvalidType, match="observer"):
        Backorders(MemoryStore(), observer=5)  # type: ignore[arg-type]  # on purpose


def test_counters_are_what_prometheus_reads() -> None:
    """Each line is a counter that a dashboard can draw."""
    counters = Counters(buckets=[1000.0])
    app = Backorders(MemoryStore(), observer=counters)
    acme = app.seller("acme")

    def work(name: str) -> None:
        for number in range(20):
            acme.place_order(f"{name}{number}", {"A": 1})

    threads = [threading.Thread(target=work, args=(name,)) for name in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acme.book_in("R1", {"A": 7})
    with pytest.raises(UnknownOrder):
        acme.order("O9")
    lines = counters.text().splitlines()
    for line in (
        "# TYPE backorders_calls_total counter",
        'backorders_calls_total{call="place_order",outcome="ok"} 40',
        'backorders_calls_total{call="order",outcome="unknown_order"} 1',
        'backorders_retries_total{call="place_order"} 0',
        'backorders_released_orders_total{call="book_in"} 7',
        "# TYPE backorders_call_seconds histogram",
        'backorders_call_seconds_bucket{call="place_order",le="1000.0"} 40',
        'backorders_call_seconds_bucket{call="place_order",le="+Inf"} 40',
        'backorders_call_seconds_count{call="place_order"} 40',
    ):
        assert line in lines
    for buckets in ([], [2.0, 1.0], [1.0, 1.0]):
        with pytest.raises(InvalidValue, match="buckets"):
            Counters(buckets=buckets)


def _tracing() -> tuple[TracerProvider, InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return provider, exporter


def test_a_span_tells_of_a_call_and_is_part_of_the_hosts() -> None:
    """It stands within the host's own span, and has what a person looks for at night."""
    provider, exporter = _tracing()
    spans = OpenTelemetryObserver(tracer_provider=provider)
    both = Observers(Watching(), spans)
    acme = Backorders(MemoryStore(), observer=both).seller("acme")
    with provider.get_tracer("host").start_as_current_span("request") as request:
        acme.place_order("O1", {"A": 1})
        with pytest.raises(UnknownOrder):
            acme.order("O9")
        assert trace.get_current_span() is request
    placed, looked, _ = exporter.get_finished_spans()
    assert placed.name == "backorders.place_order"
    assert placed.parent is not None
    assert placed.parent.span_id == request.get_span_context().span_id
    attributes = dict(placed.attributes or {})
    # The seller, the order, two events, and an entry of the next digest.
    assert attributes.pop("backorders.changed") == 5
    assert attributes == {
        "backorders.seller_id": "acme",
        "backorders.outcome": "ok",
        "backorders.retries": 0,
        "backorders.released": 0,
    }
    assert looked.status.status_code is StatusCode.ERROR
    assert looked.status.description == "unknown_order"
    quiet = OpenTelemetryObserver(tracer_provider=provider, sellers=False)
    Backorders(MemoryStore(), observer=quiet).seller("acme").users()
    assert "backorders.seller_id" not in (exporter.get_finished_spans()[-1].attributes or {})


def test_spans_of_tasks_do_not_mix() -> None:
    """Each task has its own: what others do meanwhile is not within it."""
    provider, exporter = _tracing()
    observer = OpenTelemetryObserver(tracer_provider=provider)

    async def hear(happened: Happened) -> None:
        assert happened.event_id
        await asyncio.sleep(0)

    async def main() -> None:
        app = AsyncBackorders(MemoryStore(), observer=observer)
        app.subscribe(hear, name="erp")
        await asyncio.gather(
            *(app.seller(f"s{number}").place_order("O1", {"A": 1}) for number in range(5)),
        )
        await asyncio.gather(app.deliver_events(), app.seller("s1").order("O1"))

    asyncio.run(main())
    spans = exporter.get_finished_spans()
    inner = [span for span in spans if span.parent is not None]
    assert len(spans) == 8
    assert [span.name for span in inner] == ["backorders.subscription.deliver"]


def test_nothing_is_said_unless_the_host_wants_it(caplog: pytest.LogCaptureFixture) -> None:
    """A library does not write to anybody's terminal."""
    code = (
        "from backorders import Backorders\n"
        "from backorders.adapters.memory import MemoryStore\n"
        "app = Backorders(MemoryStore())\n"
        "app.subscribe(lambda happened: 1 / 0, name='bad')\n"
        "app.seller('acme').place_order('O1', {'A': 1})\n"
        "print(app.deliver_events().failed)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("1\n", "")
    places = Places()
    app = Backorders(watch(MemoryStore(), places), pause=lambda _: None)
    with places.watched(), caplog.at_level(logging.DEBUG, "backorders"):
        places.refused_from = 0
        with pytest.raises(RetriesExhausted) as lost:
            app.seller("acme").place_order("O1", {"A": 1})
    assert isinstance(lost.value, LostRace)
    levels = [record.levelname for record in caplog.records]
    assert levels == [*["DEBUG"] * MOST_REFUSALS, "WARNING"]
