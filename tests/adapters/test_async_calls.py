"""Calls on an event loop: what they come to, cancelled anywhere, and by hundreds at once."""

import asyncio
import os
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import AsyncAdaptedQueuePool

from backorders import Backorders, Delivered, EventsDelivered, Happened, Notice, NotificationKind
from backorders.adapters.asyncio import AsyncBackorders, AsyncNotifier
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.adapters.sql import AsyncSqlStore, SqlStore
from backorders.domain.errors import InvalidType, RetriesExhausted, StoreUnusable, UnknownOrder
from backorders.ports.notifier import Notifier
from backorders.ports.storage import Store
from tests.support.clock import SettableClock
from tests.support.stores import DATABASES, STORES

_TASKS: Final = int(os.environ.get("BACKORDERS_TEST_TASKS", "60"))
"""Tasks at once. BACKORDERS_TEST_TASKS=1000 asks for more."""
_ROUNDS: Final = int(os.environ.get("BACKORDERS_TEST_CANCELLED", "8"))
"""Calls that are cancelled, each somewhere else."""

# Any: what a coroutine sends and is sent is the event loop's.
_Call: TypeAlias = Callable[[AsyncBackorders, int], Coroutine[Any, Any, object]]


def _on_loop(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(main())


def _url(name: str, folder: Path) -> str:
    if name == "asyncpg":
        return DATABASES["postgresql"](folder).replace("+psycopg:", "+asyncpg:")
    return DATABASES[name](folder)


def _checked_out(store: AsyncSqlStore) -> int:
    """Return how many connections are not in the pool."""
    pool = store.engine.sync_engine.pool
    assert isinstance(pool, AsyncAdaptedQueuePool)
    return pool.checkedout()


@asynccontextmanager
async def _opened(url: str, **options: Any) -> AsyncIterator[AsyncSqlStore]:  # noqa: ANN401 - as they are
    store = await AsyncSqlStore.from_url(url, **options)
    try:
        yield store
        # A connection that nobody gave back would be kept from everybody else.
        assert _checked_out(store) == 0
    finally:
        await store.close()


@pytest.mark.parametrize("name", [*STORES, *(["asyncpg"] if "postgresql" in STORES else [])])
def test_calls_come_to_what_they_come_to_without_await(name: str, tmp_path: Path) -> None:
    """A seller's day, awaited: every kind of call, and errors as ever."""

    async def day(app: AsyncBackorders) -> None:
        acme = app.seller("acme")
        assert acme.seller_id == "acme"
        await acme.book_in("R1", {"A": 2})
        assert (await acme.place_order("O1", {"A": 2})).status.name == "READY"
        assert (await acme.place_order("O2", {"A": 1})).is_on_back_order
        async with acme.what_if() as trial:
            await trial.cancel_order("O1")
            assert {each.order_id for each in (await trial.difference()).orders} == {"O1", "O2"}
        assert (await acme.order("O2")).is_on_back_order
        both = await acme.together(
            lambda uow, now: (uow.seller_id, now is not None, len(uow.orders.waiting_skus()))
        )
        assert both == ("acme", True, 1)
        await acme.cancel_order("O1")
        assert not (await acme.order("O2")).is_on_back_order
        with pytest.raises(UnknownOrder):
            await acme.order("O9")
        assert await acme.verify() == ()
        assert await app.sellers() == ("acme",)

    async def main() -> None:
        if name == "memory":
            await day(AsyncBackorders(MemoryStore()))
            return
        async with _opened(_url(name, tmp_path)) as store:
            await day(AsyncBackorders(store))

    if name != "mariadb":
        _on_loop(main)


def test_it_can_be_seen_from_a_program_without_a_loop(tmp_path: Path) -> None:
    """Both kinds of program work on one database."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"

    async def main() -> None:
        async with _opened(url) as store:
            await AsyncBackorders(store).seller("acme").place_order("O1", {"A": 1})

    _on_loop(main)
    with closing(SqlStore.from_url(url)) as store:
        assert Backorders(store).seller("acme").order("O1").is_on_back_order


def test_handlers_and_notifiers_may_be_awaited_or_may_block() -> None:
    """A coroutine is awaited; what may block goes to a thread, and keeps nobody waiting."""
    heard: list[Happened] = []
    sent: list[Notice] = []
    entered: list[str] = []

    async def hear(happened: Happened) -> None:
        await asyncio.sleep(0)
        heard.append(happened)

    class Sending:
        async def send(self, notice: Notice) -> None:
            await asyncio.sleep(0)
            sent.append(notice)

        async def __aenter__(self) -> None:
            entered.append("in")

        async def __aexit__(self, *_: object) -> None:
            entered.append("out")

    class Blocking(MemoryNotifier):
        def __enter__(self) -> None:
            entered.append("in")

        def __exit__(self, *_: object) -> None:
            entered.append("out")

    async def main() -> None:
        app = AsyncBackorders(MemoryStore(), clock=SettableClock())
        acme = app.seller("acme")
        await acme.add_user("bob", email="bob@example.com")
        await acme.opt_in("bob", NotificationKind.BACK_ORDER_RELEASED)
        app.subscribe(hear, name="hear")
        assert app.subscribe(heard.append, name="in a thread").name == "in a thread"
        notifiers: list[AsyncNotifier | Notifier] = [Sending(), Blocking()]
        for number, notifier in enumerate(notifiers):
            await acme.place_order(f"O{number}", {"A": 1})
            await acme.book_in(f"R{number}", {"A": 1})
            assert await app.deliver_notifications(notifier) == Delivered(1, 0)
        assert await app.deliver_events() == EventsDelivered(20, 0)
        assert len(heard) == 20
        assert len(sent) == 1
        assert entered == ["in", "out"] * 2
        with pytest.raises(InvalidType, match="notifier"):
            await app.deliver_notifications(5)  # type: ignore[arg-type]  # on purpose
        with pytest.raises(InvalidType, match="handler"):
            app.subscribe(5, name="none")  # type: ignore[arg-type]  # on purpose
        with pytest.raises(InvalidType, match="store"):
            AsyncBackorders(5)  # type: ignore[arg-type]  # on purpose

    _on_loop(main)


def _booking_in(app: AsyncBackorders, number: int) -> Coroutine[Any, Any, object]:
    """Return a call that changes many rows of every kind."""
    return app.seller("acme").book_in(f"R{number}", {"A": 1, "B": 1, "C": 1})


def _placing(app: AsyncBackorders, number: int) -> Coroutine[Any, Any, object]:
    return app.seller("acme").place_order(f"NEW{number}", {"A": 1, "C": 1})


async def _state(app: AsyncBackorders) -> tuple[object, ...]:
    acme = app.seller("acme")
    assert await acme.verify() == ()
    page = await acme.orders(limit=99)
    return (page.items, await acme.history("O0"), *[await acme.stock(sku) for sku in "ABC"])


async def _turns(task: "asyncio.Task[object]", most: int | None = None) -> int:
    """Let a task go on for so many turns of the loop; return how many it took."""
    turns = 0
    while not task.done() and turns != most:
        await asyncio.sleep(0)
        turns += 1
    return turns


@pytest.mark.parametrize("call", [_booking_in, _placing], ids=["book_in", "place_order"])
@pytest.mark.parametrize("name", [name for name in DATABASES if name != "mariadb"])
def test_a_task_that_is_cancelled_leaves_nothing_half_done(
    name: str, call: _Call, tmp_path: Path
) -> None:
    """Cancelled at any point it has happened wholly or not at all, and keeps no connection."""
    chance = random.Random(7)

    async def main() -> None:
        async with _opened(DATABASES[name](tmp_path), engine_options={"pool_size": 2}) as store:
            app = AsyncBackorders(store, clock=SettableClock())
            acme = app.seller("acme")
            for number in range(4):
                await acme.place_order(f"O{number}", {"A": 1, "B": 1})
            turns = await _turns(asyncio.ensure_future(call(app, -1)))
            cancelled = 0
            for number in range(_ROUNDS):
                before = await _state(app)
                task = asyncio.ensure_future(call(app, number))
                await _turns(task, chance.randrange(turns))
                task.cancel()
                if chance.random() < 0.3:
                    # A second time, while it takes back what it did.
                    await asyncio.sleep(0)
                    task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                cancelled += task.cancelled()
                after = await _state(app)
                if after != before:
                    # It has happened, and so does nothing more when it is made again.
                    await call(app, number)
                    assert await _state(app) == after
            assert cancelled

    _on_loop(main)


def test_a_call_that_is_cancelled_while_it_begins_gives_its_connection_back(
    tmp_path: Path,
) -> None:
    """There are few connections: one for each impatient client would soon be all of them."""
    file = tmp_path / "shop.db"

    async def main() -> None:
        async with _opened(f"sqlite:///{file}") as store:
            acme = AsyncBackorders(store).seller("acme")
            await acme.book_in("R1", {"A": 1})
            with closing(sqlite3.connect(file, isolation_level=None)) as rival:
                rival.execute("BEGIN IMMEDIATE")
                task = asyncio.ensure_future(acme.place_order("O1", {"A": 1}))
                while not _checked_out(store):
                    await _turns(task, 1)
                task.cancel()
                await asyncio.sleep(0)
                rival.rollback()
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert _checked_out(store) == 0
            assert not (await acme.place_order("O1", {"A": 1})).is_on_back_order

    _on_loop(main)


def test_a_cancelled_handler_notes_what_was_told() -> None:
    """The next one goes on from there, at once."""
    heard: list[Happened] = []
    reached = asyncio.Event()

    async def hear(happened: Happened) -> None:
        if len(heard) == 3 and not reached.is_set():
            reached.set()
            await asyncio.Event().wait()
        heard.append(happened)

    async def main() -> None:
        app = AsyncBackorders(MemoryStore())
        app.subscribe(hear, name="hear")
        for number in range(4):
            await app.seller("acme").place_order(f"O{number}", {"A": 1})
        task = asyncio.ensure_future(app.deliver_events())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await app.deliver_events() == EventsDelivered(5, 0)
        assert [each.position for each in heard] == [*range(1, 9)]

    _on_loop(main)


@pytest.mark.parametrize("name", [name for name in STORES if name != "mariadb"])
def test_many_tasks_at_once_are_served_fairly_and_soundly(name: str, tmp_path: Path) -> None:
    """What is there is given out once, and nobody is left hanging."""

    async def work(app: AsyncBackorders) -> None:
        acme = app.seller("acme")
        await acme.book_in("R1", dict.fromkeys("ABC", _TASKS // 6))
        placed = await asyncio.gather(
            *(acme.place_order(f"O{number}", {"ABC"[number % 3]: 1}) for number in range(_TASKS))
        )
        short = [order for order in placed if order.is_on_back_order]
        assert len(short) == _TASKS - 3 * (_TASKS // 6)
        await asyncio.gather(
            *(acme.cancel_order(order.order_id) for order in placed if not order.is_on_back_order)
        )
        waiting = await acme.back_orders(limit=1000)
        assert len(waiting.items) == len(short) - 3 * (_TASKS // 6)
        assert await acme.verify() == ()

    async def main() -> None:
        if name == "memory":
            await work(AsyncBackorders(MemoryStore()))
            return
        async with _opened(DATABASES[name](tmp_path)) as store:
            await work(AsyncBackorders(store))

    _on_loop(main)


def test_a_pause_lets_others_go_on(tmp_path: Path) -> None:
    """A call that lost a race waits for its next turn while the loop serves everybody else."""
    file = tmp_path / "shop.db"

    async def main() -> None:
        lost = asyncio.Event()
        paused: list[int] = []

        async def pause(attempts: int) -> None:
            paused.append(attempts)
            lost.set()
            # Somebody else must come first: were the loop kept, this would never end.
            await freed.wait()

        async def somebody_else(rival: sqlite3.Connection) -> None:
            await lost.wait()
            rival.rollback()
            freed.set()

        freed = asyncio.Event()
        options = {"connect_args": {"timeout": 0}}
        async with _opened(f"sqlite:///{file}", engine_options=options) as store:
            with closing(sqlite3.connect(file, isolation_level=None)) as rival:
                rival.execute("BEGIN IMMEDIATE")
                app = AsyncBackorders(store, pause=pause)
                placed, _ = await asyncio.gather(
                    app.seller("acme").place_order("O1", {"A": 1}), somebody_else(rival)
                )
        assert placed.is_on_back_order
        assert paused == [1]

    _on_loop(main)


def test_who_loses_every_time_is_told(tmp_path: Path) -> None:
    """The default pause is awaited too, and ends."""
    file = tmp_path / "shop.db"

    async def main() -> None:
        options = {"connect_args": {"timeout": 0}}
        async with _opened(f"sqlite:///{file}", engine_options=options) as store:
            with closing(sqlite3.connect(file, isolation_level=None)) as rival:
                rival.execute("BEGIN IMMEDIATE")
                with pytest.raises(RetriesExhausted):
                    await AsyncBackorders(store).seller("acme").place_order("O1", {"A": 1})

    _on_loop(main)


def test_an_open_what_if_in_memory_keeps_a_writer_waiting_and_not_the_loop() -> None:
    """The writer lets the task with the what-if come to its end."""

    async def main() -> None:
        app = AsyncBackorders(MemoryStore())
        acme = app.seller("acme")
        await acme.book_in("R1", {"A": 1})
        async with acme.what_if() as trial:
            writer = asyncio.ensure_future(acme.place_order("O1", {"A": 1}))
            await _turns(writer, 20)
            assert not writer.done()
            await trial.place_order("O2", {"A": 1})
        assert not (await writer).is_on_back_order
        impatient = AsyncBackorders(MemoryStore(patience=0)).seller("acme")
        async with impatient.what_if():
            with pytest.raises(StoreUnusable, match="end it first"):
                await impatient.place_order("O1", {"A": 1})

    _on_loop(main)


def test_a_wrong_url_says_so() -> None:
    """A database that cannot be had on an event loop is named."""

    async def main() -> None:
        for url in ("nonsense", "mysql+pymysql://localhost/shop", "mssql://localhost"):
            with pytest.raises(StoreUnusable):
                await AsyncSqlStore.from_url(url)

    _on_loop(main)


def test_what_is_run_can_be_awaited_within_only() -> None:
    """A call outside of the loop has nobody to hand what it waits for to."""
    from backorders.adapters.asyncio import bridge  # noqa: PLC0415 - what is tested

    async def nothing() -> None:
        pass

    waiting: Awaitable[None] = nothing()
    with pytest.raises(RuntimeError, match="being run"):
        bridge.wait(waiting)
    assert isinstance(waiting, Coroutine)
    waiting.close()


def test_a_store_of_the_memory_kind_is_a_store() -> None:
    """The face takes it for one."""
    app = AsyncBackorders(MemoryStore())
    store: Store = app._bridge.sync
    Backorders(store).seller("acme").place_order("O1", {"TEA": 1})
    assert asyncio.run(app.seller("acme").order("O1")).shortages == {"TEA": 1}
    store.close()
