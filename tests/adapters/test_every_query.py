"""Every query of every public call: it enters each table by an index, however full the table is.

No list of queries is kept here. The calls are found by looking at the faces, and what they send is
taken down as it goes out, so that a new query of a new call is judged like all others.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import create_engine, event

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from tests.support import busy_day
from tests.support.clock import SettableClock
from tests.support.public_calls import as_named, examples, live
from tests.support.sqlite_costs import first_given
from tests.support.stores import STORES

# Any: whatever a driver takes, and whatever PostgreSQL says of a plan.
Given: TypeAlias = Any
Node: TypeAlias = dict[str, Any]
Way: TypeAlias = tuple[str, str]
"""A call, and a statement that it sent."""
Plan: TypeAlias = Callable[[str, Given], list[str]]
"""How a statement would come to rows without being led to them by an index: as a rule, not."""

_NOT_PLANNED: Final = ("BEGIN", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK", "FETCH", "CLOSE", "MOVE")
_OF_ALL_SELLERS: Final = "backorders_sellers"
"""Read as a whole where something is to be done for each seller; all other tables have a seller."""


_ALL_OF_A_SELLER: Final = re.compile(
    r"SEARCH backorders_(orders|lines|allocations|journal|movements) "
    r"USING (?!.*_(waiting|held) ).*\(seller_no=\?\)"
)
"""Much too much, but for what waits or is held."""
_OF_EVERYTHING: Final = {
    "Seller.verify": "proves every figure from every row",
    "Seller.summary": "has fill rates over all orders that were ever placed",
}
"""Calls that are about all that a seller has."""


@contextmanager
def _planned_on_sqlite(store: SqlStore) -> Iterator[Plan]:
    path = str(store.engine.url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as planner:
        planner.execute("ANALYZE")
        # A table of ten rows is best read as a whole. It is to be taken for one that has grown.
        planner.execute("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < 100")
        planner.execute("ANALYZE sqlite_schema")

        def plan(statement: str, given: Given) -> list[str]:
            rows = planner.execute(f"EXPLAIN QUERY PLAN {statement}", first_given(given))
            steps = [step for *_, step in rows if _OF_ALL_SELLERS not in step]
            whole = [step for step in steps if step.startswith("SCAN backorders_")]
            # A page of what is listed in the order of an index ends with the page.
            if "LIMIT" not in statement:
                whole += filter(_ALL_OF_A_SELLER.match, steps)
            return whole

        yield plan


@contextmanager
def _planned_on_postgresql(store: SqlStore) -> Iterator[Plan]:
    """As above, small tables are to be taken for large ones: to read them whole is forbidden.

    Where there is no other way, it is taken all the same, and is seen here.
    """
    engine = create_engine(store.engine.url)
    with engine.connect() as planner:
        for setting in ("ANALYZE", "SET enable_seqscan = off"):
            planner.exec_driver_sql(setting)

        def plan(statement: str, given: Given) -> list[str]:
            found = planner.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", given)
            nodes = _nodes(found.scalar_one()[0]["Plan"])
            scans = [node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"]
            return [scanned for scanned in scans if scanned != _OF_ALL_SELLERS]

        yield plan
    engine.dispose()


def _nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


@pytest.mark.parametrize(
    ("kind", "planned", "orders"),
    [("sqlite", _planned_on_sqlite, 300), ("postgresql", _planned_on_postgresql, 300)],
)
def test_no_query_of_any_call_reads_a_table_from_end_to_end(
    kind: str,
    planned: Callable[[SqlStore], AbstractContextManager[Plan]],
    orders: int,
    tmp_path: Path,
) -> None:
    """What a call reads must not grow with what has nothing to do with it."""
    store = STORES[kind](tmp_path)
    assert isinstance(store, SqlStore)
    with closing(store):
        busy_day.fill(store, orders=orders, on_hand=orders // 15)
        app = Backorders(store, clock=SettableClock())
        live(app, store, {"shop": as_named})
        ways: dict[Way, list[str]] = {}
        calls = [example.found(app, "shop") for example in examples()]
        with planned(store) as plan:
            # Those of all sellers first: later there would be nobody left to be told.
            for call in sorted(calls, key=lambda each: each.name):
                with _judging(store, plan, call.name, ways):
                    call.on(app, "shop")
    assert len({statement for _, statement in ways}) > 60
    found = {way: whole for way, whole in ways.items() if whole and way[0] not in _OF_EVERYTHING}
    assert found == {}


@contextmanager
def _judging(store: SqlStore, plan: Plan, call: str, ways: dict[Way, list[str]]) -> Iterator[None]:
    def judge(
        _connection: object, _cursor: object, statement: str, given: Given, *_rest: object
    ) -> None:
        way = (call, statement)
        if way not in ways and not statement.startswith(_NOT_PLANNED):
            ways[way] = plan(statement, given)

    event.listen(store.engine, "before_cursor_execute", judge)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", judge)
