"""What a call would change, order by order."""

from backorders import Backorders
from backorders.adapters.memory import MemoryStore


def test_law_13_units_that_a_count_would_take_leave_their_order_short() -> None:
    """Whoever tries a stocktake sees whom it would hit."""
    acme = Backorders(MemoryStore()).seller("acme")
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 1})
    with acme.what_if() as tried:
        tried.count_stock("C1", {"A": 0})
        assert tried.difference().newly_short == ("O1",)
