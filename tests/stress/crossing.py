"""Crossing orders: processes that want the same two SKUs, half of them the other way round."""

import random
from collections import Counter

import attrs

from backorders import ClaimPolicy, StockLevel
from backorders.testing.laws import assert_levels_are_sound, assert_nothing_idles
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.opening import opened
from tests.stress.report import Report

SKUS = ("BOLT", "NUT")
SELLER = "acme"


@attrs.frozen
class Customers:
    """Those who order through one process."""

    url: str
    number: int
    seed: str
    attempts: int


@attrs.frozen
class Told:
    """What one process has done."""

    order_ids: tuple[str, ...]
    received: Counter[str]
    """SKU → units booked in."""
    calls: int
    begun: int


def run(url: str, *, seed: int, processes: int, attempts: int) -> Report:
    """Return what became of `processes` × `attempts` orders for two SKUs, in an empty database.

    The processes are the first to open it, so they make the schema and the seller as well. One in
    four calls is a delivery of one of the SKUs: it meets orders that wait for both.
    """
    report = Report()
    told = what_they_came_to(
        order,
        [Customers(url, number, f"{seed}/{number}", attempts) for number in range(processes)],
    )
    ends = [each for each in told if isinstance(each, Told)]
    report.counts["orders"] = sum(len(end.order_ids) for end in ends)
    report.counts["deliveries"] = sum(end.calls - len(end.order_ids) for end in ends)
    report.counts["repeated"] = sum(end.begun - end.calls for end in ends)
    report.violations += [each.why for each in told if isinstance(each, Failed)]
    if not report.violations:
        judge(url, ends, report)
    return report


def order(customers: Customers, start: Start) -> Told:
    """Place orders for both SKUs, and book in one of them now and then."""
    chance = random.Random(customers.seed)
    skus = SKUS if customers.number % 2 else SKUS[::-1]
    order_ids: list[str] = []
    received: Counter[str] = Counter()
    calls = 0
    start()
    with opened(customers.url) as (app, store):
        acme = app.seller(SELLER)
        while len(order_ids) < customers.attempts:
            calls += 1
            if chance.random() < 0.25:
                delivery = {chance.choice(SKUS): chance.randint(1, 24)}
                acme.book_in(f"R{customers.number}-{calls}", delivery)
                received.update(delivery)
            else:
                order_id = f"O{customers.number}-{calls}"
                lines = [(sku, chance.randint(1, 3)) for sku in skus]
                claim = chance.choice(tuple(ClaimPolicy))
                acme.place_order(order_id, lines, claim=claim)
                order_ids.append(order_id)
        return Told(tuple(order_ids), received, calls, store.begun)


def judge(url: str, ends: list[Told], report: Report) -> None:
    """Note what is wrong with what is stored."""
    with opened(url) as (app, _):
        acme = app.seller(SELLER)
        orders = [acme.order(order_id) for end in ends for order_id in end.order_ids]
        levels: dict[tuple[str, str], StockLevel] = {
            (level.sku, level.warehouse): level for sku in SKUS for level in acme.stock(sku)
        }
        for sku in SKUS:
            received = sum(end.received[sku] for end in ends)
            on_hand = sum(level.on_hand for level in levels.values() if level.sku == sku)
            report.expect(on_hand == received, f"{on_hand} of {received} {sku} are on hand")
        for law in (assert_levels_are_sound, assert_nothing_idles):
            try:
                law(orders, levels)
            except AssertionError as broken:
                report.violations.append(str(broken))
        report.violations += [str(found) for found in acme.verify()]
