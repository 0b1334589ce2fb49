"""What an order costs in memory: counted in objects and in calls of functions, never timed."""

from collections.abc import Callable
from typing import Final

from backorders import Backorders, OrderRequest, Seller
from backorders.adapters.memory import MemoryStore
from tests.support.python_costs import PythonCosts, costs_of

ORDERS: Final = 500
"""Enough that what a call costs by itself does not show."""


def _of_each_order(call: Callable[[], object]) -> tuple[float, float]:
    costs: PythonCosts = costs_of(call)
    return round(costs.objects / ORDERS, 1), round(costs.calls / ORDERS, 1)


def _seller(on_hand: int = 0) -> Seller:
    seller = Backorders(MemoryStore()).seller("acme")
    if on_hand:
        seller.book_in("on hand", {"TEA": on_hand, "JAM": on_hand})
    return seller


def _requests() -> list[OrderRequest]:
    return [OrderRequest(f"O{number}", {"TEA": 1, "JAM": 1}) for number in range(ORDERS)]


def test_an_order_of_two_lines_leaves_seven_objects_behind() -> None:
    """The collector goes through all of them again and again: they cost more than to make them.

    The order, its two lines and the tuple of them, the event, its place in the journal, the list of
    those: and no copy of anything.
    """
    seller, requests = _seller(on_hand=ORDERS), _requests()
    objects, calls = _of_each_order(lambda: seller.place_orders(requests))
    assert objects <= 7
    assert calls <= 35


def test_an_order_that_is_short_leaves_its_places_in_the_queues_too() -> None:
    """Its lines stand in two queues, and the digest is to tell of it."""
    seller, requests = _seller(), _requests()
    objects, calls = _of_each_order(lambda: seller.place_orders(requests))
    assert objects <= 18.1
    assert calls <= 80


def test_an_order_that_is_released_leaves_what_there_is_to_tell_of_it() -> None:
    """What it got is worked out once, however many want to know."""
    seller, requests = _seller(), _requests()
    seller.place_orders(requests)
    objects, calls = _of_each_order(lambda: seller.book_in("R1", {"TEA": ORDERS, "JAM": ORDERS}))
    assert objects <= 3.1
    assert calls <= 75
