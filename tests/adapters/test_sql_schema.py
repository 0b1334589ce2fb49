"""The schema: the laws that the database itself holds, and its migrations."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from backorders import Backorders, BackordersError, NotificationKind
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.schema import HEAD, Tables, tables
from backorders.adapters.sql.upgrading import configuration, upgrade
from backorders.domain.errors import StoreUnusable
from tests.support.stores import DATABASES


def _engine(tmp_path: Path) -> Engine:
    # Without a pool nothing stays open: Python 3.13 minds.
    return create_engine(f"sqlite:///{tmp_path / 'shop.db'}", poolclass=NullPool)


def _drift(engine: Engine, described: Tables) -> list[object]:
    """Return how the database differs from what the code describes."""

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in {table.name for table in described.metadata.sorted_tables}

    with engine.connect() as connection:
        options = {"include_name": ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        found: list[object] = compare_metadata(context, described.metadata)
        return found


@pytest.mark.parametrize("prefix", ["backorders_", "", "x_"])
def test_the_migrations_make_exactly_what_the_code_describes(tmp_path: Path, prefix: str) -> None:
    """A database that was upgraded and one that was made at once must be the same."""
    engine, described = _engine(tmp_path), tables(prefix=prefix)
    with engine.begin() as connection:
        upgrade(connection, described)
    assert _drift(engine, described) == []


def test_an_empty_database_is_made_at_the_newest_revision(tmp_path: Path) -> None:
    """What is made at once is stamped, so that the next release knows where to begin."""
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        newest = ScriptDirectory.from_config(configuration(connection, tables())).get_current_head()
    SqlStore(engine).migrate()
    assert newest == HEAD
    with engine.connect() as connection:
        stamped = connection.exec_driver_sql("SELECT version_num FROM backorders_alembic_version")
        assert stamped.scalars().all() == [HEAD]
    assert _drift(engine, tables()) == []


def test_an_older_database_is_upgraded(tmp_path: Path) -> None:
    """A database that has no table yet but knows of revisions is brought to the newest."""
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE backorders_alembic_version (version_num VARCHAR(32) PRIMARY KEY)"
        )
    store = SqlStore(engine)
    store.migrate()
    assert Backorders(store).seller("acme").place_order("O1", {"A": 1}).shortages == {"A": 1}


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_of_the_first_revision_keeps_what_it_has(name: str, tmp_path: Path) -> None:
    """An upgrade adds what is new, on every engine, and loses nothing."""
    engine = create_engine(DATABASES[name](tmp_path), poolclass=NullPool)
    store = SqlStore(engine)
    described = tables(partial_indexes=name != "mariadb")
    with engine.begin() as connection:
        upgrade(connection, described, "0001")
    assert "backorders_outbox" not in inspect(engine).get_table_names()
    seller = {
        "time_zone": "UTC",
        "ship": "complete",
        "claim": "hold",
        "warehouses": "[]",
        "order_delay": 0,
    }
    paper = {
        "kind": "receipt",
        "reference": "R1",
        "warehouse": "MAIN",
        "lines": '{"A":2}',
        "at": 0,
        "reason": "",
    }
    with engine.begin() as connection:
        connection.execute(described.sellers.insert().values(seller_id="acme", **seller))
        connection.execute(described.documents.insert().values(seller_no=1, **paper))
        # As a crash leaves it behind where tables are not made within a transaction.
        described.users.create(connection)
        described.inbounds.create(connection)
    store.migrate()
    assert _drift(engine, described) == []
    acme = Backorders(store).seller("acme")
    assert acme.book_in("R1", {"A": 2}).repeated
    acme.add_user("bob", email="bob@example.com")
    assert acme.place_order("O2", {"A": 1}).shortages == {"A": 1}
    engine.dispose()


def test_an_upgrade_that_broke_off_is_taken_up_again(tmp_path: Path) -> None:
    """MariaDB commits each table as it is made: a crash leaves some of a revision behind."""
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        upgrade(connection, tables())
    with engine.begin() as connection:
        for table in ("inbound_lines", "outbox"):
            connection.exec_driver_sql(f"DROP TABLE backorders_{table}")
        connection.exec_driver_sql("UPDATE backorders_alembic_version SET version_num = '0001'")
    SqlStore(engine).migrate()
    assert _drift(engine, tables()) == []


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_of_a_newer_release_is_left_alone(name: str, tmp_path: Path) -> None:
    """An old process that is started again after an upgrade must say so, and not guess."""
    url = DATABASES[name](tmp_path)
    with closing(SqlStore.from_url(url)) as store:
        Backorders(store).seller("acme").place_order("O1", {"A": 1})
        with store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE backorders_alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnusable, match=r"newer release .*9999"):
        SqlStore.from_url(url)


def test_a_hosts_own_alembic_finds_nothing_to_do(tmp_path: Path) -> None:
    """A host that migrates all its tables in one way puts the tables beside its own."""
    engine = _engine(tmp_path)
    store = SqlStore(engine, prefix="stock_")
    own = MetaData()
    Table("invoices", own, Column("number", Integer, primary_key=True))
    for table in store.metadata.sorted_tables:
        table.to_metadata(own)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        wanted = produce_migrations(operations.migration_context, own)
        assert wanted.upgrade_ops is not None
        for operation in wanted.upgrade_ops.ops:
            for each in getattr(operation, "ops", [operation]):
                operations.invoke(each)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, own) == []
    acme = Backorders(store).seller("acme")
    assert acme.place_order("O1", {"A": 1}).shortages == {"A": 1}
    assert acme.book_in("R1", {"A": 1}).released == ("O1",)


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """Every process of a service may migrate when it starts."""
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")) as store:
        Backorders(store).seller("acme").book_in("R1", {"A": 1})
        store.migrate()
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")) as again:
        assert Backorders(again).seller("acme").stock("A")[0].on_hand == 1


def test_a_hosts_tables_are_left_alone(tmp_path: Path) -> None:
    """The tables live beside a host's, who may have an `orders` and a revision of its own."""
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (id INTEGER)")
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('the host')")
    SqlStore(engine, prefix="stock_").migrate()
    names = set(inspect(engine).get_table_names())
    assert {"orders", "alembic_version", "stock_orders", "stock_alembic_version"} <= names
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalars().all() == ["the host"]


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE backorders_levels SET allocated = on_hand + 1",
        "UPDATE backorders_levels SET allocated = -1",
        "UPDATE backorders_lines SET allocated = quantity + 1",
        "UPDATE backorders_lines SET allocated = -1",
        "UPDATE backorders_lines SET quantity = 0",
        "UPDATE backorders_lines SET waiting = 1, allocated = quantity",
        "UPDATE backorders_allocations SET quantity = 0",
        "UPDATE backorders_movements SET quantity = 0",
        "UPDATE backorders_orders SET stage = 'lost'",
        "UPDATE backorders_orders SET stage = 'despatched', waiting = 1",
        "UPDATE backorders_orders SET version = 0",
        "DELETE FROM backorders_orders",
        "DELETE FROM backorders_lines",
        "INSERT INTO backorders_orders SELECT * FROM backorders_orders",
        "INSERT INTO backorders_documents SELECT * FROM backorders_documents",
        "INSERT INTO backorders_inbounds SELECT * FROM backorders_inbounds",
        "UPDATE backorders_inbounds SET version = 0",
        "UPDATE backorders_inbounds SET status = 'lost'",
        "UPDATE backorders_inbounds SET pending = 0",
        "UPDATE backorders_inbounds SET due_on = NULL",
        "UPDATE backorders_inbounds SET cancelled = 1",
        "DELETE FROM backorders_inbounds",
        "UPDATE backorders_inbound_lines SET booked_in = -1",
        "UPDATE backorders_inbound_lines SET announced = 0, booked_in = 0, outstanding = 0",
        "UPDATE backorders_inbound_lines SET booked_in = announced",
        "UPDATE backorders_outbox SET due_at = NULL",
        "UPDATE backorders_outbox SET failed_at = 1",
        "UPDATE backorders_outbox SET version = 0",
        "INSERT INTO backorders_outbox SELECT * FROM backorders_outbox",
        "INSERT INTO backorders_notes SELECT * FROM backorders_notes",
        "INSERT INTO backorders_digests VALUES (1, 1, 1), (1, 2, 2)",
    ],
)
def test_the_database_itself_refuses_what_the_laws_forbid(tmp_path: Path, broken: str) -> None:
    """Laws 1 and 4, and that an id is taken once, hold whoever writes to the tables."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store = SqlStore.from_url(url)
    seller = Backorders(store).seller("acme")
    seller.announce_inbound("D1", {"A": 9}, expected_on=date(2026, 3, 2))
    seller.book_in("R1", {"A": 3}, inbound="D1")
    seller.add_user("bob", email="bob@example.com")
    seller.opt_in("bob", NotificationKind.BACK_ORDER_RELEASED)
    seller.place_order("O1", {"A": 5})
    seller.place_order("O2", {"B": 1})
    seller.book_in("R2", {"B": 1})
    store.close()
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(broken)


def test_an_option_of_the_hosts_takes_the_place_of_no_other(tmp_path: Path) -> None:
    """Whoever wants SQLite to wait no longer than this has not asked for one thread alone."""
    options = {"connect_args": {"timeout": 0.5}}
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with closing(SqlStore.from_url(url, engine_options=options)) as store:
        acme = Backorders(store).seller("acme")
        with ThreadPoolExecutor(1) as another:
            another.submit(acme.configure).result()
        assert acme.place_order("O1", {"A": 1}).shortages == {"A": 1}
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 500


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mssql://x/y",
        "oracle+nothing://x/y",
        "sqlite:////no/such/folder/shop.db",
        "postgresql+psycopg://nobody@127.0.0.1:1/none",
    ],
)
def test_a_database_that_cannot_be_used_is_a_clear_error(url: str) -> None:
    """Whoever mistypes a URL learns so at once, as an error of the library."""
    with pytest.raises(BackordersError, match=r"\w{4}"):
        SqlStore.from_url(url)


def test_a_commit_survives_a_power_cut_unless_told_otherwise(tmp_path: Path) -> None:
    """The log is written ahead and synchronised at every commit; a host may choose less."""
    for asked, wanted in (("FULL", 2), ("NORMAL", 1)):
        url = f"sqlite:///{tmp_path / asked}.db"
        with (
            closing(SqlStore.from_url(url, synchronous=asked)) as store,
            store.engine.connect() as connection,
        ):
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == wanted
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with pytest.raises(BackordersError, match="synchronous must be one of"):
        SqlStore.from_url("sqlite://", synchronous="SOMETIMES")
