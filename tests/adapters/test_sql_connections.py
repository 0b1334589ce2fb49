"""Connections to a server: they take too long, die in the pool, break within a call or over it."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import attrs
import psycopg
import pymysql
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool, PoolProxiedConnection, QueuePool

from backorders import Backorders, usecases
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.engines import sqlite
from backorders.domain.errors import OutcomeUnknown, StoreUnusable, UnknownOrder
from backorders.domain.values import Sku
from tests.support.stores import DATABASES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@attrs.frozen
class Server:
    """What a test needs to know of a kind of server."""

    others: str
    """Finds the connections to the database beside the one that asks."""
    end: str
    """Ends a connection."""
    impatient: Mapping[str, object]
    """What the driver is to be told so that no statement takes long."""
    lost: Callable[[], Exception]
    """What the driver raises when a connection has gone."""


SERVERS: Final = {
    "postgresql": Server(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        "SELECT pg_terminate_backend({})",
        {"options": "-c statement_timeout=200"},
        lambda: psycopg.OperationalError("the line went dead"),
    ),
    "mariadb": Server(
        "SELECT id FROM information_schema.processlist "
        "WHERE db = database() AND id <> connection_id()",
        "KILL {}",
        {"init_command": "SET SESSION max_statement_time = 0.2"},
        lambda: pymysql.err.OperationalError(2013, "the line went dead"),
    ),
}


@attrs.frozen
class Place:
    """A new, empty database on a server."""

    server: Server
    url: str

    def kill_other_connections(self) -> None:
        """End all connections to it, as a restart of the server does."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            for number in self._others(connection):
                connection.execute(text(self.server.end.format(number)))
        while self.other_connections():
            pass

    def other_connections(self) -> list[int]:
        """Return the connections to it."""
        with create_engine(self.url, poolclass=NullPool).connect() as connection:
            return self._others(connection)

    def _others(self, connection: Connection) -> list[int]:
        return list(connection.execute(text(self.server.others)).scalars())


@pytest.fixture(params=[name for name in DATABASES if name in SERVERS])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place on each kind of server in turn."""
    return Place(SERVERS[request.param], DATABASES[request.param](tmp_path))


@pytest.fixture
def store(place: Place) -> Iterator[SqlStore]:
    """A store there, with a seller."""
    with closing(SqlStore.from_url(place.url)) as made:
        Backorders(made).seller("acme").configure()
        yield made


def test_a_statement_that_takes_too_long_is_a_clear_error(place: Place) -> None:
    """A host that bounds its statements is told, and nothing is left locked or open."""
    options = {"connect_args": place.server.impatient}
    with closing(SqlStore.from_url(place.url, engine_options=options)) as store:
        acme = Backorders(store).seller("acme")
        acme.place_order("O1", {"A": 1})
        with store.begin("acme") as uow:
            uow.stock.lock([Sku("A")])
            with pytest.raises(StoreUnusable, match="took longer"):
                acme.book_in("R1", {"A": 1})
        assert acme.book_in("R1", {"A": 1}).released == ("O1",)
        assert isinstance(store.engine.pool, QueuePool)
        assert store.engine.pool.checkedout() == 0


def test_a_new_file_that_several_open_at_once_is_opened_by_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite does not wait to switch to its log: a service that starts in two processes failed."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        # Whoever has to wait gives the other time to get on.
        paused: list[float] = []

        def get_on(seconds: float) -> None:
            paused.append(seconds)
            other.rollback()

        monkeypatch.setattr(sqlite, "sleep", get_on)
        with closing(SqlStore.from_url(f"sqlite:///{path}")) as store:
            Backorders(store).seller("acme").place_order("O1", {"TEA": 1})
    assert len(paused) == 1


def test_options_of_the_pool_are_the_hosts_to_choose(place: Place) -> None:
    """Whoever has all connections in use is told so after the time that the host allows."""
    options = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05}
    with closing(SqlStore.from_url(place.url, engine_options=options)) as store:
        acme = Backorders(store).seller("acme")
        with store.begin("acme"), pytest.raises(StoreUnusable, match="no connection became free"):
            acme.place_order("O1", {"A": 1})
        assert acme.place_order("O1", {"A": 1}).shortages == {"A": 1}


def test_a_store_that_is_closed_leaves_no_connection_open(place: Place) -> None:
    """A server has so many connections, and a service is started again many times a day."""
    store = SqlStore.from_url(place.url)
    with closing(store), store.begin("acme"), store.begin("other"):
        assert len(place.other_connections()) == 2
    assert place.other_connections() == []
    with pytest.raises(StoreUnusable, match="closed"):
        store.begin("acme")


@pytest.mark.parametrize("row_level_security", [False, True])
def test_a_connection_lost_between_calls_is_replaced(
    place: Place, *, row_level_security: bool
) -> None:
    """A database that was restarted does not fail the next call, whatever that is."""
    if row_level_security and not place.url.startswith("postgresql"):
        pytest.skip("only PostgreSQL has row-level security")
    with closing(SqlStore.from_url(place.url, row_level_security=row_level_security)) as store:
        acme = Backorders(store).seller("acme")
        acme.place_order("O1", {"A": 1})
        place.kill_other_connections()
        assert acme.order("O1").order_id == "O1"
        place.kill_other_connections()
        assert acme.book_in("R1", {"A": 1}).released == ("O1",)
        place.kill_other_connections()
        assert store.sellers() == ("acme",)


def _refused_while_the_connection_breaks(store: SqlStore, place: Place) -> None:
    with store.begin("acme") as uow:
        try:
            usecases.cancel_order("O2", uow=uow, now=NOW)
        finally:
            place.kill_other_connections()


def test_a_connection_lost_after_the_answer_was_found_does_not_hide_it(
    store: SqlStore, place: Place
) -> None:
    """What a call has read, or why it is refused, is no less true when the undoing cannot be sent.

    The server undoes by itself what was not committed. The driver's error came out instead, in
    place of the library's, and the connection was never given back.
    """
    acme = Backorders(store).seller("acme")
    acme.place_order("O1", {"A": 1})
    with store.begin("acme", read_only=True) as uow:
        assert usecases.order("O1", uow=uow).shortages == {"A": 1}
        place.kill_other_connections()
    with pytest.raises(UnknownOrder):
        _refused_while_the_connection_breaks(store, place)
    assert isinstance(store.engine.pool, QueuePool)
    assert store.engine.pool.checkedout() == 0
    assert acme.order("O1").shortages == {"A": 1}


def test_a_connection_lost_before_the_commit_is_a_clear_error_and_nothing_happened(
    store: SqlStore, place: Place
) -> None:
    """The caller repeats the call with the same id."""
    acme = Backorders(store).seller("acme")
    with store.begin("acme") as uow:
        usecases.place_order("O1", {"A": 1}, uow=uow, now=NOW)
        usecases.order("O1", uow=uow)
        place.kill_other_connections()
        with pytest.raises(OutcomeUnknown, match="same id"):
            uow.commit()
    with store.begin("acme") as uow:
        usecases.place_order("O1", {"A": 1}, uow=uow, now=NOW)
        place.kill_other_connections()
        with pytest.raises(StoreUnusable, match="lost"):
            uow.commit()
    with store.begin("acme") as uow:
        assert uow.settings.get() is not None
        place.kill_other_connections()
        with pytest.raises(StoreUnusable, match="lost"):
            usecases.place_order("O1", {"A": 1}, uow=uow, now=NOW)
    assert acme.place_order("O1", {"A": 1}).version == 1


def test_a_connection_lost_after_the_commit_tells_the_truth_when_the_call_is_repeated(
    store: SqlStore, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer was lost, the work was not: the same id returns the first order."""
    acme = Backorders(store).seller("acme")
    dialect = store.engine.dialect
    commit = dialect.do_commit

    def lose_the_answer(connection: PoolProxiedConnection) -> None:
        commit(connection)
        assert connection.driver_connection is not None
        connection.driver_connection.close()
        raise place.server.lost()

    with monkeypatch.context() as patched:
        patched.setattr(dialect, "do_commit", lose_the_answer)
        with pytest.raises(OutcomeUnknown, match="same id"):
            acme.place_order("O1", {"A": 1})
    assert acme.place_order("O1", {"A": 1}).version == 1
    assert acme.verify() == ()
