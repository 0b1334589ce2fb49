"""What a call costs on PostgreSQL: journeys to the server, and how it finds the rows."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, create_engine, event

from backorders import Backorders, OrderRequest
from backorders.adapters.sql import SqlStore
from tests.support import busy_day
from tests.support.postgresql import new_database, shared_server

# Any: a plan is what PostgreSQL says it is.
Node: TypeAlias = dict[str, Any]


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """An empty store."""
    made = SqlStore.from_url(new_database(shared_server()).render_as_string(hide_password=False))
    yield made
    made.close()


def _counted(store: SqlStore) -> list[str]:
    statements: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    return statements


def test_a_call_is_a_few_journeys_to_the_server_however_many_tables_it_writes(
    store: SqlStore,
) -> None:
    """Each journey costs as much as the work at its end: all that is written goes in one."""
    acme = Backorders(store).seller("acme")
    acme.configure()
    statements = _counted(store)
    calls: Mapping[str, Callable[[], object]] = {
        "book in": lambda: acme.book_in("R1", {"TEA": 5, "JAM": 5}),
        "place": lambda: acme.place_order("O1", {"TEA": 4, "JAM": 9}),
        "place another": lambda: acme.place_order("O2", {"TEA": 4}),
        "release": lambda: acme.book_in("R2", {"TEA": 9, "JAM": 9}),
        "cancel": lambda: acme.cancel_order("O1"),
        "read": lambda: acme.order("O2"),
    }
    counts = {}
    for name, call in calls.items():
        statements.clear()
        call()
        counts[name] = len(statements)
    assert counts == {
        "book in": 4,
        "place": 3,
        "place another": 3,
        "release": 6,
        "cancel": 6,
        "read": 3,
    }


def test_every_table_is_entered_by_an_index_and_by_more_than_the_seller(store: SqlStore) -> None:
    """Where there is no such index, PostgreSQL has no choice but to read all that a seller has."""
    busy_day.fill(store, orders=3000, on_hand=200)
    with _explained(store, "SET enable_seqscan = off") as plans:
        busy_day.live_through(Backorders(store).seller("acme"))
    nodes = [node for found in plans.values() for node in found if "Relation Name" in node]
    assert len(plans) > 20
    assert {node["Node Type"] for node in nodes if "Scan" in node["Node Type"]} <= {
        "Index Scan",
        "Index Only Scan",
        "Bitmap Heap Scan",
    }
    whole = {
        (node["Index Name"], statement)
        for statement, found in plans.items()
        for node in found
        if node.get("Index Cond", "").count(" = ") == 1
        # A partial index is narrow by itself; a seller's users are few, and all are asked for. To
        # find who holds units of a SKU, and stands last, takes all who do: beyond some number of
        # them, it reads orders in the order of their ids.
        and " DESC" not in statement
        and not node["Index Name"].endswith(("_waiting", "_holds", "sellers_seller_id", "_users"))
    }
    assert whole == set()


def test_orders_are_found_by_their_ids_before_anybody_has_counted_the_rows(
    store: SqlStore,
) -> None:
    """In a new database it looked up the order of every line: calls took longer with each order."""
    busy_day.fill(store, orders=100)
    with _explained(store, "SET enable_seqscan = off", counted=False) as plans:
        Backorders(store).seller("acme").book_in("R1", {"S3": 9, "S5": 40})
    nodes = [
        node
        for statement, found in plans.items()
        if "backorders_orders JOIN (backorders_lines" in statement
        for node in found
    ]
    entered = {node["Index Name"]: node["Index Cond"] for node in nodes if "Index Cond" in node}
    assert entered.keys() == {f"pk_backorders_{n}" for n in ("orders", "lines", "allocations")}
    assert all("order_id" in condition for condition in entered.values()), entered


def test_the_order_of_a_new_line_is_looked_up_by_its_key(store: SqlStore) -> None:
    """In a new database it was looked for among all orders: each batch took longer."""
    orders = [OrderRequest(f"O{number}", {"TEA": 1}) for number in range(50)]
    Backorders(store).seller("acme").place_orders(orders)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
        connection.commit()
        found = connection.exec_driver_sql(
            "SELECT indexrelname, idx_scan FROM pg_stat_user_indexes "
            "WHERE relname = 'backorders_orders'"
        )
        searched = {name: times for name, times in found.all() if times}
    assert searched.keys() == {"pk_backorders_orders"}
    assert searched["pk_backorders_orders"] >= len(orders)


@contextmanager
def _explained(
    store: SqlStore, *settings: str, counted: bool = True
) -> Iterator[dict[str, list[Node]]]:
    """Yield statement → plan, of what the store runs within; `counted`: by statistics."""
    plans: dict[str, list[Node]] = {}
    explaining = create_engine(store.engine.url)
    with explaining.connect() as planner:
        for setting in ("ANALYZE", *settings) if counted else settings:
            planner.exec_driver_sql(setting)

        def explain(
            _connection: Connection,
            _cursor: object,
            statement: str,
            # Any: whatever the driver takes.
            parameters: Any,  # noqa: ANN401
            *_rest: object,
        ) -> None:
            if not statement.startswith("SET"):
                found = planner.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
                plans[statement] = list(_nodes(found.scalar_one()[0]["Plan"]))

        event.listen(store.engine, "before_cursor_execute", explain)
        yield plans
        event.remove(store.engine, "before_cursor_execute", explain)
    explaining.dispose()


@pytest.mark.parametrize("sku", [None, "S3"])
def test_a_page_of_the_backlog_is_read_from_where_the_last_one_ended(
    store: SqlStore, sku: str | None
) -> None:
    """By its statistics PostgreSQL took what lies beyond for nothing, and sorted all there was."""
    busy_day.fill(store, orders=3000, on_hand=200)
    acme = Backorders(store).seller("acme")
    first = acme.back_orders(sku=sku, limit=20)
    with _explained(store) as plans:
        acme.back_orders(sku=sku, after=first.next, limit=20)
    kinds = {
        node["Node Type"]
        for statement, found in plans.items()
        if " LIMIT " in statement
        for node in found
    }
    assert "Index Only Scan" in kinds or "Index Scan" in kinds
    assert kinds.isdisjoint({"Seq Scan", "Sort"})


def _nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
