"""Flash sale: many processes want the units of one SKU at the same moment; there are not enough."""

import random
from collections.abc import Iterator
from itertools import pairwise

import attrs

from backorders import Order
from backorders.application import Seller
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.opening import opened
from tests.stress.report import Report

SKU = "CONSOLE"
SELLER = "acme"


@attrs.frozen
class Customers:
    """Those who order through one process, one after the other, a unit each."""

    url: str
    number: int
    priorities: tuple[int, ...]


@attrs.frozen
class Told:
    """What the customers of one process were told."""

    has_unit: tuple[tuple[str, bool], ...]
    """Order id and whether the order got its unit, first to last."""
    begun: int


def run(url: str, *, seed: int, processes: int, attempts: int, units: int) -> Report:
    """Return what became of `processes` × `attempts` orders for `units` units in an empty store."""
    chance = random.Random(seed)
    report = Report()
    with opened(url) as (app, _):
        acme = app.seller(SELLER)
        acme.book_in("R1", {SKU: units})
        told = what_they_came_to(
            buy,
            [
                Customers(url, number, tuple(chance.choices((0, 0, 0, 1), k=attempts)))
                for number in range(processes)
            ],
        )
        report.counts["orders"] = processes * attempts
        report.counts["units"] = units
        ends = [each for each in told if isinstance(each, Told)]
        report.counts["repeated"] = sum(end.begun - len(end.has_unit) for end in ends)
        report.violations += [each.why for each in told if isinstance(each, Failed)]
        if not report.violations:
            judge(acme, [end.has_unit for end in ends], units, report)
        return report


def buy(customers: Customers, start: Start) -> Told:
    """Place an order for each customer."""
    with opened(customers.url) as (app, store):
        acme = app.seller(SELLER)
        start()
        has_unit = []
        for number, priority in enumerate(customers.priorities):
            order_id = f"O{customers.number}-{number}"
            order = acme.place_order(order_id, {SKU: 1}, priority=priority)
            has_unit.append((order_id, not order.is_on_back_order))
        return Told(tuple(has_unit), store.begun)


def judge(
    acme: Seller, told: list[tuple[tuple[str, bool], ...]], units: int, report: Report
) -> None:
    """Note what is wrong after the sale, and in how a delivery afterwards is given away."""
    asked = dict(answer for end in told for answer in end)
    sold = min(units, len(asked))
    (level,) = acme.stock(SKU)
    report.expect(
        (level.on_hand, level.allocated) == (units, sold), f"{sold} units should be sold: {level}"
    )
    got = [order_id for order_id, has_unit in asked.items() if has_unit]
    report.expect(len(got) == sold, f"{len(got)} orders were told that they got a unit, not {sold}")
    for order_id, has_unit in asked.items():
        found = not acme.order(order_id).is_on_back_order
        report.expect(found == has_unit, f"{order_id} was told {has_unit} and has {found}")
    for end in told:
        # No unit came back, so who comes after somebody who got none gets none either.
        report.expect(
            all(earlier or not later for (_, earlier), (_, later) in pairwise(end)),
            f"somebody got a unit after one who did not: {end}",
        )
    waiting = list(queue_of(acme))
    report.counts["waiting"] = len(waiting)
    report.expect(
        {order.order_id for order in waiting} == asked.keys() - set(got),
        "those who wait are not those who got nothing",
    )
    report.expect(
        all(ahead.rank < behind.rank for ahead, behind in pairwise(waiting)),
        "those who wait are not in rank order",
    )
    more = len(waiting) // 2 + 1
    released = acme.book_in("R2", {SKU: more}).released
    report.expect(
        list(released) == [order.order_id for order in waiting[:more]],
        f"{more} units more went to {released}",
    )
    report.violations += [str(found) for found in acme.verify()]


def queue_of(seller: Seller) -> Iterator[Order]:
    """Yield everybody who waits, in rank order, page by page."""
    page = seller.back_orders(limit=300)
    yield from page.items
    while page.next is not None:
        page = seller.back_orders(limit=300, after=page.next)
        yield from page.items
