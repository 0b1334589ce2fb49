"""What the machine and the simulation have found, each as the shortest history that shows it."""

from collections.abc import Callable

from backorders import Add, Backorders, ClaimPolicy, Remove, usecases
from backorders.adapters.memory import MemoryStore
from backorders.adapters.memory import MemoryUnitOfWork as UnitOfWork
from backorders.application import Seller
from backorders.domain.settings import Settings
from backorders.domain.values import SellerId
from tests.support.clock import SettableClock


class _SmallCommits(MemoryStore):
    """A store in which one commit changes one order, besides those that the call is about."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = 1
        return uow


def _seller(make_store: Callable[[], MemoryStore] = MemoryStore) -> Seller:
    return Backorders(make_store(), clock=SettableClock()).seller("acme")


def _held(seller: Seller, order_id: str) -> dict[tuple[str, str], int]:
    return {(str(sku), str(name)): n for (sku, name), n in seller.order(order_id).holding().items()}


def test_a_unit_of_another_warehouse_may_help_where_the_first_does_not() -> None:
    """Law 14: the unit in MAIN would go to the pinned order ahead; the one in EAST does help.

    All units of the SKU were left alone because the first of them was of no use.
    """
    acme = _seller()
    acme.book_in("R1", {"TEA": 1}, warehouse="EAST")
    acme.book_in("R2", {"TEA": 1}, warehouse="MAIN")
    acme.place_order("O3", {"TEA": 2})
    acme.place_order("O1", {"TEA": 1}, warehouse="MAIN")
    acme.place_order("O2", {"TEA": 1})

    done = acme.prioritise_order("O2", 0, reallocate=True)

    assert (done.released, done.gained, done.lost) == (("O2",), (), ("O3",))
    assert _held(acme, "O2") == {("TEA", "EAST"): 1}
    assert _held(acme, "O3") == {("TEA", "MAIN"): 1}


def test_as_many_units_help_as_complete_nobody_ahead() -> None:
    """Law 14: with all three units the YIELD order ahead would be completed, and take them.

    Two of them it cannot use, so two help.
    """
    acme = _seller()
    acme.book_in("R1", {"TEA": 3})
    acme.place_order("last", {"TEA": 3})
    acme.place_order("ahead", {"TEA": 3}, claim=ClaimPolicy.YIELD, priority=2)
    acme.place_order("helped", {"TEA": 3})

    done = acme.prioritise_order("helped", 1, reallocate=True)

    assert (done.gained, done.lost) == (("helped",), ("last",))
    assert _held(acme, "helped") == {("TEA", "MAIN"): 2}
    assert _held(acme, "last") == {("TEA", "MAIN"): 1}


def test_who_has_all_that_helps_takes_no_more() -> None:
    """Law 14, only as many as help it: the third holder behind is left in peace."""
    acme = _seller()
    for number in (1, 2, 3):
        acme.book_in(f"E{number}", {"TEA": 1}, warehouse="EAST")
    acme.book_in("W1", {"TEA": 2}, warehouse="WEST")
    for number in (1, 2):
        acme.place_order(f"L{number}", {"TEA": 1}, warehouse="EAST", priority=-number)
    acme.place_order("L3", {"TEA": 2}, priority=-3)
    acme.place_order("L4", {"TEA": 1}, warehouse="WEST", priority=-4)
    acme.place_order("ahead", {"TEA": 1}, warehouse="WEST", priority=5)
    acme.place_order("helped", {"TEA": 2})

    done = acme.prioritise_order("helped", 1, reallocate=True)

    assert (done.released, done.lost) == (("helped",), ("L2", "L3"))
    assert _held(acme, "helped") == {("TEA", "EAST"): 2}
    assert _held(acme, "L3") == {("TEA", "WEST"): 1}


def test_a_yield_order_behind_gives_back_all_for_the_unit_that_helps() -> None:
    """Laws 10 and 14: the unit in WEST goes ahead, the other one that comes back with it helps."""
    acme = _seller()
    acme.book_in("R1", {"TEA": 1, "JAM": 1}, warehouse="EAST")
    acme.book_in("R2", {"TEA": 1}, warehouse="WEST")
    acme.place_order("last", {"TEA": 2, "JAM": 1}, claim=ClaimPolicy.YIELD, priority=-1)
    acme.place_order("ahead", {"TEA": 1}, warehouse="WEST", priority=5)
    acme.place_order("helped", {"TEA": 2})

    done = acme.prioritise_order("helped", 1, reallocate=True)

    assert (done.released, done.gained, done.lost) == (("ahead",), ("helped",), ("last",))
    assert _held(acme, "helped") == {("TEA", "EAST"): 1}
    assert _held(acme, "last") == {}


def test_the_order_itself_is_served_though_the_commit_is_full() -> None:
    """Law 9: what the edited order now lacks was not among what was freed, and lay idle."""
    acme = _seller(_SmallCommits)
    acme.book_in("R1", {"OIL": 1, "TEA": 2})
    acme.place_order("O1", {"OIL": 1}, priority=-1)
    acme.place_order("O2", {"OIL": 1})

    edited = acme.edit_order("O1", Remove("OIL"), Add("TEA", 2))

    assert acme.order("O2").shortages == {}
    assert edited == acme.order("O1")
    assert edited.shortages == {}


def test_a_seller_is_not_named_before_the_commit() -> None:
    """What is not committed may be undone: another thread must not meet the seller until then."""
    store = MemoryStore()
    with store.begin(SellerId("acme")) as uow:
        uow.settings.put(Settings())
        assert store.sellers() == ()
    assert store.sellers() == ()


def test_who_waits_for_what_is_owed_is_not_overtaken_on_what_is_not() -> None:
    """Law 8: a call that knew of OIL alone gave it to who comes last, while JAM was still owed.

    Between two commits of a delivery both were owed to the YIELD order ahead.
    """
    store = _SmallCommits()
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.place_order("O1", {"TEA": 1})
    acme.place_order("O2", {"JAM": 1, "OIL": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O3", {"OIL": 1})
    with store.begin("acme") as uow:
        usecases.book_in("R1", {"TEA": 1, "JAM": 1, "OIL": 1}, uow=uow, now=SettableClock()())
        uow.commit()
        assert uow.unsettled == {"JAM", "OIL"}

    done = acme.reprocess(["OIL"])

    assert done.released == ("O2",)
    assert acme.order("O2").shortages == {}
    assert acme.order("O3").shortages == {"OIL": 1}
    assert not any(level.owed for sku in ("JAM", "OIL") for level in acme.stock(sku))
