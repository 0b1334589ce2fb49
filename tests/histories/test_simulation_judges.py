"""What the simulation draws and judges by: each judge, shown what is wrong, says so."""

import pytest

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.stock import StockLevel
from backorders.testing.commands import command
from backorders.testing.laws import assert_the_planner_gives_nothing_more
from backorders.testing.simulation.intents import is_intent, meant


def _levels(seller: Seller) -> dict[tuple[str, str], StockLevel]:
    return {(level.sku, level.warehouse): level for level in seller.stock("TEA")}


@pytest.fixture
def acme() -> Seller:
    """A seller with three orders, of which two wait."""
    seller = Backorders(MemoryStore()).seller("acme")
    seller.book_in("R1", {"TEA": 3})
    seller.place_order("READY", {"TEA": 2})
    seller.place_order("FIRST", {"TEA": 2, "JAM": 1}, priority=1)
    seller.place_order("SECOND", {"JAM": 4}, warehouse="WEST")
    return seller


def test_what_is_meant_follows_from_who_waits(acme: Seller) -> None:
    """Calls on orders that are drawn by chance seldom meet those who are worth it."""
    waiting = acme.back_orders().items
    deliver = command("deliver", "D1", percent=200, warehouse="EAST")

    assert meant(deliver, waiting) == command(
        "book_in", "D1", {"TEA": 2, "JAM": 2}, warehouse="EAST"
    )
    assert meant(command("push", 0, 1), waiting) == command(
        "prioritise_order", "FIRST", 2, reallocate=True
    )
    assert meant(command("part", 2, 1), waiting) == command(
        "split_order", "FIRST", move={"TEA": 2, "JAM": 1}
    )
    assert meant(command("push", 3, 0), waiting) == command(
        "prioritise_order", "SECOND", 0, reallocate=True
    )
    assert not is_intent(command("book_in", "D1", {"TEA": 1}))


def test_what_is_meant_when_nobody_waits_is_a_call_all_the_same() -> None:
    """A step that came to nothing would be a step less."""
    deliver = command("deliver", "D1", percent=100, warehouse="EAST")

    assert meant(deliver, []) == command("book_in", "D1", {"TEA": 1}, warehouse="EAST")
    assert meant(command("push", 1, 1), []) == command("prioritise_order", "O1", 1, reallocate=True)
    assert meant(command("part", 1, 1), []) == command("split_order", "O1")


def test_law_11_whoever_could_be_given_something_is_found(acme: Seller) -> None:
    """The planner itself is asked, so that what callers keep from it is seen too."""
    orders = [acme.order(order_id) for order_id in ("READY", "FIRST", "SECOND")]
    assert_the_planner_gives_nothing_more(orders, _levels(acme))
    acme.book_in("R2", {"TEA": 1})
    assert_the_planner_gives_nothing_more([acme.order("FIRST")], _levels(acme))

    acme.cancel_order("READY")
    assert_the_planner_gives_nothing_more([acme.order("READY")], _levels(acme))
    with pytest.raises(AssertionError, match="laws 4 and 11"):
        assert_the_planner_gives_nothing_more(orders, _levels(acme))
