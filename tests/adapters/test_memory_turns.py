"""Whose turn it is at a seller of the memory store."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from backorders import Backorders, StoreUnusable
from backorders.adapters.memory import MemoryStore
from backorders.adapters.memory.turns import Turns

AT_ONCE = 0.0
LONG = 30.0


@pytest.fixture
def another_thread() -> Iterator[ThreadPoolExecutor]:
    """A thread beside that of the test."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def _taken(end: Callable[[], None] | None) -> Callable[[], None]:
    assert end is not None
    return end


def test_one_that_writes_is_alone(another_thread: ThreadPoolExecutor) -> None:
    """Half a change must be seen by nobody."""
    turns = Turns()
    end_writing = _taken(turns.take(read_only=False, patience=AT_ONCE))
    for read_only in (False, True):
        asked = another_thread.submit(turns.take, read_only=read_only, patience=AT_ONCE)
        assert asked.result() is None
    end_writing()
    end_reading = _taken(turns.take(read_only=True, patience=AT_ONCE))
    assert turns.take(read_only=False, patience=AT_ONCE) is None
    end_reading()
    _taken(turns.take(read_only=False, patience=AT_ONCE))()


def test_who_waits_to_write_is_not_passed_by_new_readers(
    another_thread: ThreadPoolExecutor,
) -> None:
    """Readers that come and go without a pause would keep a delivery waiting for ever."""
    turns = Turns()
    end_reading = _taken(turns.take(read_only=True, patience=AT_ONCE))
    writer = another_thread.submit(turns.take, read_only=False, patience=LONG)
    with ThreadPoolExecutor(1) as third:
        while end := third.submit(turns.take, read_only=True, patience=AT_ONCE).result():
            end()
    # A thread that reads already may go on: what the writer waits for is its end.
    _taken(turns.take(read_only=True, patience=AT_ONCE))()
    assert not writer.done()
    end_reading()
    _taken(writer.result())()


def test_who_gave_up_waiting_to_write_keeps_nobody_out(another_thread: ThreadPoolExecutor) -> None:
    """A writer who has left must not leave the door shut behind it."""
    turns = Turns()
    end_reading = _taken(turns.take(read_only=True, patience=AT_ONCE))
    assert another_thread.submit(turns.take, read_only=False, patience=AT_ONCE).result() is None
    _taken(another_thread.submit(turns.take, read_only=True, patience=AT_ONCE).result())()
    end_reading()


def test_a_change_inside_a_unit_of_work_that_reads_is_refused_after_a_while() -> None:
    """It would wait for itself: better to say so than to hang."""
    store = MemoryStore(patience=0.01)
    acme = Backorders(store).seller("acme")
    with store.begin("acme", read_only=True):
        assert acme.stock("TEA") == ()
        with pytest.raises(StoreUnusable, match="end it first"):
            acme.book_in("R1", {"TEA": 1})
    acme.book_in("R1", {"TEA": 1})
