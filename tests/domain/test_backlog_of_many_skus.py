"""A delivery of several SKUs serves one queue, however the backlog is read in parts (law 8)."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, ClaimPolicy, OrderRequest
from backorders.adapters.memory import MemoryStore

Lines = dict[str, int]


def _served_one_by_one(orders: list[Lines], delivery: Lines) -> list[Counter[str]]:
    """Return what each order gets when they are served in turn: the rule, spelled out."""
    left = Counter(delivery)
    got = []
    for lines in orders:
        units = Counter({sku: min(wanted, left[sku]) for sku, wanted in lines.items()})
        left -= units
        got.append(+units)
    return got


def _served_by_the_library(orders: list[Lines], delivery: Lines) -> list[Counter[str]]:
    acme = Backorders(MemoryStore()).seller("acme")
    ids = [f"O{place:03}" for place in range(len(orders))]
    acme.place_orders(map(OrderRequest, ids, orders))
    acme.book_in("R1", delivery)
    assert acme.verify() == ()
    return [Counter(acme.order(order_id).units_held) for order_id in ids]


def test_an_order_that_was_served_is_not_served_again_for_its_other_sku() -> None:
    """O1 is served for A, and waits in the queue of B as well, which was read before."""
    orders = [
        {"A": 1, "B": 2},
        {"B": 2},
        {"B": 1, "C": 1},
        {"C": 1},
        {"C": 1, "B": 1},
        {"C": 1},
        {"B": 3},
    ]
    delivery = {"A": 2, "B": 7, "C": 6}
    assert _served_by_the_library(orders, delivery) == _served_one_by_one(orders, delivery)


def test_a_pinned_order_is_not_served_again_for_its_other_sku() -> None:
    """As above, with a queue of A that is read in parts: five who yield, then the pinned order.

    What that takes is not known before it is served; by then, B's queue has been read before.
    """
    acme = Backorders(MemoryStore()).seller("acme")
    for number in range(1, 6):
        acme.place_order(f"O{number}", {"A": 1, "Z": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O6", {"A": 1, "B": 1}, warehouse="MAIN")
    assert acme.book_in("R1", {"A": 1, "B": 5}).released == ("O6",)
    assert acme.stock("B")[0].available == 4
    assert acme.verify() == ()


def test_law_08_whoever_may_take_nothing_is_not_counted_on() -> None:
    """The unit of A passes O1, who yields: it is O2's, and not that of O3, who waits for B, too."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.place_order("O1", {"A": 1, "Z": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O2", {"A": 1})
    acme.place_order("O3", {"A": 1, "B": 1})
    booked = acme.book_in("R1", {"A": 1, "B": 1})
    assert (booked.released, booked.gained) == (("O2",), ("O3",))
    assert acme.order("O3").shortages == {"A": 1}


@given(
    st.lists(
        st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 3), min_size=1),
        min_size=5,
        max_size=25,
    ),
    st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 20), min_size=1),
)
def test_law_08_a_delivery_of_many_skus_serves_the_queue_in_turn(
    orders: list[Lines], delivery: Lines
) -> None:
    """Reading the queues of several SKUs side by side must not mix up who comes first."""
    assert _served_by_the_library(orders, delivery) == _served_one_by_one(orders, delivery)
