"""The summary equals what anybody can count on the face, order by order."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from backorders import (
    Age,
    Backorders,
    FirstAsk,
    HoldReason,
    Order,
    OrderStatus,
    Seller,
    Summary,
    Times,
)
from backorders.adapters.memory import MemoryStore
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, call, histories
from tests.support.state import dump

MICROSECOND = timedelta(microseconds=1)
BOUNDS = [timedelta(days=days) for days in (0, 1, 3, 7, 14, 30)]


@given(histories())
def test_summary_equals_a_count_order_by_order(history: list[Call]) -> None:
    """A figure on the desk that no list of orders bears out is worse than none."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    asked: dict[str, Order] = {}
    for one in history:
        clock.advance(hours=7)
        for order in _placed(one.on(acme)) if one.name.startswith("place_order") else ():
            asked.setdefault(order.order_id, order)
    orders = list(dump(acme).orders.values())
    summary = acme.summary()

    assert summary.by_status == {
        status: sum(1 for order in orders if order.status is status) for status in OrderStatus
    }
    waiting = [order for order in orders if order.is_on_back_order]
    assert summary.units_short == sum(_short(order) for order in waiting)
    assert summary.oldest_back_order == min((o.placed_at for o in waiting), default=None)
    assert summary.ages == tuple(
        Age(start, end, len(found), sum(map(_short, found)))
        for start, end in zip(BOUNDS, [*BOUNDS[1:], None], strict=True)
        for found in [
            [
                order
                for order in waiting
                if (start == BOUNDS[0] or clock.now - order.placed_at >= start)
                and (end is None or clock.now - order.placed_at < end)
            ]
        ]
    )
    cancelled = {order.order_id for order in orders if order.status is OrderStatus.CANCELLED}
    first = [order for order_id, order in asked.items() if order_id not in cancelled]
    lines = [line for order in first for line in order.lines]
    _assert_rate(summary.order_fill_rate, [not order.is_on_back_order for order in first])
    _assert_rate(summary.line_fill_rate, [not line.shortage for line in lines])
    units = [unit < line.allocated for line in lines for unit in range(line.quantity)]
    _assert_rate(summary.unit_fill_rate, units)
    since = [order.back_order_since for order in waiting]
    assert summary.on_back_order == _times([clock.now - at for at in since if at is not None])
    times = [order.back_order_time for order in orders if order.order_id not in cancelled]
    assert summary.released == _times([time for time in times if time is not None])


def _placed(result: object) -> Iterable[Order]:
    if isinstance(result, Order):
        return [result]
    return result if isinstance(result, tuple) else []


def _short(order: Order) -> int:
    return sum(order.shortages.values())


def _assert_rate(rate: float, filled: list[bool]) -> None:
    assert rate == (sum(filled) / len(filled) if filled else 1.0)


def _times(lengths: list[timedelta]) -> Times:
    total = sum(length // MICROSECOND for length in lengths)
    return Times(len(lengths), total, max(lengths, default=timedelta()))


def test_summary_of_a_seller_who_has_nothing() -> None:
    """Nothing was asked for, so nothing was refused: the fill rates are 1, and no mean fails."""
    summary = Backorders(MemoryStore()).seller("nobody").summary()
    assert summary.by_status == dict.fromkeys(OrderStatus, 0)
    assert (summary.units_short, summary.oldest_back_order) == (0, None)
    rates = (summary.order_fill_rate, summary.line_fill_rate, summary.unit_fill_rate)
    assert rates == (1.0, 1.0, 1.0)
    assert [(age.orders, age.units_short) for age in summary.ages] == [(0, 0)] * 6
    assert (summary.on_back_order.mean, summary.released.longest) == (timedelta(), timedelta())


def test_fill_rates_are_of_the_first_ask_whatever_came_later(
    acme: Seller, clock: SettableClock
) -> None:
    """Whoever was told "not in stock" was told so, whatever was delivered or edited since."""
    acme.book_in("R1", {"A": 4, "B": 1})
    acme.place_order("O1", {"A": 3, "B": 1})
    acme.place_order("O2", [("A", 1), ("A", 2), ("B", 1)])
    acme.place_order("O3", {"C": 100})
    _assert_summary_is_sound(acme)
    clock.advance(hours=5)
    acme.split_order("O2")
    acme.book_in("R2", {"A": 50, "B": 50})
    acme.process_order("O1")
    acme.cancel_order("O3")
    summary = acme.summary()
    assert summary.first_ask == FirstAsk(2, 1, 5, 3, 8, 5)
    assert (summary.order_fill_rate, summary.line_fill_rate) == (1 / 2, 3 / 5)
    assert summary.unit_fill_rate == 5 / 8
    # O2 left by the split, what was split off by the delivery.
    assert summary.released == Times(2, 2 * 5 * 3600 * 1_000_000, timedelta(hours=5))
    assert summary.released.mean == timedelta(hours=5)
    _assert_summary_is_sound(acme)


def _assert_summary_is_sound(acme: Seller) -> None:
    summary = acme.summary()
    assert sum(age.units_short for age in summary.ages) == summary.units_short
    back_orders = summary.by_status[OrderStatus.ON_BACK_ORDER]
    assert sum(age.orders for age in summary.ages) == back_orders == summary.on_back_order.orders


def test_ages_are_told_by_the_instant(acme: Seller, clock: SettableClock) -> None:
    """An order of exactly a week is a week old; one that is placed ahead of its time is young."""
    placed = [
        clock.now + timedelta(days=4000),
        clock.now - timedelta(days=7),
        clock.now - timedelta(days=7) + MICROSECOND,
        datetime.min.replace(tzinfo=UTC),
    ]
    for number, at in enumerate(placed):
        acme.place_order(f"O{number}", {"A": 10**number}, placed_at=at)
    ages = [(age.orders, age.units_short) for age in acme.summary().ages]
    assert ages == [(1, 1), (0, 0), (1, 100), (1, 10), (0, 0), (1, 1000)]


def test_every_status_is_counted_under_its_name(acme: Seller) -> None:
    """Each order has one status, and it is the one that the order itself says."""
    acme.book_in("R1", {"A": 8})
    for order_id, then in {
        "READY": [],
        "ON_HOLD": [call("hold_order", "ON_HOLD", HoldReason.FRAUD_RISK)],
        "PROCESSED": [call("process_order", "PROCESSED")],
        "DESPATCHED": [call("process_order", "DESPATCHED"), call("despatch_order", "DESPATCHED")],
        "CANCELLED": [call("cancel_order", "CANCELLED")],
    }.items():
        acme.place_order(order_id, {"A": 1})
        for one in then:
            one.on(acme)
    acme.place_order("ON_BACK_ORDER", {"B": 1})
    acme.hold_order("ON_BACK_ORDER", HoldReason.OTHER)
    acme.place_order("another", {"B": 1})
    found = Counter(acme.order(name).status.name for name in OrderStatus.__members__)
    assert found == dict.fromkeys(OrderStatus.__members__, 1)
    by_status = {status.name: number for status, number in acme.summary().by_status.items()}
    assert by_status == {**found, "ON_BACK_ORDER": 2}


@pytest.mark.parametrize("days", [0, 40])
def test_summary_is_as_of_the_clock(acme: Seller, clock: SettableClock, days: int) -> None:
    """The same orders grow older without anybody touching them."""
    acme.place_order("O1", {"A": 1})
    clock.advance(days=days)
    summary: Summary = acme.summary()
    assert summary.on_back_order.longest == timedelta(days=days)
    assert summary.on_back_order.mean == timedelta(days=days)
    assert summary.ages[-1].orders == (days == 40)
    assert summary.oldest_back_order == START
