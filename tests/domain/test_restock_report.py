"""The restock report equals what anybody can add up, order by order."""

from hypothesis import given

from backorders import Restock, Seller
from backorders.domain.values import Sku
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, histories, play
from tests.support.state import SKUS, dump


@given(histories())
def test_restock_report_equals_a_sum_order_by_order(history: list[Call]) -> None:
    """Whoever sends what the report says must not find out that somebody was left out."""
    acme = play(history)
    waiting = dump(acme).open_by_rank()
    naive = []
    for sku in SKUS:
        orders = [order for order in waiting if sku in order.shortages]
        lines = [line for o in orders for line in o.lines if line.sku == sku and line.shortage]
        if orders:
            oldest = min(orders, key=lambda order: (order.placed_at, order.order_id))
            short = sum(order.shortages[sku] for order in orders)
            naive.append(
                Restock(
                    sku=Sku(sku),
                    short=short,
                    orders_waiting=len(orders),
                    units_waiting=sum(line.quantity for line in lines),
                    announced=0,
                    oldest_back_order=oldest.placed_at,
                    oldest_order=oldest.order_id,
                )
            )
    report = acme.restock_report()
    assert list(report) == sorted(naive, key=lambda each: (-each.short, each.sku))
    assert sum(each.to_send for each in report) == acme.summary().units_short


def test_the_largest_shortage_comes_first_and_ties_go_by_sku(
    acme: Seller, clock: SettableClock
) -> None:
    """A report that is read from the top must begin with what matters most, every time."""
    acme.place_order("O2", {"a": 3, "B": 3, "C": 9})
    clock.advance(days=-1)
    acme.place_order("O1", {"a": 1}, priority=-1)
    acme.place_order("O3", {"B": 1})
    report = acme.restock_report()
    assert [(each.sku, each.short, each.orders_waiting) for each in report] == [
        ("C", 9, 1),
        ("B", 4, 2),
        ("a", 4, 2),
    ]
    assert [each.oldest_order for each in report] == ["O2", "O3", "O1"]
    assert report[0].oldest_back_order == START
    assert report[1].oldest_back_order == clock.now


def test_what_an_order_has_already_is_not_short_but_waits_with_it(acme: Seller) -> None:
    """Units on a line that is short are waiting too: they cannot ship without the rest."""
    acme.book_in("R1", {"A": 4})
    acme.place_order("O1", [("A", 3), ("A", 5)])
    (found,) = acme.restock_report()
    assert (found.short, found.units_waiting, found.orders_waiting, found.to_send) == (4, 5, 1, 4)


def test_nothing_short_is_an_empty_report(acme: Seller) -> None:
    """No news is no rows, not rows of zeros."""
    acme.book_in("R1", {"A": 4})
    acme.place_order("O1", {"A": 3})
    assert acme.restock_report() == ()


def test_what_is_announced_need_not_be_sent_again(acme: Seller, clock: SettableClock) -> None:
    """And whoever has announced more than is short sends nothing, not less than nothing."""
    acme.place_order("O1", {"A": 5, "B": 2, "C": 1})
    acme.announce_inbound("D1", {"A": 3, "B": 4}, expected_on=clock.now.date())
    report = acme.restock_report()
    told = {each.sku: (each.short, each.announced, each.to_send) for each in report}
    assert told == {"A": (5, 3, 2), "B": (2, 4, 0), "C": (1, 0, 1)}
