"""A long backlog is reprocessed in several commits, and nobody notices (laws 8, 9, 12, 19)."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, ClaimPolicy, OrderRequest, usecases
from backorders.adapters.memory import MemoryStore
from backorders.adapters.sql import SqlStore
from backorders.domain.values import SellerId
from tests.support.clock import SettableClock
from tests.support.stores import DATABASES

ACME = SellerId("acme")


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """A store of each kind that changes at most three waiting orders in a commit."""
    with closing(
        SqlStore.from_url(DATABASES[request.param](tmp_path), orders_per_commit=3)
    ) as made:
        yield made


def test_law_07_a_delivery_that_takes_several_commits_releases_everybody(store: SqlStore) -> None:
    """The caller sees one call with one result, however many commits it took."""
    acme = Backorders(store).seller("acme")
    acme.place_orders([OrderRequest(f"O{n:02}", {"A": 1}) for n in range(10)])
    done = acme.book_in("R1", {"A": 10})
    assert done.released == tuple(f"O{n:02}" for n in range(10))
    assert done.gained == ()
    assert not any(level.owed for level in acme.stock("A"))
    assert acme.verify() == ()


def test_law_08_nobody_overtakes_in_the_gap_between_two_commits(store: SqlStore) -> None:
    """After a crash between two commits, what is left on the shelf is owed to those who wait."""
    app = Backorders(store)
    acme = app.seller("acme")
    acme.place_orders([OrderRequest(f"O{n:02}", {"A": 1}) for n in range(6)])
    with store.begin(ACME) as uow:
        usecases.book_in("R1", {"A": 7}, uow=uow, now=SettableClock()())
        uow.commit()
        assert uow.unsettled == {"A"}
    # Here the process ended: three orders have their units, four units are owed.
    assert acme.back_orders().items[0].order_id == "O03"
    newcomer = acme.place_order("NEW", {"A": 2})
    assert newcomer.shortages == {"A": 1}
    assert [order.order_id for order in acme.back_orders().items] == ["NEW"]
    assert not any(level.owed for level in acme.stock("A"))


def test_law_19_what_a_crash_left_is_taken_up_by_reprocess(store: SqlStore) -> None:
    """Whoever starts a service again can finish what was begun, without knowing what it was."""
    acme = Backorders(store).seller("acme")
    acme.place_orders([OrderRequest(f"O{n:02}", {"A": 1}) for n in range(9)])
    with store.begin(ACME) as uow:
        usecases.book_in("R1", {"A": 9}, uow=uow, now=SettableClock()())
        uow.commit()
    assert acme.reprocess().released == tuple(f"O{n:02}" for n in range(3, 9))
    assert acme.reprocess().released == ()


def test_law_19_what_a_crash_left_is_taken_up_by_the_same_receipt(store: SqlStore) -> None:
    """Whoever got no answer sends the receipt again: that is the natural thing to do."""
    acme = Backorders(store).seller("acme")
    acme.place_orders([OrderRequest(f"O{n:02}", {"A": 1}) for n in range(9)])
    with store.begin(ACME) as uow:
        usecases.book_in("R1", {"A": 9}, uow=uow, now=SettableClock()())
        uow.commit()
    assert acme.back_orders().items
    assert acme.book_in("R1", {"A": 9}).repeated
    assert acme.back_orders().items == ()
    assert not any(level.owed for level in acme.stock("A"))


@given(st.data())
def test_law_11_the_size_of_a_commit_changes_nothing(data: st.DataObject) -> None:
    """However a long backlog is cut into commits, everybody ends with the same units."""
    requests = [
        OrderRequest(
            f"O{n:02}",
            data.draw(st.dictionaries(st.sampled_from("AB"), st.integers(1, 4), min_size=1)),
            claim=data.draw(st.sampled_from(ClaimPolicy)),
            priority=data.draw(st.integers(0, 1)),
        )
        for n in range(data.draw(st.integers(1, 8)))
    ]
    receipt = data.draw(st.dictionaries(st.sampled_from("AB"), st.integers(1, 20), min_size=1))
    outcomes = []
    for store in (
        MemoryStore(),
        SqlStore.from_url("sqlite://", orders_per_commit=1),
        SqlStore.from_url("sqlite://", orders_per_commit=2),
    ):
        acme = Backorders(store, clock=SettableClock()).seller("acme")
        acme.place_orders(requests)
        done = acme.book_in("R1", receipt)
        orders = [acme.order(request.order_id) for request in requests]
        outcomes.append((done, [order.lines for order in orders], acme.stock("A"), acme.stock("B")))
        store.close()
    assert outcomes[0] == outcomes[1] == outcomes[2]
