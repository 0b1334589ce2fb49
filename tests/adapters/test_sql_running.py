"""Statements take a short way past SQLAlchemy, unless somebody watches: nothing else may differ."""

import logging
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.row_statements import RowStatement
from backorders.adapters.sql.running import Runner
from tests.support import busy_day
from tests.support.clock import SettableClock

_LONG = (
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 3000000) "
    "SELECT count(*) FROM n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A store in a file."""
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")) as made:
        yield made


def _listen(engine: Engine) -> list[str]:
    heard: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def hear(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement)

    return heard


def _live(store: SqlStore) -> object:
    busy_day.fill(store, orders=20, on_hand=5)
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R9", {"A": 30})
    return acme.verify(), acme.summary(), acme.restock_report()


def test_whoever_traces_statements_hears_of_every_one_that_the_database_gets(
    store: SqlStore,
) -> None:
    """A trace with gaps leads whoever reads it astray."""
    got: list[str] = []

    @event.listens_for(store.engine, "checkout")
    def trace(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.set_trace_callback(got.append)

    heard = _listen(store.engine)
    _live(store)
    # The database tells of each row that a statement is run for, and of its own transactions.
    beginnings = {statement.split("?")[0].split("(")[0] for statement in heard}
    silent = [text for text in got if not text.startswith(tuple(beginnings))]
    assert set(silent) <= {"COMMIT", "ROLLBACK"}
    assert len(heard) > 100


def test_what_calls_come_to_is_the_same_whether_anybody_watches_or_not(
    store: SqlStore, tmp_path: Path
) -> None:
    """Whoever switches tracing on looks at the same shop."""
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'other.db'}")) as watched:
        heard = _listen(watched.engine)
        assert _live(watched) == _live(store)
        assert heard


def test_whoever_logs_statements_finds_every_text(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Logging is switched on when something is wrong: it must not hold anything back."""
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")
    Backorders(store).seller("acme").book_in("R1", {"A": 3})
    said = [record.getMessage() for record in caplog.records]
    assert any(line.startswith("INSERT INTO backorders_documents") for line in said)


@pytest.mark.parametrize("is_watched", [False, True])
def test_an_error_is_sqlalchemys_whether_anybody_watches_or_not(is_watched: bool) -> None:
    """A host that knows SQLAlchemy's errors need not know each driver's."""
    engine = create_engine("sqlite://", hide_parameters=True)
    if is_watched:
        _listen(engine)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE one (id int PRIMARY KEY)"))
        statement = RowStatement("INSERT INTO one VALUES (?)", frozenset({"one"}), tuple)
        runner = Runner(connection)
        assert runner.each(statement, [(1,), (2,)]) == 2
        with pytest.raises(IntegrityError, match="parameters hidden") as caught:
            runner.each(statement, [(1,)])
        assert isinstance(caught.value.orig, sqlite3.IntegrityError)
        assert caught.value.statement == "INSERT INTO one VALUES (?)"
        assert not connection.invalidated
    engine.dispose()


@pytest.mark.parametrize("is_watched", [False, True])
def test_a_connection_that_has_died_is_given_up_and_with_it_those_of_its_pool(
    is_watched: bool,
    tmp_path: Path,
) -> None:
    """What has cut off one has mostly cut off all: none of them is to fail another call."""
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    if is_watched:
        _listen(engine)
    with engine.connect() as one, engine.connect() as other:
        in_the_pool = other.connection.driver_connection
        other.close()
        runner = Runner(one)
        statement = Prepared(text("SELECT 1 AS found"), engine.dialect, tables=["one"])
        assert runner.rows(statement, {}) == [(1,)]
        one.connection.cursor().connection.close()
        with pytest.raises(DBAPIError) as caught:
            runner.rows(statement, {})
        assert caught.value.connection_invalidated
        assert one.invalidated
        one.rollback()
        assert runner.rows(statement, {}) == [(1,)]
        assert one.connection.driver_connection is not in_the_pool
    engine.dispose()


@pytest.mark.parametrize("is_watched", [False, True])
def test_who_is_stopped_in_the_middle_of_a_statement_gives_the_connection_up(
    is_watched: bool,
) -> None:
    """Nobody can know how far the driver has come."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    engine = create_engine("sqlite://")
    if is_watched:
        _listen(engine)
    before = signal.signal(signal.SIGALRM, stop)
    try:
        with engine.connect() as connection:
            runner = Runner(connection)
            statement = Prepared(text(_LONG), engine.dialect, tables=["n"])
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            with pytest.raises(KeyboardInterrupt):
                runner.rows(statement, {})
            assert connection.invalidated
    finally:
        signal.signal(signal.SIGALRM, before)
        engine.dispose()
