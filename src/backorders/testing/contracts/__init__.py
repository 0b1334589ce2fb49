"""The law of the storage port, as plain functions for anyone's adapter and anyone's test runner.

A clause is a `check_…` function that takes a function which makes an empty store. It returns, or
raises `AssertionError`. Its docstring is what it holds a store to. In every clause there is a
second seller with the same ids, and whatever is judged was read in a unit of work of its own, so
that a query which has lost its condition, and a write which does not last, are found out.

>>> from backorders.adapters.memory import MemoryStore
>>> check_store(MemoryStore)
"""

from collections.abc import Mapping

from backorders.testing.contracts import (
    audit,
    backlog,
    inbounds,
    journal,
    notices,
    orders,
    outbox,
    overdue,
    reports,
    stock,
    transactions,
)
from backorders.testing.contracts.bench import Clause, MakeStore

__all__ = ["Clause", "MakeStore", "check_store", "clauses"]


def clauses() -> Mapping[str, Clause]:
    """Return every clause by name, each to be called with a function that makes an empty store."""
    return {
        name: found
        for module in (
            orders,
            backlog,
            stock,
            inbounds,
            journal,
            notices,
            outbox,
            overdue,
            audit,
            reports,
            transactions,
        )
        for name, found in vars(module).items()
        if name.startswith("check_")
    }


def check_store(make_store: MakeStore) -> None:
    """Hold a store to every clause; the first one that it breaks raises, and is noted by name."""
    for name, clause in clauses().items():
        try:
            clause(make_store)
        except Exception as error:
            error.add_note(f"in the clause {name}")
            raise
