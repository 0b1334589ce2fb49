"""Law 19: wherever a call breaks off, it has happened wholly or not at all.

Every public call, on every store, with a fault at every statement and on both sides of every
commit; on the memory store, at both sides of every call on the port. The calls are found by looking
at the faces: a new one without an example fails here.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import attrs
import pytest

from backorders import Backorders
from tests.support.clock import SettableClock
from tests.support.places import MOST_REFUSALS, Fault, Places, Side, watch
from tests.support.public_calls import as_named, examples, live, public_calls, told
from tests.support.stored import Rows, Stored, stored_in, without_turns
from tests.support.stores import STORES

EXAMPLES: Final = {f"{example}": example for example in examples()}


@attrs.frozen
class Course:
    """How a call goes when nothing goes wrong."""

    result: object
    sides: tuple[Side, ...]
    beginnings: frozenset[int]
    """The places with which a transaction begins."""
    states: tuple[Rows, ...]
    """What is stored at first, and after each commit."""
    again: object
    """What the same call comes to when it is made once more."""
    after_again: Rows

    def commits_before(self, place: int) -> int:
        """Return how many commits there are up to a place."""
        return self.sides[: place + 1].count(Side.AFTER_COMMIT)

    def is_at_beginning(self, place: int) -> bool:
        """Return whether nothing has been asked or written yet in the transaction of a place."""
        start = max(beginning for beginning in self.beginnings if beginning <= place)
        return set(self.sides[start:place]) <= {Side.BEGINNING}


class Bench:
    """A store of two sellers with the same ids, on which calls can be broken off."""

    def __init__(self, app: Backorders, stored: Stored, places: Places) -> None:
        self.app = app
        self.stored = stored
        self.places = places
        self.examples = {name: example.found(app, "acme") for name, example in EXAMPLES.items()}
        self._start = stored.rows()
        self._courses: dict[str, Course] = {}
        self._is_as_at_first = True

    def begin_again(self) -> None:
        """Take back whatever calls have done."""
        if not self._is_as_at_first:
            self.stored.put_back(self._start)
        self._is_as_at_first = True

    def ask(
        self,
        name: str,
        *,
        fault: tuple[int, Fault] | None = None,
        refused_from: int | None = None,
    ) -> object:
        """Make the call; return what it comes to, whether by returning or by raising."""
        # A connection that is new is asked what the call itself would not ask.
        self.app.sellers()
        self._is_as_at_first = False
        with self.places.watched():
            self.places.fault = fault
            self.places.refused_from = refused_from
            try:
                return told(self.examples[name].on(self.app, "acme"))
            except (MemoryError, KeyboardInterrupt) as broken:
                return type(broken), str(broken)

    def course(self, name: str) -> Course:
        """Return how the call goes when nothing goes wrong, with everything put back."""
        self.begin_again()
        if name not in self._courses:
            states = [self._start]
            self.places.after_commit = lambda: states.append(self.stored.rows())
            result = self.ask(name)
            sides, beginnings = tuple(self.places.sides), frozenset(self.places.beginnings)
            again = self.ask(name)
            self._courses[name] = Course(
                result, sides, beginnings, tuple(states), again, self.stored.rows()
            )
            self.begin_again()
        return self._courses[name]


@pytest.fixture(scope="module", params=STORES)
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """A bench of each kind of store in turn."""
    name: str = request.param
    with closing(STORES[name](tmp_path_factory.mktemp(name))) as store:
        places = Places()
        clock = SettableClock()
        live(Backorders(store, clock=clock), store, {"acme": as_named, "neighbour": as_named})
        with closing(stored_in(store)) as stored:
            app = Backorders(watch(store, places), clock=clock, pause=places.pause)
            yield Bench(app, stored, places)


def test_every_public_call_has_an_example() -> None:
    """Who adds a call says how to call it, in tests/support/public_calls.py."""
    named = {example.name for example in EXAMPLES.values()}
    missing, gone = sorted(public_calls() - named), sorted(named - public_calls())
    assert not missing, f"say how to call it: add an example of {', '.join(missing)}"
    assert not gone, f"there is no such call any more: {', '.join(gone)}"


def test_each_call_that_writes_has_an_example_in_which_it_does(bench: Bench) -> None:
    """A fault in a call that does nothing would prove nothing."""
    courses = [(example.name, bench.course(name)) for name, example in EXAMPLES.items()]
    committing = {name for name, course in courses if Side.AFTER_COMMIT in course.sides}
    changing = {name for name, course in courses if course.states[-1] != course.states[0]}
    idle = sorted(committing - changing)
    assert not idle, f"say how to call it so that it does something: {', '.join(idle)}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_law_18_a_call_that_is_made_again_does_nothing_more(name: str, bench: Bench) -> None:
    """Whoever got no answer repeats the call; only one that has no id to be known by does more."""
    course = bench.course(name)
    does_more = without_turns(course.after_again) != without_turns(course.states[-1])
    assert does_more is EXAMPLES[name].once


@pytest.mark.parametrize("name", EXAMPLES)
def test_law_19_a_call_that_breaks_off_has_happened_wholly_or_not_at_all(
    name: str, bench: Bench
) -> None:
    """The connection breaks at any place. Whoever repeats the call then learns the truth."""
    course = bench.course(name)
    for place in range(len(course.sides)):
        result = bench.ask(name, fault=(place, Fault.LOST))
        done = course.commits_before(place)
        if result == course.result:
            # A connection that has died in the pool is replaced when a transaction begins.
            assert course.is_at_beginning(place), f"place {place}: nobody heard of the fault"
            done = len(course.states) - 1
        assert bench.stored.rows() == course.states[done], f"place {place}: {result}"
        if not done:
            # The state is that before the first time: what follows is in the course.
            continue
        again = bench.ask(name)
        after = bench.stored.rows()
        if done == len(course.states) - 1:
            assert (again, after) == (course.again, course.after_again), f"place {place}"
        elif not EXAMPLES[name].leases:
            # A call that is several transactions goes on where it broke off.
            assert without_turns(after) == without_turns(course.states[-1]), f"place {place}"
        bench.begin_again()
    assert bench.ask(name) == course.result
    bench.begin_again()


@pytest.mark.parametrize("name", EXAMPLES)
def test_law_19_a_race_lost_at_every_place_in_turn_changes_nothing(name: str, bench: Bench) -> None:
    """A deadlock here, a failed serialisation there: nobody hears of it, and nothing is twice."""
    course = bench.course(name)
    for first in range(0, len(course.sides), MOST_REFUSALS):
        assert bench.ask(name, refused_from=first) == course.result, f"from place {first}"
        assert bench.stored.rows() == course.states[-1], f"from place {first}"
        bench.begin_again()


@pytest.mark.parametrize("name", EXAMPLES)
def test_law_19_a_call_that_is_stopped_has_happened_wholly_or_not_at_all(
    name: str, bench: Bench
) -> None:
    """Ctrl-C comes somewhere, in each call elsewhere: nothing is half done or stays locked."""
    course = bench.course(name)
    place = [*EXAMPLES].index(name) % len(course.sides)
    assert bench.ask(name, fault=(place, Fault.STOPPED)) == (KeyboardInterrupt, "")
    done = course.commits_before(place)
    assert bench.stored.rows() == course.states[done], f"place {place}"
    bench.begin_again()
    assert bench.ask(name) == course.result
    bench.begin_again()
