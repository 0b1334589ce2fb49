"""How long an order has been on back order: begun when it goes there, ended when it leaves."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given

from backorders import Backorders, Remove, Seller
from backorders.adapters.memory import MemoryStore
from backorders.domain.events import (
    LeftBackOrder,
    OrderCancelled,
    OrderEvent,
    WentOnBackOrder,
)
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, histories
from tests.support.state import dump
from tests.support.stores import STORES

HOUR = timedelta(hours=1)


@given(histories())
def test_time_on_back_order_is_what_the_history_tells(history: list[Call]) -> None:
    """A figure that is kept must be the one that anybody can work out from what happened."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    for one in history:
        clock.advance(hours=1)
        one.on(acme)
    state = dump(acme)
    for order_id, order in state.orders.items():
        assert (order.back_order_since is not None) == order.is_on_back_order, order
        if order.split_from is None:
            told = _told(state.histories[order_id])
            assert (order.back_order_since, order.back_order_time) == told, order_id


def _told(history: tuple[OrderEvent, ...]) -> tuple[datetime | None, timedelta | None]:
    since: datetime | None = None
    time: timedelta | None = None
    for event in history:
        match event:
            case WentOnBackOrder():
                since = event.at
            case LeftBackOrder() | OrderCancelled() if since is not None:
                time = (time or timedelta()) + (event.at - since)
                since = None
            case _:
                pass
    return since, time


def _seller() -> tuple[Seller, SettableClock]:
    clock = SettableClock()
    return Backorders(MemoryStore(), clock=clock).seller("acme"), clock


def test_time_on_back_order_adds_up_over_several_times() -> None:
    """An order that lost its units waits twice; both count, and the time between does not."""
    acme, clock = _seller()
    acme.place_order("O1", {"A": 2}, placed_at=START - 100 * HOUR)
    for receipt, units in (("R1", 2), ("R2", 1)):
        clock.advance(hours=3)
        acme.book_in(receipt, {"A": units})
        assert acme.order("O1").back_order_since is None
        clock.advance(hours=10)
        acme.adjust_stock(receipt, {"A": -1})
    order = acme.order("O1")
    assert (order.back_order_since, order.back_order_time) == (clock.now, 6 * HOUR)


def test_an_order_that_is_split_off_has_waited_as_long_as_its_parent() -> None:
    """The customer has waited all along; the part that ships now does not wait any more."""
    acme, clock = _seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 5})
    clock.advance(hours=4)
    split = acme.split_order("O1")
    assert (split.original.back_order_since, split.original.back_order_time) == (None, 4 * HOUR)
    assert (split.created.back_order_since, split.created.back_order_time) == (START, None)
    clock.advance(hours=1)
    acme.book_in("R2", {"A": 3})
    assert acme.order("O1-2").back_order_time == 5 * HOUR


def test_a_part_that_lacks_nothing_has_never_waited() -> None:
    """What was there from the beginning and is moved away was never on back order."""
    acme, clock = _seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2, "B": 1})
    clock.advance(hours=4)
    created = acme.split_order("O1", move={"A": 2}).created
    assert (created.back_order_since, created.back_order_time) == (None, None)
    assert acme.order("O1").back_order_since == START


def test_an_order_that_is_made_smaller_has_waited_until_then() -> None:
    """It left back order without any delivery: by what was taken off it."""
    acme, clock = _seller()
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2, "B": 1})
    clock.advance(hours=2)
    assert acme.edit_order("O1", Remove("B")).back_order_time == 2 * HOUR


def test_a_clock_that_was_set_back_makes_no_negative_time() -> None:
    """A server's clock is corrected now and then; a time below nothing would spoil every mean."""
    acme, clock = _seller()
    acme.place_order("O1", {"A": 1})
    clock.advance(hours=-2)
    acme.book_in("R1", {"A": 1})
    assert acme.order("O1").back_order_time == timedelta()


def test_every_store_keeps_the_time_on_back_order(tmp_path: Path) -> None:
    """It plays no part in whether orders are equal: so that it is kept must be asked by name."""
    found = {}
    length = timedelta(days=400, microseconds=2)
    for name, make in STORES.items():
        clock = SettableClock(START)
        store = make(tmp_path)
        acme = Backorders(store, clock=clock).seller("acme")
        acme.place_order("O1", {"A": 1})
        clock.now += length
        acme.book_in("R1", {"A": 1})
        acme.adjust_stock("A1", {"A": -1})
        order = acme.order("O1")
        found[name] = (order.back_order_since, order.back_order_time)
        store.close()
    assert set(found.values()) == {(START + length, length)}
