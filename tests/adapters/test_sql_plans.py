"""How SQLite finds the rows of each statement: by an index, never by reading a whole table."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from backorders import (
    Backorders,
    Notice,
    NotificationKind,
    OrderStatus,
    RecipientRefused,
    Seller,
)
from backorders.adapters.notifiers import MemoryNotifier
from backorders.adapters.sql import SqlStore
from tests.support import busy_day
from tests.support.sqlite_costs import first_given

Plans = dict[str, list[str]]


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[tuple[Backorders, Seller, Plans]]:
    """A seller with a backlog, and statement → plan of all that is run from then on."""
    path = tmp_path / "shop.db"
    store = SqlStore.from_url(f"sqlite:///{path}")
    busy_day.fill(store)
    plans: Plans = {}
    explaining = sqlite3.connect(path)
    explaining.execute("ANALYZE")

    @event.listens_for(store.engine, "before_cursor_execute")
    def explain(
        _connection: Connection, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            rows = explaining.execute(f"EXPLAIN QUERY PLAN {statement}", first_given(parameters))
            plans[statement] = [detail for *_, detail in rows]

    yield Backorders(store), Backorders(store).seller("acme"), plans
    explaining.close()
    store.close()


def _reads_all(step: str) -> bool:
    return step.startswith("SCAN") and "backorders_" in step


def test_no_call_reads_a_table_from_end_to_end(planned: tuple[Backorders, Seller, Plans]) -> None:
    """What a call reads must not grow with what has nothing to do with it."""
    _, acme, plans = planned
    busy_day.live_through(acme)
    acme.summary()
    acme.restock_report()
    acme.explain("O299")
    scans = {
        statement: [step for step in plan if _reads_all(step)] for statement, plan in plans.items()
    }
    assert len(plans) > 20
    assert {statement: found for statement, found in scans.items() if found} == {}


def test_no_call_about_notices_reads_a_table_from_end_to_end(
    planned: tuple[Backorders, Seller, Plans],
) -> None:
    """Mail for one seller must not wait while that of all others is looked through."""
    app, acme, plans = planned
    for number in range(20):
        acme.add_user(f"U{number}", email="u@example.com")
        for kind in NotificationKind:
            acme.opt_in(f"U{number}", kind)
    acme.opt_out("U1", NotificationKind.BACK_ORDER_RELEASED)
    acme.book_in("R1", {"S3": 100})
    acme.remove_user("U2")
    acme.announce_inbound("D1", {"S3": 1}, expected_on=datetime.now(UTC).date())
    acme.inbound_arrived("D1", at=datetime.now(UTC) - timedelta(days=30))
    app.deliver_notifications(MemoryNotifier(), limit=5)
    app.deliver_notifications(Refusing(), limit=5)
    failed = app.failed_notifications()
    app.retry_notification(failed[0].message_id)
    app.compose_daily_digests(now=datetime.now(UTC) + timedelta(days=2))
    scans = {
        statement: found
        for statement, plan in plans.items()
        if (found := [step for step in plan if _reads_all(step)])
    }
    # Who has news is asked of every seller, as `sellers` asks.
    assert [plan for statement, plan in scans.items() if "EXISTS" not in statement] == []


class Refusing:
    """A notifier that refuses everybody."""

    def send(self, notice: Notice) -> None:
        """Refuse."""
        raise RecipientRefused(notice.recipient, "no")


def test_the_backlog_of_a_sku_is_read_in_the_order_of_its_index(
    planned: tuple[Backorders, Seller, Plans],
) -> None:
    """The head of a queue is found without sorting the queue."""
    _, acme, plans = planned
    acme.book_in("R1", {"S3": 9})
    (plan,) = [
        plan
        for statement, plan in plans.items()
        if "json_each" in statement and "found" in statement
    ]
    (search,) = [step for step in plan if "ix_backorders_lines_waiting" in step]
    assert "seller_no=? AND sku=? AND (descending_priority,placed_at,first_id)>" in search
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan[: plan.index(search)])


def test_what_waits_or_is_held_is_found_by_the_index_of_it(
    planned: tuple[Backorders, Seller, Plans],
) -> None:
    """An index of flagged rows that no query meets is as good as none: all orders would be read."""
    _, acme, plans = planned
    acme.back_orders(limit=5)
    acme.back_orders(sku="S3", limit=5)
    acme.reprocess()
    acme.adjust_stock("A1", {"S4": -2})
    acme.summary()
    acme.restock_report()
    acme.explain("O299")
    flagged = re.compile(r"(orders|lines|allocations)\w*\.(waiting|held) = 1")
    asking = {
        statement: plan
        for statement, plan in plans.items()
        if flagged.search(statement.partition("WHERE")[2])
    }
    assert len(asking) >= 8
    missed = {
        statement: plan
        for statement, plan in asking.items()
        if not any(re.search(r"INDEX ix_\w+_(waiting|held)", step) for step in plan)
    }
    assert missed == {}


@pytest.mark.parametrize("newest_first", [False, True])
def test_orders_are_listed_by_an_index_that_is_read_in_its_order(
    planned: tuple[Backorders, Seller, Plans], *, newest_first: bool
) -> None:
    """A page of a million orders is found without sorting them: but for the few that come first."""
    _, acme, plans = planned
    for status in (None, *OrderStatus):
        plans.clear()
        page = acme.orders(status=status, newest_first=newest_first, limit=2)
        acme.orders(status=status, newest_first=newest_first, limit=2, after=page.next)
        for plan in (plan for statement, plan in plans.items() if "LIMIT" in statement):
            found = [n for n, step in enumerate(plan) if "backorders_orders" in step]
            assert found
            assert all("ix_backorders_orders_listed (seller_no=?" in plan[n] for n in found)
            # What is sorted, if anything, is what has been found.
            assert [plan[n + 1] for n in found if "TEMP B-TREE" in plan[n + 1]] == []
    acme.stock_levels(limit=2, after=acme.stock_levels(limit=2).next)
