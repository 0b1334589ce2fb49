"""Mistakes that other order systems have made, each as an example, over every store.

The names in brackets are those of the systems in whose code or tracker the mistake was found.
"""

from datetime import timedelta

import pytest

from backorders import Add, OrderStatus, Remove, Replace, SetQuantity
from backorders.application import Seller
from backorders.domain.errors import ReplacementOutOfStock
from tests.support.clock import START


def test_cancelling_units_never_allocated_frees_nothing(acme: Seller) -> None:
    """Nobody may be given units that were only ever wished for (Spree)."""
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 6})
    acme.place_order("O2", {"A": 3})
    acme.cancel_order("O1")
    assert acme.order("O2").lines[0].allocated == 2
    assert (acme.stock("A")[0].on_hand, acme.stock("A")[0].available) == (2, 0)
    assert acme.verify() == ()


def test_an_order_is_not_filled_by_its_own_cancelled_units(acme: Seller) -> None:
    """Being cancelled, the order was still in the queue, and got its own units back (Solidus)."""
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2, "B": 1})
    cancelled = acme.cancel_order("O1")
    assert (cancelled.status, cancelled.units_held) == (OrderStatus.CANCELLED, {})
    assert acme.stock("A")[0].available == 2
    acme.place_order("O2", {"A": 3, "B": 1})
    acme.edit_order("O2", Remove("A"), Add("C", 1))
    assert acme.order("O2").shortages == {"B": 1, "C": 1}
    assert acme.stock("A")[0].available == 2


def test_two_lines_of_one_sku_cannot_both_take_the_last_units(acme: Seller) -> None:
    """Each line by itself was checked against the stock, and each found it (Vendure, Medusa)."""
    acme.book_in("R1", {"A": 5})
    order = acme.place_order("O1", [("A", 4), ("A", 4)])
    assert [line.allocated for line in order.lines] == [4, 1]
    assert acme.stock("A")[0].available == 0
    acme.place_order("O2", [("C", 4), ("C", 4)])
    acme.book_in("R2", {"B": 5})
    with pytest.raises(ReplacementOutOfStock, match="8 units of 'B' are wanted, 5 are available"):
        acme.edit_order("O2", Replace("C", "B"))
    acme.book_in("R3", {"C": 5})
    assert acme.order("O2").shortages == {"C": 3}


def test_asking_13_of_10_and_15_in_two_warehouses_takes_13_in_all(acme: Seller) -> None:
    """Not 13 from each, nor 10 from each, nor nothing for want of 13 in one (Vendure)."""
    acme.configure(warehouses=["FIRST", "SECOND"])
    acme.book_in("R1", {"A": 10}, warehouse="FIRST")
    acme.book_in("R2", {"A": 15}, warehouse="SECOND")
    order = acme.place_order("O1", {"A": 13})
    assert [(a.warehouse, a.quantity) for a in order.lines[0].allocations] == [
        ("FIRST", 10),
        ("SECOND", 3),
    ]
    assert [level.available for level in acme.stock("A")] == [0, 12]


def test_an_orders_own_claim_does_not_count_against_it_when_it_is_edited(acme: Seller) -> None:
    """All units are its own: four of five must not be "more than are available" (Saleor)."""
    acme.book_in("R1", {"A": 5})
    acme.place_order("O1", {"A": 5})
    assert acme.edit_order("O1", SetQuantity("A", 4)).status is OrderStatus.READY
    assert acme.edit_order("O1", SetQuantity("A", 5)).status is OrderStatus.READY
    assert acme.edit_order("O1", SetQuantity("A", 6)).shortages == {"A": 1}


def test_splitting_keeps_what_is_short_short(acme: Seller) -> None:
    """Moving a short unit to another parcel does not put one on the shelf (Solidus)."""
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 5})
    split = acme.split_order("O1", move={"A": 4})
    assert (split.original.shortages, split.created.shortages) == ({}, {"A": 3})
    assert split.created.units_held == {"A": 1}
    assert acme.stock("A")[0].allocated == 2
    assert acme.verify() == ()


def test_a_count_below_allocated_takes_from_the_lowest_rank(acme: Seller) -> None:
    """Not from whichever order a set without an order hands out first (cosmicpython, Odoo)."""
    acme.book_in("R1", {"A": 8})
    for number in (3, 7, 1, 5, 8, 2, 6, 4):
        acme.place_order(f"O{number}", {"A": 1}, placed_at=START - timedelta(days=number))
    assert acme.count_stock("C1", {"A": 5}).lost == ("O3", "O2", "O1")
    assert acme.count_stock("C2", {"A": 3}).lost == ("O5", "O4")
    assert acme.book_in("R2", {"A": 2}).released == ("O5", "O4")


def test_reducing_a_shortage_hands_nothing_to_the_next_in_line(acme: Seller) -> None:
    """Four short units become two: two wishes fewer are not two units more (Spree)."""
    acme.place_order("O1", {"A": 4})
    acme.place_order("O2", {"A": 2})
    acme.edit_order("O1", SetQuantity("A", 2))
    assert acme.order("O2").shortages == {"A": 2}
    assert acme.book_in("R1", {"A": 3}).released == ("O1",)
    assert acme.order("O2").shortages == {"A": 1}


def test_ties_in_placed_at_are_broken_by_the_id(acme: Seller) -> None:
    """An import gives a thousand orders one instant: who is first must not be luck (Odoo)."""
    for order_id in ("O-b", "O-C", "O-10", "O-9", "O-a"):
        acme.place_order(order_id, {"A": 1}, placed_at=START)
    queue = ["O-10", "O-9", "O-C", "O-a", "O-b"]
    assert [order.order_id for order in acme.back_orders().items] == queue
    assert [order.order_id for order in acme.back_orders(limit=1).items] == queue[:1]
    assert acme.book_in("R1", {"A": 3}).released == tuple(queue[:3])
