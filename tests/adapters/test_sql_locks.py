"""The locks of SKUs on PostgreSQL: nobody waits for somebody who waits in turn."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, event, text

from backorders import (
    Add,
    Backorders,
    BackordersError,
    ClaimPolicy,
    Order,
    Seller,
    SetQuantity,
    ShipPolicy,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.unit_of_work import SqlUnitOfWork
from backorders.domain.errors import LostRace
from backorders.domain.values import SellerId, Sku
from backorders.testing.commands import Command, command
from backorders.usecases.looking_up import lock_ahead
from tests.support.clock import START
from tests.support.postgresql import new_database, shared_server

ACME = SellerId("acme")
BOLT, NUT = Sku("BOLT"), Sku("NUT")


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """A store in which O1 waits for both SKUs at once. Whoever waits for a lock gives up."""
    impatient = {"connect_args": {"options": "-c statement_timeout=3s"}}
    url = new_database(shared_server()).render_as_string(hide_password=False)
    with closing(SqlStore.from_url(url, engine_options=impatient)) as made:
        acme = Backorders(made).seller(ACME)
        acme.place_order("O1", [(BOLT, 1), (NUT, 1)], claim=ClaimPolicy.YIELD)
        acme.book_in("R1", {BOLT: 1})
        yield made


def test_a_sku_that_comes_before_those_locked_is_not_waited_for(store: SqlStore) -> None:
    """Its holder may wait for what is locked here, and PostgreSQL sees that only after a second.

    In that second nobody gets a unit of either SKU: eight processes did one call a second, and a
    delivery that lost twelve times in a row was refused.
    """
    with store.begin(ACME) as rival, store.begin(ACME) as uow:
        rival.stock.lock([BOLT])
        with pytest.raises(LostRace):
            usecases.book_in("R2", {NUT: 1}, uow=uow, now=START)
        assert uow.wanted == {BOLT, NUT}


class _Contested(SqlStore):
    """A store on which somebody has BOLT until the first to want it has lost."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__(store.engine)
        self._rival = store.begin(ACME)
        self._rival.stock.lock([BOLT])
        self.begun = 0

    def begin(self, seller_id: str, *, read_only: bool = False) -> SqlUnitOfWork:
        self.begun += 1
        if self.begun > 1:
            self._rival.__exit__(None, None, None)
        return super().begin(seller_id, read_only=read_only)

    def close(self) -> None:
        self._rival.__exit__(None, None, None)
        super().close()


def test_who_lost_a_race_locks_ahead_what_it_wanted(store: SqlStore) -> None:
    """All at once is in order, so the next attempt can wait for it, and meets nobody halfway."""
    locked: list[object] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(
        _connection: Connection, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if "advisory" in statement:
            assert isinstance(parameters, dict)
            locked.append(parameters["rows"])

    with closing(_Contested(store)) as contested:
        locked.clear()
        released = Backorders(contested).seller(ACME).book_in("R2", {NUT: 1}).released

    assert released == ("O1",)
    assert contested.begun == 2
    assert locked == ['[[1,"NUT"]]', '[[1,"BOLT"]]', '[[1,"BOLT"],[1,"NUT"]]']
    # Whatever order they are wanted in.
    with store.begin(ACME) as uow:
        lock_ahead(uow, [NUT, BOLT])
    assert locked[3:] == ['[[1,"BOLT"],[1,"NUT"]]']


def _prepare(acme: Seller, *, processed: bool) -> None:
    acme.book_in("R9", {"TEA": 4})
    acme.place_order("O9", {"TEA": 2}, ship=ShipPolicy.AS_AVAILABLE)
    if processed:
        acme.process_order("O9")


@pytest.mark.parametrize(
    ("first", "second", "comes_to"),
    [
        (command("cancel_order", "O9"), command("cancel_order", "O9"), "CANCELLED"),
        (
            command("cancel_order", "O9"),
            command("edit_order", "O9", Add("TEA", 1)),
            "ActionRefused",
        ),
        (
            command("edit_order", "O9", SetQuantity("TEA", 1)),
            command("edit_order", "O9", SetQuantity("TEA", 1)),
            "EditRefused",
        ),
        (
            command("cancel_order", "O9"),
            command("split_order", "O9", move={"TEA": 1}),
            "ActionRefused",
        ),
        (
            command("split_order", "O9", move={"TEA": 1}),
            command("split_order", "O9", move={"TEA": 1}),
            "SplitRefused",
        ),
        (command("cancel_order", "O9"), command("prioritise_order", "O9", 5), "ActionRefused"),
        (command("despatch_order", "O9"), command("despatch_order", "O9"), "DESPATCHED"),
    ],
)
def test_what_was_read_before_it_was_locked_is_read_again(
    store: SqlStore, first: Command, second: Command, comes_to: str
) -> None:
    """The second call comes to what it would have come to a moment later.

    It had read the order before the first changed it, and locked its SKU afterwards: the units that
    the order no longer held were put back a second time, and the caller was told that -1 units are
    allocated.
    """
    acme = Backorders(store).seller(ACME)
    _prepare(acme, processed=first.name == "despatch_order")
    answers: list[object] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def overtake(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO backorders_queues" in statement and not answers:
            answers.append("under way")
            answers.append(first.on(acme))

    told = second.on(acme)

    assert len(answers) == 2
    assert not isinstance(answers[1], BackordersError)
    assert (told.status.name if isinstance(told, Order) else type(told).__name__) == comes_to
    assert acme.verify() == ()


def test_a_hosts_transaction_waits(store: SqlStore) -> None:
    """It locks in the order of its calls, which is not for the library to judge or to repeat."""
    with store.begin(ACME) as rival, store.engine.connect() as connection:
        rival.stock.lock([BOLT])
        uow = store.join(connection, ACME)
        uow.stock.lock([NUT])
        connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(LostRace) as waited:
            uow.stock.lock([BOLT])
    assert "lock timeout" in str(waited.value.__cause__)


def test_skus_are_locked_by_code_point_whatever_the_language_of_the_database(
    store: SqlStore,
) -> None:
    """In an order of its own, a statement would cross with those that lock one SKU after another.

    Python puts "B" before "a", and a dictionary does not. The servers of the tests know no
    language, so the order is looked up in the statement.
    """
    texts: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        texts.append(statement)

    with store.begin(ACME) as uow:
        uow.stock.lock([BOLT, NUT])
    [locking] = [statement for statement in texts if "INSERT INTO backorders_queues" in statement]
    assert 'ORDER BY sku COLLATE "C" ON CONFLICT' in locking


def test_a_seller_who_does_not_exist_has_nothing_to_lock_ahead() -> None:
    """The first attempt was undone, and with it the seller whom it had made."""
    store = MemoryStore()
    with store.begin(ACME) as uow:
        lock_ahead(uow, {BOLT})
    assert store.sellers() == ()
