"""Every store keeps every clause of the storage port."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from backorders.adapters.sql import SqlStore
from backorders.ports.storage import Store
from backorders.testing.contracts import MakeStore, check_store, clauses
from backorders.testing.contracts.abilities import check_what_is_committed_lasts
from tests.support.stores import DATABASES, STORES


@pytest.fixture(params=STORES)
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStore:
    """A function that makes an empty store of each kind in turn."""
    make: Callable[[Path], Store] = STORES[request.param]
    numbers = count()

    def made() -> Store:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return make(folder)

    return made


@pytest.mark.parametrize("clause", clauses())
def test_store_keeps_the_clause(clause: str, make_store: MakeStore) -> None:
    """Whatever is built on the port works over any store that keeps every clause.

    A clause asserts by itself; that each can fail is shown by `test_broken_stores`.
    """
    check = clauses()[clause]
    check(make_store)


def test_every_clause_says_what_it_holds_a_store_to() -> None:
    """Whoever writes an adapter reads the clauses: each states its law."""
    for name, clause in clauses().items():
        assert clause.__doc__, name


def test_check_store_names_the_clause_that_is_broken() -> None:
    """A host's own test calls one function, and is told what to look at."""

    def no_store() -> Store:
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk") as caught:
        check_store(no_store)
    (note,) = caught.value.__notes__
    assert note == f"in the clause {next(iter(clauses()))}"


@pytest.mark.parametrize("name", DATABASES)
def test_what_is_committed_to_a_database_lasts(name: str, tmp_path: Path) -> None:
    """A store that is opened again at its URL has all that was committed, and nothing else."""
    url = DATABASES[name](tmp_path)

    def reopen(store: Store) -> Store:
        store.close()
        return SqlStore.from_url(url)

    check_what_is_committed_lasts(lambda: SqlStore.from_url(url), reopen)
