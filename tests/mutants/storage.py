"""Bugs in the stores: what is read, what is written, who is kept out, what is undone."""

from typing import Final

from tests.mutants.bug import Bug

_CLAUSE: Final = "tests/contracts/test_stores.py::test_store_keeps_the_clause"

BUGS: Final = (
    Bug(
        "no-lock",
        "nobody waits for whoever is at a shelf",
        "adapters/sql/locks.py",
        "found = session.read(locking.and_read, self._rows(missing))",
        "return None",
        "tests/adapters/test_sql_locks.py"
        "::test_a_sku_that_comes_before_those_locked_is_not_waited_for",
        store=None,
    ),
    Bug(
        "read-before-the-lock",
        "an order is changed as it was before its shelves were locked",
        "usecases/looking_up.py",
        "if any(found.get(order.order_id) != order for order in orders):",
        "if any(found.get(order.order_id) is None for order in orders):",
        "tests/adapters/test_sql_locks.py::test_what_was_read_before_it_was_locked_is_read_again",
        store=None,
    ),
    Bug(
        "no-check",
        "the database takes more allocated units than there are on hand",
        "adapters/sql/schema.py",
        'check("0 <= allocated AND allocated <= on_hand", "allocated")',
        'check("allocated IS NOT NULL", "allocated")',
        "tests/adapters/test_sql_schema.py::test_the_database_itself_refuses_what_the_laws_forbid",
        store=None,
    ),
    Bug(
        "wrong-order-by",
        "the backlog is listed by when orders were placed, whatever their priority",
        "adapters/sql/orders.py",
        "select(*_rank(c)).where(*conditions).order_by(*_rank(c)).limit(limit)",
        "select(*_rank(c)).where(*conditions).order_by(*_rank(c)[1:]).limit(limit)",
        f"{_CLAUSE}[sqlite-check_back_orders_are_in_rank_order]",
        store="sqlite",
    ),
    Bug(
        "queue-by-id",
        "the queue of a SKU is read in the order of ids",
        "adapters/sql/statements.py",
        'for column in (*_RANK, "line_no"))\n        return f"SELECT {picked}',
        'for column in (_RANK[-1], "line_no"))\n        return f"SELECT {picked}',
        f"{_CLAUSE}[sqlite-check_waiting_is_in_rank_order]",
        store="sqlite",
    ),
    Bug(
        "missing-seller-filter",
        "the shelves of a SKU are those of every seller",
        "adapters/sql/queries.py",
        ".where(level.seller_no == seller_no, engine.among(level.sku))",
        ".where(engine.among(level.sku))",
        f"{_CLAUSE}[sqlite-check_sellers_never_meet]",
        store="sqlite",
    ),
    Bug(
        "orders-of-everybody",
        "an order is found by its id, whoever's it is",
        "adapters/sql/queries.py",
        """order.seller_no == seller_no,
                engine.among(order.order_id),""",
        "engine.among(order.order_id),",
        f"{_CLAUSE}[sqlite-check_sellers_never_meet]",
        store="sqlite",
    ),
    Bug(
        "written-over-anything",
        "an order is written over whatever somebody else has made of it",
        "adapters/sql/row_statements.py",
        'if "version" in columns:',
        "if not columns:",
        f"{_CLAUSE}[sqlite-check_saving_a_stale_version_loses_the_race]",
        store="sqlite",
    ),
    Bug(
        "stale-in-memory",
        "in memory, an order is written over whatever somebody else has made of it",
        "adapters/memory/orders.py",
        "if current is None or current.version != stored.version:",
        "if current is None:",
        f"{_CLAUSE}[memory-check_saving_a_stale_version_loses_the_race]",
    ),
    Bug(
        "outbox-is-not-undone",
        "what was undone has told somebody all the same",
        "adapters/memory/notices.py",
        "self._undo.append(partial(outbox.pop, message_id))",
        "pass",
        f"{_CLAUSE}[memory-check_leaving_without_commit_undoes_everything]",
    ),
    Bug(
        "undone-first-to-last",
        "what was done last is undone last",
        "adapters/memory/store.py",
        "self._undo.pop()()",
        "self._undo.pop(0)()",
        f"{_CLAUSE}[memory-check_leaving_without_commit_undoes_everything]",
    ),
    Bug(
        "kept-without-commit",
        "what was written stays, though the call failed",
        "adapters/memory/store.py",
        "            while self._undo:\n",
        "            while self._undo and False:\n",
        f"{_CLAUSE}[memory-check_an_exception_undoes_everything]",
    ),
    Bug(
        "two-write-at-once",
        "in memory, two that write have the same seller at once",
        "adapters/memory/store.py",
        "turns.take(read_only=read_only, patience=patience)",
        "turns.take(read_only=True, patience=patience)",
        "tests/adapters/test_memory_turns.py"
        "::test_a_change_inside_a_unit_of_work_that_reads_is_refused_after_a_while",
    ),
    Bug(
        "race-told-as-failure",
        "whoever loses a race has to repeat the call",
        "application/repeating.py",
        "        with suppress(LostRace):\n",
        "        with suppress(KeyError):\n",
        "tests/histories/test_repeating.py::test_a_lost_race_is_repeated_after_each_pause",
    ),
)
