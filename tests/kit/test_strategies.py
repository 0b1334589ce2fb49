"""The kit's strategies draw what they say, and shrink to what can be read."""

from datetime import timedelta
from typing import TypeVar

from hypothesis import find, given, settings
from hypothesis import strategies as st

from backorders import Backorders, ClaimPolicy, OrderRequest
from backorders.adapters.memory import MemoryStore
from backorders.domain import values
from backorders.testing import strategies
from backorders.testing.commands import Command
from tests.support.clock import SettableClock

_T = TypeVar("_T")


def _least(of: st.SearchStrategy[_T]) -> _T:
    """Return the simplest of what a strategy draws."""
    return find(of, lambda _: True, settings=settings(database=None, max_examples=50))


def test_what_is_drawn_shrinks_to_what_can_be_read() -> None:
    """A failing case is read by somebody: O1 wants one TEA, not 0 some NUL."""
    assert repr(_least(strategies.deliveries())) == "book_in('R1', {'TEA': 1}, warehouse='EAST')"
    assert _least(strategies.requests()) == OrderRequest("O1", [("TEA", 1)])
    assert _least(strategies.shelves()) == {}
    assert _least(strategies.time_zones()) == "UTC"
    assert _least(strategies.hostile_ids()) == "0"


@given(strategies.hostile_ids())
def test_hostile_ids_are_ids(text: str) -> None:
    """Hostile are they to adapters: the library takes each of them."""
    assert values.order_id(text) == text


@given(strategies.hostile_texts())
def test_hostile_texts_are_reasons(text: str) -> None:
    """As above."""
    assert values.reason(text) == text


@given(st.data())
def test_around_a_change_the_clocks_differ(data: st.DataObject) -> None:
    """Before and after it, local time and UTC are apart by different lengths of time."""
    change = data.draw(strategies.changes_of_the_clock())
    at = data.draw(strategies.instants_around(change))
    before, after = ((change.at + n * timedelta(seconds=1)).astimezone(at.tzinfo) for n in (-1, 1))
    before_offset, after_offset = before.utcoffset(), after.utcoffset()
    assert before_offset is not None
    assert after_offset is not None
    assert after_offset - before_offset == change.by
    assert at.utcoffset() in {before_offset, after_offset}
    assert abs(at - change.at) <= timedelta(hours=26)


@given(strategies.requests(lines=st.just([("GIN", 2)]), claim=st.just(ClaimPolicy.YIELD)))
def test_a_part_that_is_given_is_used(request: OrderRequest) -> None:
    """Strategies are made to be built on: what is not given is drawn, what is given stays."""
    assert (request.lines, request.claim) == ((("GIN", 2),), ClaimPolicy.YIELD)


@given(strategies.histories())
@settings(max_examples=25)
def test_a_history_can_be_played(calls: list[Command]) -> None:
    """Each call is made or refused with an error of the library: nothing else comes of it."""
    acme = Backorders(MemoryStore(), clock=SettableClock()).seller("acme")
    for call in calls:
        call.on(acme)
    assert acme.verify() == ()
