"""The contract kit finds out every store that is broken, and says where."""

import pytest

from backorders.testing.contracts import clauses
from tests.contracts import broken_answers, broken_feeds, broken_inbounds, broken_listings
from tests.contracts.broken_stores import FAULTS

assert broken_answers.__doc__, "importing it adds to FAULTS"
assert broken_feeds.__doc__, "importing it adds to FAULTS"
assert broken_inbounds.__doc__, "importing it adds to FAULTS"
assert broken_listings.__doc__, "importing it adds to FAULTS"


@pytest.mark.parametrize("name", FAULTS)
def test_broken_store_is_found_out(name: str) -> None:
    """A clause that lets a broken store pass is worth nothing; one that misleads, little."""
    fault = FAULTS[name]
    found = set()
    for clause, check in clauses().items():
        try:
            check(fault.make_store())
        except Exception:  # noqa: BLE001 - a broken store may fail in any way
            found.add(clause)
    assert found == fault.caught_by, fault.part.__doc__


def test_every_clause_finds_something_out() -> None:
    """Each clause is there because a store could be broken in just that place."""
    assert {clause for fault in FAULTS.values() for clause in fault.caught_by} == set(clauses())
