"""A long queue is served in several commits: what one of them leaves, and owes (laws 7 to 9)."""

import pytest

from backorders import ClaimPolicy, OrderRequest, Seller, usecases
from backorders.domain.events import LeftBackOrder
from tests.support.asked import AskedStore
from tests.support.clock import START


@pytest.fixture
def store() -> AskedStore:
    """A store that changes at most two waiting orders in a commit."""
    return AskedStore(orders_per_commit=2)


@pytest.fixture
def acme(store: AskedStore) -> Seller:
    """A seller with six orders for tea; of a delivery of eight, the first commit gave two away."""
    acme = store.seller()
    acme.place_orders([OrderRequest(f"O{number}", {"TEA": 1}) for number in range(6)])
    with store.begin("acme") as uow:
        usecases.book_in("R1", {"TEA": 8}, uow=uow, now=START)
        assert uow.unsettled == {"TEA"}
        uow.commit()
    return acme


def _waiting(acme: Seller) -> list[str]:
    return [str(order.order_id) for order in acme.back_orders().items]


def _because(acme: Seller, order_id: str) -> str:
    told = acme.history(order_id)[-1]
    assert isinstance(told, LeftBackOrder)
    return told.because


def test_a_commit_serves_so_many_and_owes_the_rest(acme: Seller) -> None:
    """The first in the queue have their units, and what is left is not for whoever comes next."""
    assert _waiting(acme) == ["O2", "O3", "O4", "O5"]
    (level,) = acme.stock("TEA")
    assert (level.available, level.owed) == (6, True)


def test_what_is_owed_is_given_first_in_as_bounded_commits(acme: Seller, store: AskedStore) -> None:
    """Whoever is placed meanwhile stands behind, and makes no commit larger."""
    with store.begin("acme") as uow:
        placed = usecases.place_order("O9", {"TEA": 2}, uow=uow, now=START)
        assert placed.shortages == {"TEA": 2}
        assert uow.unsettled == {"TEA"}
        uow.commit()
    assert _waiting(acme) == ["O4", "O5", "O9"]
    acme.reprocess()
    assert _waiting(acme) == []


@pytest.mark.parametrize("named", [None, ["TEA"]])
def test_reprocessing_ends_what_was_begun_and_says_so(
    acme: Seller, named: list[str] | None
) -> None:
    """Who is released by it learns that it was no delivery that came just then."""
    assert acme.reprocess(named).released == ("O2", "O3", "O4", "O5")
    assert {_because(acme, name) for name in ("O2", "O5")} == {"reprocess"}
    assert not acme.stock("TEA")[0].owed


def test_the_same_receipt_ends_what_was_begun(acme: Seller) -> None:
    """Whoever got no answer sends it again."""
    assert acme.book_in("R1", {"TEA": 8}).repeated
    assert _waiting(acme) == []
    assert _because(acme, "O2") == "book_in R1"


def test_placing_orders_ends_what_was_begun(acme: Seller) -> None:
    """What they were placed behind is served by the same call."""
    acme.place_orders([OrderRequest("O9", {"TEA": 2})])
    assert _waiting(acme) == []
    assert _because(acme, "O2") == "place_orders"


def test_law_08_a_yield_order_that_waits_for_what_is_owed_is_not_overtaken(
    acme: Seller, store: AskedStore
) -> None:
    """Others stand ahead of it for the tea, which this delivery knows nothing of."""
    acme.reprocess()
    acme.place_order("P1", {"JAM": 1}, claim=ClaimPolicy.YIELD)
    # The first of them has what is left; two more are served by the first commit.
    for number in range(4):
        acme.place_order(f"P{number + 2}", {"TEA": 2})
    acme.place_order("Y", {"TEA": 2, "JAM": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("Z", {"JAM": 1})
    with store.begin("acme") as uow:
        usecases.book_in("R2", {"TEA": 6}, uow=uow, now=START)
        uow.commit()
    assert _waiting(acme) == ["P1", "P5", "Y", "Z"]
    with store.begin("acme") as uow:
        usecases.book_in("R3", {"JAM": 2}, uow=uow, now=START)
        assert uow.unsettled == {"TEA", "JAM"}
        uow.commit()
    assert _waiting(acme) == ["P5", "Y", "Z"]
    # It cannot be completed: what is owed goes to those ahead. Now others may pass.
    acme.reprocess()
    assert _waiting(acme) == ["Y"]


def test_law_12_where_somebody_lost_units_all_is_done_in_one_commit(store: AskedStore) -> None:
    """Who lost some may get others further down the queue, and must not be told of either."""
    acme = store.seller()
    acme.book_in("R1", {"TEA": 5})
    acme.place_order("WHOLE", {"TEA": 5}, claim=ClaimPolicy.YIELD)
    for number in range(4):
        acme.place_order(f"X{number}", {"TEA": 1})
    acme.place_order("Z", {"TEA": 1})
    with store.begin("acme") as uow:
        done = usecases.prioritise_order("Z", 9, reallocate=True, uow=uow, now=START)
        assert not uow.unsettled
        uow.commit()
    assert (done.released, done.lost) == (("Z", "X0", "X1", "X2", "X3"), ("WHOLE",))


def test_an_order_that_gets_something_itself_makes_no_commit_larger(store: AskedStore) -> None:
    """The cup is for what stays of WHOLE, and nobody has lost anything by that."""
    acme = store.seller()
    acme.book_in("R1", {"CUP": 1})
    acme.place_order("WHOLE", {"CUP": 1, "JAM": 1, "TEA": 1}, claim=ClaimPolicy.YIELD)
    acme.place_orders([OrderRequest(f"X{number}", {"TEA": 1}) for number in range(9)])
    with store.begin("acme") as uow:
        usecases.book_in("R2", {"TEA": 9}, uow=uow, now=START)
        uow.commit()
    with store.begin("acme") as uow:
        split = usecases.split_order("WHOLE", uow=uow, now=START)
        assert uow.unsettled == {"TEA"}
        uow.commit()
    assert split.original.units_held == {"CUP": 1}
    assert _waiting(acme) == ["WHOLE-2", "X4", "X5", "X6", "X7", "X8"]


def test_law_08_what_losers_give_back_goes_to_the_first_of_them() -> None:
    """Both give back what they have elsewhere: enough for one, who has lost nothing in the end."""
    acme = AskedStore().seller()
    acme.configure(warehouses=["EAST", "MAIN"])
    for name in ("Y1", "Y2"):
        for place in ("EAST", "MAIN"):
            acme.book_in(f"{name} {place}", {"TEA": 1}, warehouse=place)
        acme.place_order(name, {"TEA": 2}, claim=ClaimPolicy.YIELD)
    acme.place_order("Z", {"TEA": 2}, warehouse="MAIN")
    assert acme.prioritise_order("Z", 9, reallocate=True).lost == ("Y2",)
    assert acme.order("Y1").holding() == {("TEA", "EAST"): 2}
