"""The clauses about reports: sums over the seller's orders, and over no one else's."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from backorders.domain.explaining import Held
from backorders.domain.first_ask import FirstAsk
from backorders.domain.order import Hold, HoldReason, Order, OrderStatus, ShipPolicy, Stage
from backorders.domain.shortages import Shortage
from backorders.domain.summary import Backlog, Standing, Times
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    HOUR,
    IDS_IN_ORDER,
    JAM,
    NOON,
    TEA,
    MakeStore,
    line,
    order,
    reading,
    renumbered,
    save,
    two_sellers,
)

_PARTS: Final = ShipPolicy.AS_AVAILABLE


def _standings(store: Store) -> dict[OrderStatus, Standing]:
    with reading(store) as uow:
        found = list(uow.reports.standings(NOON))
    by_status = {standing.status: standing for standing in found}
    assert len(by_status) == len(found), "a status is named twice"
    return by_status


def check_standings_count_every_status(make_store: MakeStore) -> None:
    """`standings` counts the orders of each status, tells the oldest, and names no other status."""
    held = (Hold(HoldReason.OTHER),)
    full, short = line(TEA, 2, MAIN=2), line(TEA, 2, MAIN=1)
    orders = [
        order("R1", full),
        order("H1", full, holds=held),
        order("H2", full, holds=held, placed_at=NOON - HOUR),
        order("B1", full, short),
        order("B2", full, short, holds=held, placed_at=NOON + HOUR),
        order("B3", short, placed_at=NOON - 2 * HOUR),
        *(
            order(f"{stage.name}{number}", short, stage=stage, placed_at=NOON - number * HOUR)
            for stage in (Stage.PROCESSED, Stage.DESPATCHED, Stage.CANCELLED)
            for number in range(4)
        ),
    ]
    with two_sellers(make_store) as store:
        assert _standings(store) == {}
    with two_sellers(make_store, *orders) as store:
        found = {status: (s.orders, s.oldest) for status, s in _standings(store).items()}
        assert found == {
            OrderStatus.READY: (1, NOON),
            OrderStatus.ON_HOLD: (2, NOON - HOUR),
            OrderStatus.ON_BACK_ORDER: (3, NOON - 2 * HOUR),
            OrderStatus.PROCESSED: (4, NOON - 3 * HOUR),
            OrderStatus.DESPATCHED: (4, NOON - 3 * HOUR),
            OrderStatus.CANCELLED: (4, NOON - 3 * HOUR),
        }
        save(store, orders[5], attrs.evolve(orders[5], lines=renumbered(full)))
        changed = {status: (s.orders, s.oldest) for status, s in _standings(store).items()}
        assert changed[OrderStatus.READY] == (2, NOON - 2 * HOUR)
        assert changed[OrderStatus.ON_BACK_ORDER] == (2, NOON)


def check_first_asks_stay_as_they_were(make_store: MakeStore) -> None:
    """`standings` adds up what orders got when they were added, whatever they were changed to.

    An order that a split made asked for nothing.
    """
    orders = [
        order("O1", line(TEA, 3, MAIN=1, EAST=2), line(JAM, 5, MAIN=4), line(TEA, 7)),
        order("O2", line(TEA, 11, MAIN=11), line(TEA, 13, MAIN=13)),
        order("O3", line(JAM, 2**31 - 1)),
    ]
    child = order("O1-2", line(TEA, 100, MAIN=100), line(JAM, 100))
    made = attrs.evolve(child, split_from=OrderId("O1"))
    less = renumbered(line(TEA, 1), line(JAM, 1), line(TEA, 1))
    full = line(TEA, 1, MAIN=1)
    first = FirstAsk(1, 0, 3, 1, 3 + 5 + 7, 3 + 4)
    second = FirstAsk(1, 1, 2, 2, 24, 24)
    none = FirstAsk(1, 0, 1, 0, 2**31 - 1, 0)
    with two_sellers(make_store, *orders, made) as store:
        found = {status: each.first_ask for status, each in _standings(store).items()}
        both = FirstAsk.sum([first, none])
        assert found == {OrderStatus.ON_BACK_ORDER: both, OrderStatus.READY: second}
        stored = save(store, orders[0], attrs.evolve(orders[0], lines=less))
        save(store, stored, attrs.evolve(stored, stage=Stage.CANCELLED))
        save(store, orders[1], attrs.evolve(orders[1], stage=Stage.DESPATCHED))
        save(store, made, attrs.evolve(made, lines=renumbered(full, full)))
        assert {status: each.first_ask for status, each in _standings(store).items()} == {
            OrderStatus.ON_BACK_ORDER: none,
            OrderStatus.CANCELLED: first,
            OrderStatus.DESPATCHED: second,
            OrderStatus.READY: FirstAsk(),
        }


def check_times_on_back_order_add_up(make_store: MakeStore) -> None:
    """`standings` adds up, to the microsecond, how long orders are and were on back order.

    An order that went there after now has waited for no time; sums may be longer than any time.
    """
    odd, long = timedelta(microseconds=1_999_999), timedelta(days=3_500_000)
    short, full = line(TEA, 2), line(TEA, 2, MAIN=2)

    def timed(each: Order, since: timedelta | None, time: timedelta | None) -> Order:
        went = None if since is None else NOON - since
        return attrs.evolve(each, back_order_since=went, back_order_time=time)

    orders = [
        timed(order("B1", short), odd, None),
        timed(order("B2", short), 3 * odd, odd),
        timed(order("B3", short), -HOUR, timedelta(0)),
        timed(order("R1", full), None, 5 * odd),
        timed(order("R2", full), None, None),
        timed(order("P1", full, stage=Stage.PROCESSED), None, None),
        *(
            timed(order(f"C{number:02}", short, stage=Stage.CANCELLED), None, long)
            for number in range(40)
        ),
    ]

    def times(lengths: Iterable[timedelta]) -> Times:
        listed = list(lengths)
        total = sum(length // timedelta(microseconds=1) for length in listed)
        return Times(len(listed), total, max(listed))

    with two_sellers(make_store, *orders) as store:
        found = {status: (s.waiting, s.waited) for status, s in _standings(store).items()}
        assert found == {
            OrderStatus.ON_BACK_ORDER: (
                times([odd, 3 * odd, timedelta(0)]),
                times([odd, timedelta(0)]),
            ),
            OrderStatus.READY: (Times(), times([5 * odd])),
            OrderStatus.PROCESSED: (Times(), Times()),
            OrderStatus.CANCELLED: (Times(), times([long] * 40)),
        }


def check_backlog_is_cut_by_when_it_was_placed(make_store: MakeStore) -> None:
    """`placed_by` counts orders on back order and what they lack: all, then by each instant."""
    full = line(TEA, 50, MAIN=50)
    orders = [
        order("B1", line(TEA, 9, MAIN=8), full, line(JAM, 4), placed_at=NOON - HOUR),
        order("B2", line(TEA, 20), line(TEA, 100), placed_at=NOON),
        order("B3", full, line(JAM, 700, MAIN=1), placed_at=NOON + timedelta(microseconds=1)),
        order("R1", full, placed_at=NOON - 2 * HOUR),
        order("P1", line(TEA, 5000), stage=Stage.PROCESSED, placed_at=NOON - 2 * HOUR),
        order("C1", line(TEA, 9000), stage=Stage.CANCELLED, placed_at=NOON - 2 * HOUR),
    ]
    with two_sellers(make_store) as store, reading(store) as uow:
        assert list(uow.reports.placed_by([])) == [Backlog(0, 0)]
        assert list(uow.reports.placed_by([NOON])) == [Backlog(0, 0)] * 2
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        hours = [NOON + 2 * HOUR, NOON, NOON - HOUR, NOON - timedelta(hours=1, microseconds=1)]
        assert list(uow.reports.placed_by(hours)) == [
            Backlog(3, 5 + 120 + 699),
            Backlog(3, 5 + 120 + 699),
            Backlog(2, 5 + 120),
            Backlog(1, 5),
            Backlog(0, 0),
        ]


def check_shortages_are_summed_by_sku(make_store: MakeStore) -> None:
    """`shortages` adds up the waiting lines of each SKU, and names the first who waits for it.

    Of several placed together that is the first by id, compared by code point.
    """
    first, *others = IDS_IN_ORDER
    orders = [
        order("late", line(TEA, 9, MAIN=8), line(TEA, 50, MAIN=50), line(TEA, 4), priority=9),
        *(order(name, line(TEA, 10), placed_at=NOON - HOUR) for name in (*others, first)),
        order("b", line(JAM, 30, MAIN=10), line(TEA, 5, MAIN=5), placed_at=NOON - 9 * HOUR),
        order("R1", line(JAM, 7, MAIN=7), placed_at=NOON - 99 * HOUR),
        order("P1", line(JAM, 5000), stage=Stage.PROCESSED, placed_at=NOON - 99 * HOUR),
    ]
    tea = Shortage(TEA, 5, 1, 13, NOON, OrderId("late"))
    jam = Shortage(JAM, 20, 1, 30, NOON - 9 * HOUR, OrderId("b"))
    some = len(IDS_IN_ORDER)
    all_tea = Shortage(TEA, 5 + 10 * some, 1 + some, 13 + 10 * some, NOON - HOUR, OrderId(first))
    for stored, expected in (([], []), (orders[:1], [tea]), (orders, [jam, all_tea])):
        with two_sellers(make_store, *stored) as store, reading(store) as uow:
            assert sorted(uow.reports.shortages()) == expected


def check_ahead_counts_better_ranks(make_store: MakeStore) -> None:
    """`ahead` counts, for each SKU, the orders that lack it and stand before a rank, by all of it.

    A SKU that nobody ahead lacks is not named.
    """
    mine = order("O5", line(TEA, 9), line(JAM, 9), first_id="O5")
    orders = [
        order("urgent", line(TEA, 2, MAIN=1), line(TEA, 5), priority=1, placed_at=NOON + HOUR),
        order("early", line(TEA, 10), line(JAM, 1, MAIN=1), placed_at=NOON - HOUR),
        order("O4", line(TEA, 100)),
        order("O1", line(TEA, 1000), first_id="O5"),
        mine,
        order("O6", line(TEA, 5), line(JAM, 5), first_id="O5"),
        order("late", line(JAM, 5), placed_at=NOON + HOUR),
        order("P1", line(JAM, 5), stage=Stage.PROCESSED, priority=9),
    ]
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        assert uow.reports.ahead(mine.rank, []) == {}
        assert uow.reports.ahead(mine.rank, [JAM]) == {}
        assert uow.reports.ahead(mine.rank, [JAM, TEA, Sku("NONE")]) == {
            TEA: Backlog(4, 6 + 10 + 100 + 1000)
        }
        assert uow.reports.ahead(orders[6].rank, [JAM]) == {JAM: Backlog(2, 9 + 5)}


def check_held_tells_what_cannot_ship(make_store: MakeStore) -> None:
    """`held` adds up what other open and processed orders hold, and of it what is held up."""
    full, short = line(TEA, 9, MAIN=1, EAST=1), line(JAM, 4)
    held = (Hold(HoldReason.OTHER),)
    orders = [
        order("mine", line(TEA, 5000, MAIN=5000)),
        order("ready", full),
        order("ready too", line(TEA, 4, EAST=4), line(TEA, 5, MAIN=5), line(JAM, 6, MAIN=6)),
        order("waits", line(TEA, 16, MAIN=16), short),
        order("held", line(TEA, 32, MAIN=32), holds=held),
        order("processed", line(TEA, 64, MAIN=64), stage=Stage.PROCESSED),
        attrs.evolve(order("ships", line(TEA, 128, EAST=128), short), ship=_PARTS),
        attrs.evolve(order("stays", line(TEA, 256, EAST=256), short), ship=_PARTS, holds=held),
        order("gone", line(TEA, 512, MAIN=512), stage=Stage.DESPATCHED),
    ]
    tea = Held(2 + 9 + 16 + 32 + 64 + 128 + 256, 2 + 16 + 32 + 256)
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        assert uow.reports.held([], without=[OrderId("mine")]) == {}
        skus = [JAM, TEA, Sku("NONE")]
        found = uow.reports.held(skus, without=[OrderId("mine")])
        assert found == {TEA: tea, JAM: Held(6, 0)}
        assert uow.reports.held([JAM], without=[OrderId("ready too")]) == {}


def check_reports_leave_orders_out(make_store: MakeStore) -> None:
    """Sums `without` some orders are those of a store that does not have them."""
    short, full = line(TEA, 2), line(TEA, 3, MAIN=3)
    orders = [
        order("B1", short, line(JAM, 7), placed_at=NOON - 3 * HOUR),
        order("B2", short, short, placed_at=NOON - 2 * HOUR),
        order("B3", line(JAM, 5), placed_at=NOON - HOUR),
        *(order("R1", full, placed_at=NOON - HOUR), order("R2", full)),
        order("C1", short, stage=Stage.CANCELLED),
    ]
    timed = [
        attrs.evolve(each, back_order_since=each.placed_at) if each.is_on_back_order else each
        for each in orders
    ]

    last = order("last", priority=-1)

    def sums(store: Store, *without: Order) -> object:
        left_out = [each.order_id for each in without]
        with reading(store) as uow:
            return (
                sorted(uow.reports.standings(NOON, without=left_out), key=str),
                list(uow.reports.placed_by([NOON - 2 * HOUR, NOON], without=left_out)),
                sorted(uow.reports.shortages(without=left_out)),
                uow.reports.ahead(last.rank, [TEA, JAM], without=left_out),
                uow.reports.held([TEA, JAM], without=left_out),
            )

    for out in (timed[:1], timed[1:2], timed[3:4], timed[:3], timed[2:], timed, []):
        with two_sellers(make_store, *(e for e in timed if e not in out)) as without_them:
            expected = sums(without_them)
        with two_sellers(make_store, *timed) as store:
            assert sums(store, *out) == expected
            assert sums(store, *out, order("unknown")) == expected


def check_first_asks_are_found_by_order(make_store: MakeStore) -> None:
    """`first_asks` returns those of the orders asked about, as they were first, and no other."""
    placed = order("O1", line(TEA, 3, MAIN=1), line(JAM, 5, MAIN=5))
    filled = order("O2", line(TEA, 2**31 - 1, MAIN=2**31 - 1))
    made = attrs.evolve(order("O1-2", line(TEA, 9)), split_from=OrderId("O1"))
    wanted = [OrderId(each) for each in ("O1", "O2", "O1-2", "unknown")]
    with two_sellers(make_store, placed, filled, made, order("O3")) as store:
        save(store, placed, attrs.evolve(placed, lines=renumbered(line(TEA, 1, MAIN=1))))
        with reading(store) as uow:
            assert uow.reports.first_asks(wanted) == {
                "O1": FirstAsk(1, 0, 2, 1, 8, 6),
                "O2": FirstAsk(1, 1, 1, 1, 2**31 - 1, 2**31 - 1),
                "O1-2": FirstAsk(),
            }
            assert uow.reports.first_asks([]) == {}
