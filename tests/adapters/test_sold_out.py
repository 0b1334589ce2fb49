"""Orders for what is sold out do not wait for each other on PostgreSQL; no delivery misses one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Final

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from backorders import Backorders, StockLevel, usecases
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.sold_out import SoldOut
from backorders.domain.errors import LostRace
from backorders.domain.values import MAIN, SellerId, Sku
from backorders.ports.storage import UnitOfWork
from tests.support.clock import START
from tests.support.postgresql import new_database, shared_server

ACME: Final = SellerId("acme")
TEA: Final = "TEA"
_IMPATIENT: Final = "-c lock_timeout=200ms"
"""Whoever waits for a lock gives up, and has lost the race."""


def _store(url: str, options: str = _IMPATIENT) -> SqlStore:
    return SqlStore.from_url(url, engine_options={"connect_args": {"options": options}})


@pytest.fixture
def url() -> str:
    """A new database."""
    made = new_database(shared_server()).render_as_string(hide_password=False)
    SqlStore.from_url(made).close()
    return made


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store that knows that there is no tea. Whoever waits for a lock gives up soon."""
    with closing(_store(url)) as made:
        Backorders(made).seller(ACME).place_order("O1", {TEA: 1})
        yield made


def _place(order_id: str, uow: UnitOfWork) -> None:
    usecases.place_order(order_id, {TEA: 1}, uow=uow, now=START)


def _has_to_wait(store: SqlStore, call: Callable[[UnitOfWork], object]) -> bool:
    """Return whether a call, which is undone, would have to wait for somebody's lock."""
    with store.begin(ACME) as uow:
        try:
            call(uow)
        except LostRace as lost:
            return isinstance(lost.__cause__, DBAPIError)
    return False


def _book_in(uow: UnitOfWork) -> object:
    return usecases.book_in("R1", {TEA: 3}, uow=uow, now=START)


def test_orders_for_what_is_sold_out_do_not_wait_for_each_other(store: SqlStore) -> None:
    """One after the other, each until its commit is on the disk, was a fifth of the orders."""
    with store.begin(ACME) as one, store.begin(ACME) as other:
        _place("O2", one)
        _place("O3", other)
        other.commit()
        one.commit()
    waiting = Backorders(store).seller(ACME).back_orders().items
    assert {order.order_id for order in waiting} == {"O1", "O2", "O3"}


def test_a_delivery_waits_for_the_orders_that_are_being_placed(store: SqlStore) -> None:
    """Or its units would lie on the shelf beside an order that waits for them (law 9)."""
    with store.begin(ACME) as one, store.begin(ACME) as other:
        _place("O2", one)
        _place("O3", other)
        assert _has_to_wait(store, _book_in)
        one.commit()
        assert _has_to_wait(store, _book_in)
        other.commit()
    released = Backorders(store).seller(ACME).book_in("R1", {TEA: 3}).released
    assert set(released) == {"O1", "O2", "O3"}


def test_an_order_waits_for_a_delivery_and_then_gets_what_it_brought(store: SqlStore) -> None:
    """It knows an empty shelf, and must not believe in it when it has the lock."""
    acme = Backorders(store).seller(ACME)
    with store.begin(ACME) as goods_in:
        _book_in(goods_in)
        assert _has_to_wait(store, partial(_place, "O2"))
        goods_in.commit()
    with store.begin(ACME) as mistaken, pytest.raises(LostRace, match="not sold out any more"):
        _place("O2", mistaken)
    assert acme.place_order("O2", {TEA: 1}).units_held == {TEA: 1}
    assert acme.verify() == ()


def test_a_call_that_was_mistaken_is_repeated_by_the_face(url: str, store: SqlStore) -> None:
    """A guess is never told to anybody."""
    with closing(SqlStore.from_url(url)) as another:
        Backorders(another).seller(ACME).book_in("R1", {TEA: 9})
    placed = Backorders(store).seller(ACME).place_order("O2", {TEA: 1})
    assert placed.units_held == {TEA: 1}


def test_a_delivery_that_is_in_line_is_not_kept_waiting_by_later_orders(
    url: str, store: SqlStore
) -> None:
    """While a flash sale goes on, there is no moment at which nobody places an order."""
    with (
        closing(SqlStore.from_url(url)) as patient,
        ThreadPoolExecutor(1) as pool,
        store.engine.connect() as looking,
    ):
        with store.begin(ACME) as one:
            _place("O2", one)
            delivery = pool.submit(Backorders(patient).seller(ACME).book_in, "R1", {TEA: 3})
            while not _somebody_waits(looking):
                pass
            assert _has_to_wait(store, partial(_place, "O3"))
            one.commit()
        assert set(delivery.result().released) == {"O1", "O2"}


def _somebody_waits(looking: Connection) -> bool:
    waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"
    return bool(looking.exec_driver_sql(waiting).scalar_one())


def test_where_a_wait_shows_nothing_new_a_sku_is_always_locked_alone(url: str) -> None:
    """With REPEATABLE READ, what was committed during a wait would not be seen."""
    stricter = f"{_IMPATIENT} -c default_transaction_isolation=repeatable\\ read"
    with closing(_store(url, stricter)) as store:
        Backorders(store).seller(ACME).place_order("O1", {TEA: 1})
        with store.begin(ACME) as one:
            _place("O2", one)
            assert _has_to_wait(store, partial(_place, "O3"))


def _stock_up(uow: UnitOfWork) -> None:
    uow.stock.save([StockLevel(MAIN, Sku(TEA), 1)])


def _lock_another(uow: UnitOfWork) -> object:
    return uow.stock.lock([Sku("ZINC")])


@pytest.mark.parametrize("decide", [_stock_up, _lock_another])
def test_what_is_locked_together_is_neither_changed_nor_added_to(
    store: SqlStore, decide: Callable[[UnitOfWork], object]
) -> None:
    """Who decides about a level has it alone; who finds out too late begins again, alone."""
    with store.begin(ACME) as uow:
        _place("O2", uow)
        with pytest.raises(LostRace, match="not sold out any more"):
            decide(uow)
    with store.begin(ACME) as again:
        _place("O2", again)
        assert _has_to_wait(store, partial(_place, "O3"))


def test_a_lock_that_nobody_was_waited_for_is_read_with_the_levels(store: SqlStore) -> None:
    """That is a journey less for nearly every call; after a wait, the levels are read again."""
    texts: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        texts.append(statement)

    acme = Backorders(store).seller(ACME)
    acme.book_in("R1", {TEA: 9})
    assert not [text for text in texts if "FROM backorders_levels" in text]


def test_levels_are_read_again_when_somebody_was_waited_for(url: str) -> None:
    """They were looked up before the wait, and are what the other has made of them since."""
    with closing(SqlStore.from_url(url)) as patient, ThreadPoolExecutor(1) as pool:
        acme = Backorders(patient).seller(ACME)
        acme.book_in("R0", {TEA: 1})
        with patient.begin(ACME) as rival, patient.engine.connect() as looking:
            usecases.place_order("O1", {TEA: 1}, uow=rival, now=START)
            placed = pool.submit(acme.place_order, "O2", {TEA: 1})
            while not _somebody_waits(looking):
                pass
            rival.commit()
        assert placed.result().shortages == {TEA: 1}
        assert acme.verify() == ()


def test_a_bounded_number_of_skus_is_kept_in_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of millions must not fill the memory of every process."""
    monkeypatch.setattr("backorders.adapters.sql.sold_out._MOST", 2)
    sold_out = SoldOut()
    skus = [Sku("A"), Sku("B"), Sku("C")]
    sold_out.note(ACME, skus[:2], ())
    assert sold_out.are(ACME, skus[:2])
    sold_out.note(ACME, skus[2:], ())
    assert sold_out.are(ACME, skus[2:])
    assert not sold_out.are(ACME, skus[:1])
    assert not sold_out.are(SellerId("neighbour"), skus[2:])
