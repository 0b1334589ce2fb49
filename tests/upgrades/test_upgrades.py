"""Whoever has data in an older schema still has all of it after an upgrade, and can go on.

The dumps were made with the library as it was when their revision was the newest. They are never
made again once it was released.
"""

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from backorders import Backorders, NotificationKind
from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.schema import HEAD, tables
from backorders.adapters.sql.upgrading import configuration, upgrade
from backorders.domain.errors import ContentDiffers
from backorders.testing.histories import History
from tests.stress.places import PLACES
from tests.support.clock import START, SettableClock
from tests.support.stores import DATABASES
from tests.upgrades.dumping import DUMPS, dump_of, restore, schema_of, shown_of
from tests.upgrades.showing import shown
from tests.upgrades.story import CALLS, SEED

REVISIONS: Final = sorted(folder.name for folder in DUMPS.iterdir() if folder.is_dir())


@contextmanager
def _upgraded(name: str, revision: str, folder: Path) -> Iterator[SqlStore]:
    """Yield a store on a dump that was put back, upgraded to the newest revision."""
    url = DATABASES[name](folder)
    restore(name, url, dump_of(name, revision).read_text("utf-8"))
    with closing(SqlStore.from_url(url)) as store:
        yield store


def test_every_revision_has_its_dumps() -> None:
    """Whoever changes the schema makes them while it is new: afterwards it is too late."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        script = ScriptDirectory.from_config(configuration(connection, tables()))
        revisions = sorted(each.revision for each in script.walk_revisions())
    engine.dispose()
    wanted = {dump_of(store, revision) for store in PLACES for revision in revisions}
    wanted |= {shown_of(revision) for revision in revisions}
    missing = sorted(str(file.relative_to(DUMPS)) for file in wanted if not file.exists())
    assert not missing, f"make dump: {', '.join(missing)}"
    assert revisions == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("name", PLACES)
def test_a_dump_has_something_in_every_table(name: str, revision: str) -> None:
    """What is empty cannot get lost: a new table needs its place in tests/upgrades/story.py."""
    statements = dump_of(name, revision).read_text("utf-8")
    made = set(re.findall(r"^CREATE TABLE (?:public\.)?[\"`]?(\w+)", statements, re.MULTILINE))
    filled = set(re.findall(r"^INSERT INTO (?:public\.)?[\"`]?(\w+)", statements, re.MULTILINE))
    assert made, "no table was found"
    # SQLite is locked whole, and keeps no turns.
    assert made - filled == ({"backorders_queues"} if name == "sqlite" else set())


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("name", DATABASES)
def test_what_there_was_is_there_after_an_upgrade(name: str, revision: str, tmp_path: Path) -> None:
    """Orders, stock, queue, history, users, mail, deliveries: the face shows what it showed.

    The tables are stamped as the newest, and nothing stands between them and the code.
    """
    wanted = json.loads(shown_of(revision).read_text("utf-8"))
    with _upgraded(name, revision, tmp_path) as store:
        found = shown(store)
        assert found == wanted
        assert all(seller["verify"] == [] for seller in found["sellers"].values())
        names = {table.name for table in store.metadata.sorted_tables}
        options = {"include_name": lambda name, kind, _parents: kind != "table" or name in names}
        with store.engine.connect() as connection:
            version = "SELECT version_num FROM backorders_alembic_version"
            assert connection.exec_driver_sql(version).scalars().all() == [HEAD]
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, store.metadata) == []


@pytest.mark.parametrize("revision", [REVISIONS[0], REVISIONS[-1]])
@pytest.mark.parametrize("name", DATABASES)
def test_an_upgraded_database_goes_on_where_it_was(
    name: str, revision: str, tmp_path: Path
) -> None:
    """Ids are still known, what was owed is given, and every call finds what it needs."""
    with _upgraded(name, revision, tmp_path) as store:
        clock = SettableClock(START + timedelta(days=10))
        app = Backorders(store, clock=clock)
        acme, random = app.seller("acme"), app.seller("random")
        known = acme.order("READY")
        assert acme.place_order("READY", {"A": 2}) == known
        with pytest.raises(ContentDiffers):
            acme.place_order("READY", {"A": 3})
        assert acme.book_in("R1", {"A": 6, "B": 6}).repeated
        assert acme.reprocess().released == ("SECOND",)
        acme.announce_inbound("AFTERWARDS", {"A": 9}, expected_on=clock.now.date())
        assert "SHORT" in acme.book_in("R", {"A": 9, "B": 9}, inbound="AFTERWARDS").released
        random.add_user("eve", email="eve@example.com")
        random.opt_in("eve", NotificationKind.DAILY_NEW_BACK_ORDERS)
        for asked in islice(History(SEED), CALLS, CALLS + 60):
            clock.advance(hours=1)
            asked.on(random)
        clock.advance(days=1)
        assert app.compose_daily_digests() > 0
        assert [app.seller(seller_id).verify() for seller_id in app.sellers()] == [(), (), ()]


@pytest.mark.parametrize("name", DATABASES)
def test_no_drift_stands_between_the_migrations_and_what_is_made_at_once(
    name: str, tmp_path: Path
) -> None:
    """Down to the conditions of checks and indexes, which Alembic does not compare."""
    at_once, step_by_step = tmp_path / "at once", tmp_path / "step by step"
    urls = []
    for folder in (at_once, step_by_step):
        folder.mkdir()
        urls.append(DATABASES[name](folder))
    SqlStore.from_url(urls[0]).close()
    engine = create_engine(urls[1])
    with engine.begin() as connection:
        upgrade(connection, tables(partial_indexes=name != "mariadb"))
    engine.dispose()
    assert schema_of(name, urls[1]) == schema_of(name, urls[0])
