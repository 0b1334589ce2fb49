"""The law of the storage port, as plain functions for anyone's adapter and anyone's test runner.

A clause is a `check_…` function that takes a function which makes an empty store. It returns, or
raises `AssertionError`. Its docstring is what it holds a store to. In every clause there is a
second seller with the same ids, and whatever is judged was read in a unit of work of its own, so
that a query which has lost its condition, and a write which does not last, are found out.

>>> from backorders.adapters.memory import MemoryStore
>>> report = check_store(MemoryStore)
>>> report.left_out
{'check_what_is_committed_lasts': <Ability.LASTING: ...>}
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from backorders.domain.errors import InvalidValue
from backorders.testing.contracts import (
    answers,
    audit,
    backlog,
    feed,
    holders,
    inbounds,
    journal,
    listing,
    notices,
    orders,
    outbox,
    overdue,
    reports,
    stock,
    subscribers,
    transactions,
)
from backorders.testing.contracts.abilities import (
    NEEDED,
    Ability,
    Reopen,
    Report,
    check_what_is_committed_lasts,
)
from backorders.testing.contracts.bench import Clause, MakeStore

__all__ = ["Ability", "Clause", "MakeStore", "Reopen", "Report", "check_store", "clauses"]


def clauses() -> Mapping[str, Clause]:
    """Return every clause by name, each to be called with a function that makes an empty store."""
    return {
        name: found
        for module in (
            orders,
            backlog,
            holders,
            stock,
            listing,
            inbounds,
            answers,
            journal,
            feed,
            subscribers,
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


def check_store(
    make_store: MakeStore, *, reopen: Reopen | None = None, lacks: Collection[Ability] = ()
) -> Report:
    """Hold a store to every clause; the first one that it breaks raises, and is noted by name.

    `reopen` closes a store and opens it again where it kept what it has; a store without it lacks
    `Ability.LASTING`. Clauses that need what a store `lacks` are left out, and reported as such.
    """
    if reopen is None:
        lacks = {*lacks, Ability.LASTING}
    elif Ability.LASTING in lacks:
        raise InvalidValue("lacks", "must not name LASTING where there is a reopen")
    to_keep: dict[str, Callable[[], None]] = {
        name: partial(clause, make_store) for name, clause in clauses().items()
    }
    if reopen is not None:
        lasts = partial(check_what_is_committed_lasts, make_store, reopen)
        to_keep[check_what_is_committed_lasts.__name__] = lasts
    left_out = {name: ability for name, ability in NEEDED.items() if ability in lacks}
    kept = [name for name in to_keep if name not in left_out]
    for name in kept:
        try:
            to_keep[name]()
        except Exception as error:
            error.add_note(f"in the clause {name}")
            raise
    return Report(tuple(kept), left_out)
