"""Migrators: processes that open one database at the same moment, which is empty or older.

One of them makes or updates the tables; the others wait for it, and all go on with their work. In
every other pair of rounds, one that came before them has died on the way: by its own hand
(SIGKILL), at one of the tables or indexes that it was about to make.
"""

import os
import random
import signal
from typing import Final

import attrs
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL, make_url

from backorders.adapters.sql.schema import HEAD
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.opening import opened
from tests.stress.report import Report
from tests.support import mariadb, postgresql
from tests.upgrades.dumping import DUMPS, dump_of, restore

SELLER: Final = "acme"
_STATEMENTS: Final = 9
"""At one of so many it is killed: a short upgrade may be over by then."""
_VICTIM: Final = -1
_OLDER: Final = sorted(folder.name for folder in DUMPS.iterdir() if folder.name < HEAD)
_STAMPING: Final = "UPDATE backorders_alembic_version"


@attrs.frozen
class Migrator:
    """One of the processes."""

    url: str
    number: int
    dies_at: int | None = None
    """At which table, index or stamp it is killed, counted from 1."""


@attrs.frozen
class Told:
    """What one process has done."""

    has_migrated: bool
    """Whether it has made or changed a table or an index, or stamped the database anew."""


def run(url: str, *, seed: int, processes: int, rounds: int) -> Report:
    """Return what became of databases that `processes` opened at once, a new one each round."""
    chance = random.Random(seed)
    report = Report()
    for number in range(rounds):
        older = None if number % 2 else chance.choice(_OLDER)
        is_done = False
        dies_at = chance.randint(1, _STATEMENTS) if number % 4 >= 2 else None
        database = _new_database(make_url(url), number)
        report.counts["empty" if older is None else f"revision {older}"] += 1
        if older is not None:
            store = make_url(url).get_backend_name()
            restore(store, database, dump_of(store, older).read_text("utf-8"))
        if dies_at is not None:
            victim = Migrator(database, _VICTIM, dies_at)
            [end] = what_they_came_to(migrate, [victim])
            is_done = isinstance(end, Told)
            report.counts["killed"] += not is_done
        told = what_they_came_to(migrate, [Migrator(database, each) for each in range(processes)])
        report.violations += [each.why for each in told if isinstance(each, Failed)]
        migrated = [each.has_migrated for each in told if isinstance(each, Told)].count(True)
        report.counts["migrated"] += migrated
        report.expect(migrated == (not is_done), f"{migrated} processes have migrated, not one")
        if not report.violations:
            judge(database, processes, is_older=older is not None, report=report)
    return report


def _new_database(url: URL, number: int) -> str:
    """Return the URL of an empty database beside the one at a URL."""
    match url.get_backend_name():
        case "postgresql":
            beside = postgresql.new_database(url)
        case "mariadb":
            beside = mariadb.new_database(url)
        case _:
            beside = url.set(database=f"{url.database}.{number}")
    return beside.render_as_string(hide_password=False)


def migrate(migrator: Migrator, start: Start) -> Told:
    """Open the database as any service does that starts, and place an order."""
    changes = 0

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal changes
        # A revision may be about another engine, and change nothing here but the stamp.
        changes += statement.lstrip().startswith(("CREATE", "ALTER", "DROP", _STAMPING))
        if changes == migrator.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", note)
    start()
    with opened(migrator.url) as (app, _):
        app.seller(SELLER).place_order(f"O{migrator.number}", {"NEW": 1})
    return Told(changes > 0)


def judge(url: str, processes: int, *, is_older: bool, report: Report) -> None:
    """Note what is wrong with what is stored."""
    with opened(url) as (app, store):
        with store.engine.connect() as connection:
            version = text("SELECT version_num FROM backorders_alembic_version")
            found = connection.execute(version).scalars().all()
        report.expect(found == [HEAD], f"the database is stamped {found}")
        acme = app.seller(SELLER)
        waiting = {order.order_id for order in acme.back_orders(sku="NEW", limit=1000).items}
        wanted = {f"O{number}" for number in range(processes)}
        report.expect(waiting - {f"O{_VICTIM}"} == wanted, f"the orders are {sorted(waiting)}")
        if is_older:
            report.expect(acme.order("SHORT").shortages, "what was there before is lost")
        report.violations += [str(each) for each in acme.verify()]
