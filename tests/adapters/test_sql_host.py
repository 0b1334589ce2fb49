"""The SQL store inside a host: its transaction, its schema, its connections, its second wall."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, ProgrammingError

from backorders import (
    Backorders,
    BackordersError,
    Notice,
    NotificationKind,
    RecipientRefused,
    usecases,
)
from backorders.adapters.notifiers import MemoryNotifier
from backorders.adapters.sql import SqlStore
from backorders.domain.errors import StoreUnusable, UnknownOrder
from backorders.domain.values import OrderId
from tests.support.notices import Failing
from tests.support.postgresql import new_clerk, new_database, shared_server
from tests.support.stores import DATABASES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


on_postgresql = pytest.mark.skipif("postgresql" not in DATABASES, reason="PostgreSQL alone has it")


def _postgresql() -> URL:
    return new_database(shared_server())


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A host's engine, on an empty database."""
    name = request.param
    # On MariaDB, what is joined must see what others have committed meanwhile.
    options = {"isolation_level": "READ COMMITTED"} if name == "mariadb" else {}
    made = create_engine(DATABASES[name](tmp_path), **options)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    """A store on the host's engine, beside a table of the host's."""
    made = SqlStore(engine)
    made.migrate()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (order_id VARCHAR(255))"))
    return made


def _place_with_invoice(store: SqlStore, connection: Connection, order_id: str) -> None:
    connection.execute(text("INSERT INTO invoices VALUES (:id)"), {"id": order_id})
    with store.join(connection, "acme") as uow:
        usecases.place_order(order_id, {"A": 2}, uow=uow, now=NOW)


def _place_and_be_refused(store: SqlStore, connection: Connection) -> None:
    with store.join(connection, "acme") as uow:
        usecases.place_order("O2", {"A": 1}, uow=uow, now=NOW)
        usecases.process_order("O2", uow=uow, now=NOW)


def _invoices(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT order_id FROM invoices")).scalars())


def test_law_19_a_use_case_in_a_hosts_transaction_lasts_when_the_host_commits(
    store: SqlStore, engine: Engine
) -> None:
    """An order and its invoice are written together."""
    with engine.begin() as connection:
        _place_with_invoice(store, connection, "O1")
    assert _invoices(engine) == ["O1"]
    assert Backorders(store).seller("acme").order("O1").shortages == {"A": 2}


def test_law_19_a_use_case_in_a_hosts_transaction_is_gone_when_the_host_rolls_back(
    store: SqlStore, engine: Engine
) -> None:
    """The library commits nothing by itself, whether or not the host had written before."""
    with engine.connect() as connection:
        with store.join(connection, "acme") as uow:
            usecases.place_order("O1", {"A": 2}, uow=uow, now=NOW)
            uow.commit()
        connection.rollback()
    with engine.connect() as connection:
        _place_with_invoice(store, connection, "O2")
        connection.rollback()
    seller = Backorders(store).seller("acme")
    assert _invoices(engine) == []
    for order_id in ("O1", "O2"):
        with pytest.raises(UnknownOrder):
            seller.order(order_id)


def test_law_19_a_refused_use_case_leaves_the_hosts_transaction_as_it_was(
    store: SqlStore, engine: Engine
) -> None:
    """A host may catch the error and commit the rest."""
    with engine.begin() as connection:
        _place_with_invoice(store, connection, "O1")
        with pytest.raises(BackordersError):
            _place_and_be_refused(store, connection)
    assert _invoices(engine) == ["O1"]
    assert [o.order_id for o in Backorders(store).seller("acme").back_orders().items] == ["O1"]


def test_several_use_cases_run_in_one_transaction(store: SqlStore, engine: Engine) -> None:
    """What one use case wrote, the next one sees."""
    with engine.begin() as connection:
        uow = store.join(connection, "acme")
        usecases.place_order("O1", {"A": 2}, uow=uow, now=NOW)
        assert usecases.book_in("R1", {"A": 3}, uow=uow, now=NOW).released == ("O1",)
        assert usecases.process_order("O1", uow=uow, now=NOW).stage.name == "PROCESSED"
    acme = Backorders(store).seller("acme")
    assert acme.despatch_order("O1").status.name == "DESPATCHED"
    assert acme.verify() == ()


def test_a_hosts_engine_stays_open_when_the_store_is_closed(
    store: SqlStore, engine: Engine
) -> None:
    """What the host opened is the host's to close."""
    store.close()
    with pytest.raises(StoreUnusable, match="closed"):
        store.begin("acme")
    assert _invoices(engine) == []


def test_no_connection_is_left_open_after_an_error(engine: Engine, store: SqlStore) -> None:
    """A service that is refused a thousand times still has all its connections."""
    acme = Backorders(store).seller("acme")
    for _ in range(30):
        with pytest.raises(BackordersError):
            acme.order("none")
        with pytest.raises(BackordersError):
            acme.cancel_order("none")
    assert "Checked out connections: 0" in engine.pool.status() or engine.name == "sqlite"
    assert acme.place_order("O1", {"A": 1}).shortages == {"A": 1}


@on_postgresql
def test_tables_can_live_in_a_hosts_schema_under_its_prefix() -> None:
    """Two shops of one database do not meet, nor do they meet the host's tables."""
    engine = create_engine(_postgresql())
    with engine.begin() as connection:
        connection.execute(text('CREATE SCHEMA "Shop"'))
    stores = [SqlStore(engine, schema="Shop", prefix="bo_"), SqlStore(engine, prefix="Order ")]
    for number, store in enumerate(stores):
        store.migrate()
        seller = Backorders(store).seller("acme")
        seller.place_order(f"O{number}", {"A": 1})
        assert seller.book_in("R1", {"A": 1}).released == (f"O{number}",)
        assert seller.verify() == ()
    assert "bo_orders" in inspect(engine).get_table_names(schema="Shop")
    assert "Order orders" in inspect(engine).get_table_names()
    engine.dispose()


@on_postgresql
def test_law_25_with_row_level_security_a_query_without_a_seller_sees_nothing() -> None:
    """Even a query that has lost its condition shows one seller's rows, or none."""
    url = _postgresql()
    owner = create_engine(url)
    with owner.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS service"))
        connection.execute(text("CREATE ROLE service LOGIN"))
        connection.execute(text("GRANT ALL ON SCHEMA public TO service"))
    owner.dispose()
    service = url.set(username="service").render_as_string(hide_password=False)
    store = SqlStore.from_url(service, row_level_security=True)
    app = Backorders(store)
    for seller_id in ("acme", "other"):
        app.seller(seller_id).place_order("O1", {"A": 1})
        app.seller(seller_id).book_in("R1", {"A": 3})
    assert app.sellers() == ("acme", "other")
    mail = _mail_of_both(app)
    assert sorted(notice.seller_id for notice in mail) == ["acme", "acme", "other", "other"]
    names = [table.name for table in store.metadata.sorted_tables]
    with store.engine.connect() as connection:
        for name in names:
            count = connection.execute(text(f"SELECT count(*) FROM {name}")).scalar()  # noqa: S608
            assert count == 0, name
    with store.begin("acme"), store.begin("acme") as uow:
        assert set(uow.orders.find([OrderId("O1")])) == {"O1"}
    with store.engine.connect() as connection:
        connection.execute(text("SELECT set_config('backorders.seller_id', 'acme', true)"))
        found = connection.execute(text("SELECT DISTINCT seller_no FROM backorders_orders"))
        assert len(found.all()) == 1
    assert app.seller("acme").verify() == ()
    store.migrate()
    store.close()


@on_postgresql
def test_with_row_level_security_the_tables_may_be_anothers() -> None:
    """A service that may neither change the tables nor see through the wall can do all its work."""
    url = _postgresql()
    SqlStore.from_url(_text(url), row_level_security=True).close()
    service = _text(new_clerk(url))
    with closing(SqlStore.from_url(service, row_level_security=True)) as store:
        app = Backorders(store)
        for seller_id in ("acme", "other"):
            app.seller(seller_id).place_order("O1", {"A": 1})
        assert app.seller("acme").book_in("R1", {"A": 1}).released == ("O1",)
        assert app.sellers() == ("acme", "other")
        with store.engine.connect() as connection:
            seen = connection.execute(text("SELECT count(*) FROM backorders_orders")).scalar()
            assert seen == 0
            with pytest.raises(ProgrammingError, match="must be owner"):
                connection.execute(text("ALTER TABLE backorders_orders DISABLE ROW LEVEL SECURITY"))


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _mail_of_both(app: Backorders) -> list[Notice]:
    """Return the mail of a day, after a first attempt that failed for good."""
    for seller_id in app.sellers():
        seller = app.seller(seller_id)
        seller.add_user("bob", email="bob@example.com")
        for kind in NotificationKind:
            seller.opt_in("bob", kind)
        seller.place_order("O2", {"B": 1})
        seller.book_in("R2", {"B": 1})
        seller.place_order("O3", {"B": 1})
    app.compose_daily_digests(now=datetime.now(UTC) + timedelta(days=2))
    refusing = Failing(lambda notice: RecipientRefused(notice.recipient, "no"))
    assert app.deliver_notifications(refusing).failed == 4
    for failed in app.failed_notifications():
        app.retry_notification(failed.message_id)
    notifier = MemoryNotifier()
    app.deliver_notifications(notifier)
    return notifier.notices


def test_row_level_security_is_refused_where_there_is_none() -> None:
    """A wall that does not stand must not be believed in."""
    with pytest.raises(BackordersError, match="row_level_security needs PostgreSQL"):
        SqlStore.from_url("sqlite://", row_level_security=True)


def test_an_error_that_is_a_bug_is_not_hidden(tmp_path: Path) -> None:
    """A broken constraint would be the library's fault: it is shown as it is."""
    store = SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")
    acme = Backorders(store).seller("acme")
    acme.place_order("O1", {"A": 1})
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER broken BEFORE UPDATE ON backorders_orders "
                "BEGIN SELECT RAISE(ABORT, 'a bug'); END"
            )
        )
    with pytest.raises(DBAPIError, match="a bug"):
        acme.cancel_order("O1")
    store.close()
