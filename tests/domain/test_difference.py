"""What a call would change, order by order."""

from backorders import Backorders, HoldReason
from backorders.adapters.memory import MemoryStore


def test_law_13_units_that_a_count_would_take_leave_their_order_short() -> None:
    """Whoever tries a stocktake sees whom it would hit."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 1})
    with acme.what_if() as tried:
        tried.count_stock("C1", {"A": 0})
        assert tried.difference().newly_short == ("O1",)


def test_law_13_the_units_that_go_from_one_to_another_are_told_of_both() -> None:
    """Each by SKU, without what is as it was; over all orders, nothing more is short."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.book_in("R1", {"A": 2, "B": 1})
    acme.place_order("O1", {"C": 1, "B": 1, "A": 2})
    acme.place_order("O2", {"C": 2, "B": 1, "A": 2})
    with acme.what_if() as tried:
        tried.prioritise_order("O2", 1, reallocate=True)
        second, first = tried.difference().orders
        assert tried.difference().lost == ("O1",)
        assert tried.difference().units_short == {}
    assert [*first.lost.items()] == [("A", 2), ("B", 1)]
    assert [*second.gained.items()] == [("A", 2), ("B", 1)]
    assert first.gained == second.lost == {}
    assert [*first.units_short.items()] == [("A", 2), ("B", 1)]
    assert [*second.units_short.items()] == [("A", -2), ("B", -1)]


def test_what_is_short_is_summed_over_all_orders_by_sku() -> None:
    """Two orders are tried at once: what there is to be sent more, in the order of the SKUs."""
    acme = Backorders(MemoryStore()).seller("acme")
    with acme.what_if() as tried:
        tried.place_order("O1", {"D": 1, "B": 2})
        tried.place_order("O2", {"C": 2, "B": 1})
        assert [*tried.difference().units_short.items()] == [("B", 3), ("C", 2), ("D", 1)]


def test_an_order_that_came_out_as_it_was_is_not_named() -> None:
    """Two calls that cancel each other out have changed it twice, and made no difference."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.place_order("O1", {"A": 1})
    with acme.what_if() as tried:
        tried.hold_order("O1", HoldReason.FRAUD_RISK)
        assert [order.order_id for order in tried.difference().orders] == ["O1"]
        tried.release_hold("O1", HoldReason.FRAUD_RISK)
        assert tried.difference().orders == ()
