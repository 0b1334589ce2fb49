"""The clauses about queues: who waits, who holds, and in which order they are named."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.order import ClaimPolicy, Hold, HoldReason, Order, Rank, Stage
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Store
from backorders.testing.contracts.bench import (
    BOLT,
    HOUR,
    IDS_IN_ORDER,
    JAM,
    NOON,
    TEA,
    MakeStore,
    content,
    ids,
    line,
    order,
    reading,
    renumbered,
    save,
    twin,
    two_sellers,
    writing,
)

_MAIN = WarehouseId("MAIN")
_EAST = WarehouseId("EAST")


def _queue() -> list[Order]:
    """Return orders that lack TEA, in rank order: by priority, hour, first id, own id."""
    by_first_id = [order("~", first_id=name) for name in IDS_IN_ORDER]
    return [
        order("z", priority=2**31 - 1, placed_at=NOON + HOUR),
        order("y", priority=1),
        order("x", placed_at=NOON - timedelta(microseconds=1)),
        # One order may be found under each id, so the last part of the rank stands alone here …
        *(order(name, first_id="!") for name in IDS_IN_ORDER),
        # … and the part before it here.
        *(
            attrs.evolve(each, order_id=OrderId(f"{9 - place % 10}-{place}"))
            for place, each in enumerate(by_first_id)
        ),
        order("w", placed_at=NOON + timedelta(microseconds=1)),
        order("v", priority=-1, placed_at=NOON - HOUR),
        order("u", priority=-(2**31)),
    ]


def _not_waiting() -> list[Order]:
    """Return orders that do not wait for TEA, although each nearly does."""
    return [
        order("waits for another", line(JAM, 3), line(TEA, 2, MAIN=2)),
        order("has all", line(TEA, 2, MAIN=1, EAST=1)),
        *(
            order(f"is {stage.name}", line(TEA, 3, MAIN=1), stage=stage)
            for stage in (Stage.PROCESSED, Stage.DESPATCHED, Stage.CANCELLED)
        ),
    ]


def _waiting(store: Store, sku: Sku, after: Rank | None = None, limit: int = 99) -> list[Rank]:
    with reading(store) as uow:
        return [found.rank for found in uow.orders.waiting({sku: after}, limit).get(sku, ())]


def _shuffled(orders: Sequence[Order]) -> list[Order]:
    """Return the orders in another order, the same each time."""
    return sorted(orders, key=content)


def check_waiting_is_in_rank_order(make_store: MakeStore) -> None:
    """`waiting` lists the open orders that lack the SKU by priority, hour, first id and id.

    Ids compare by code point. What is closed, has all it needs, or lacks another SKU is not listed.
    """
    queue = _queue()
    with two_sellers(make_store, *_shuffled([*queue, *_not_waiting()])) as store:
        assert _waiting(store, TEA) == [each.rank for each in queue]
        assert _waiting(store, Sku("NOBODY WANTS IT")) == []


def check_waiting_tells_what_a_line_may_take(make_store: MakeStore) -> None:
    """A waiting line says what it lacks, whether it is pinned to a warehouse, and its claim."""
    orders = [
        order("O1", line(TEA, 9, MAIN=1, EAST=3)),
        order("O2", line(TEA, 2), warehouse="EAST"),
        order("O3", line(TEA, 2**31 - 1), claim=ClaimPolicy.YIELD),
        order("O4", line(JAM, 8), line(TEA, 4, MAIN=4), line(TEA, 7, MAIN=1), line(TEA, 5)),
    ]
    hold, yields = ClaimPolicy.HOLD, ClaimPolicy.YIELD
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        found = uow.orders.waiting({TEA: None}, 99)[TEA]
        ranks = [each.rank for each in orders]
        assert list(found[:3]) == [
            WaitingLine(ranks[0], None, hold, 5),
            WaitingLine(ranks[1], _EAST, hold, 2),
            WaitingLine(ranks[2], None, yields, 2**31 - 1),
        ]
        # Two lines of one order: in which order they come does not matter.
        assert sorted(found[3:], key=lambda each: each.shortage) == [
            WaitingLine(ranks[3], None, hold, 5),
            WaitingLine(ranks[3], None, hold, 6),
        ]


def check_waiting_goes_on_after_a_rank(make_store: MakeStore) -> None:
    """`waiting` returns at most `limit` lines of each SKU, of orders strictly after its rank."""
    queue = _queue()
    jams = [order(f"J{number}", line(JAM, 1), placed_at=NOON) for number in range(3)]
    ranks = [each.rank for each in queue]
    with two_sellers(make_store, *_shuffled([*queue, *jams])) as store:
        for place, rank in enumerate(ranks):
            assert _waiting(store, TEA, rank, 2) == ranks[place + 1 : place + 3]
        between = ranks[2]._replace(order_id=OrderId(ranks[2].order_id + "?"))
        assert between not in ranks
        assert _waiting(store, TEA, between, 1) == ranks[3:4]
        with reading(store) as uow:
            found = uow.orders.waiting({TEA: ranks[1], JAM: jams[0].rank, Sku("NO"): None}, 1)
            assert [each.rank for each in found[TEA]] == ranks[2:3]
            assert [each.rank for each in found[JAM]] == [jams[1].rank]
            assert not found.get(Sku("NO"))
            assert not uow.orders.waiting({}, 5)


def check_waiting_follows_every_change(make_store: MakeStore) -> None:
    """An order waits where its rank now is, and only as long as it is open and short."""
    first, second, third = (order(f"O{number}", line(TEA, 4)) for number in (1, 2, 3))
    with two_sellers(make_store, first, second, third) as store:
        second = save(store, second, attrs.evolve(second, priority=5))
        assert _waiting(store, TEA) == [second.rank, first.rank, third.rank]
        first = save(store, first, attrs.evolve(first, lines=renumbered(line(TEA, 4, MAIN=4))))
        assert _waiting(store, TEA) == [second.rank, third.rank]
        first = save(store, first, attrs.evolve(first, lines=renumbered(line(TEA, 4, MAIN=3))))
        assert _waiting(store, TEA) == [second.rank, first.rank, third.rank]
        with reading(store) as uow:
            assert [each.shortage for each in uow.orders.waiting({TEA: None}, 9)[TEA]] == [4, 1, 4]
        third = save(store, third, attrs.evolve(third, lines=renumbered(line(JAM, 4))))
        assert (_waiting(store, TEA), _waiting(store, JAM)) == (
            [second.rank, first.rank],
            [third.rank],
        )
        second = save(store, second, attrs.evolve(second, stage=Stage.CANCELLED))
        assert _waiting(store, TEA) == [first.rank]


def check_the_backlog_is_told_in_rank_order(make_store: MakeStore) -> None:
    """`backlog` yields each open order with a shortage once, in rank order, however many."""
    queue = _queue()
    many = [order(f"M{number:04}", line(JAM, 1), priority=-(2**31)) for number in range(1100)]
    waits = sorted([*queue, *many, _not_waiting()[0]], key=lambda each: each.rank)
    with (
        two_sellers(make_store, *_shuffled([*queue, *many, *_not_waiting()])) as store,
        reading(store) as uow,
    ):
        assert [each.rank for each in uow.orders.backlog()] == [each.rank for each in waits]
        # Whoever has seen enough can go on with something else.
        first = uow.orders.backlog()
        assert next(iter(first)).rank == waits[0].rank
        del first
        assert list(uow.stock.levels([TEA])) == []


def check_the_backlog_tells_what_an_order_lacks(make_store: MakeStore) -> None:
    """With each order of the backlog come its pin, its claim, and all units that it lacks."""
    orders = [
        order("O1", line(TEA, 9, MAIN=1, EAST=3), line(JAM, 2, MAIN=2)),
        order("O2", line(TEA, 2), line(JAM, 2**31 - 1), warehouse="EAST"),
        order("O3", line(TEA, 7), line(JAM, 1), line(TEA, 5, MAIN=2), claim=ClaimPolicy.YIELD),
    ]
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        ranks = [each.rank for each in orders]
        assert list(uow.orders.backlog()) == [
            WaitingOrder(ranks[0], None, ClaimPolicy.HOLD, {TEA: 5}),
            WaitingOrder(ranks[1], _EAST, ClaimPolicy.HOLD, {TEA: 2, JAM: 2**31 - 1}),
            WaitingOrder(ranks[2], None, ClaimPolicy.YIELD, {TEA: 10, JAM: 1}),
        ]


def check_waiting_skus_are_those_somebody_lacks(make_store: MakeStore) -> None:
    """`waiting_skus` names each SKU that an open order lacks, once, and no other."""
    orders = [order("O1", line("A", 2), line("B", 2, MAIN=2)), order("O2", line("A", 2))]
    with two_sellers(make_store, *orders, *_not_waiting()) as store:
        theirs = order("theirs", line("THEIRS", 1))
        with writing(store, BOLT) as uow:
            uow.orders.add([NewOrder(twin(theirs), content(theirs))])
        with reading(store) as uow:
            assert sorted(uow.orders.waiting_skus()) == ["A", JAM]


def check_back_orders_are_in_rank_order(make_store: MakeStore) -> None:
    """`on_back_order` lists, each once and in rank order, the open orders with a shortage."""
    queue = _queue()
    two_lines = order("two lines", line(TEA, 2), line(TEA, 3), line(JAM, 1), priority=-1)
    waits = sorted([*queue, two_lines, _not_waiting()[0]], key=lambda each: each.rank)
    with (
        two_sellers(make_store, *_shuffled([*queue, two_lines, *_not_waiting()])) as store,
        reading(store) as uow,
    ):
        found = uow.orders.on_back_order(sku=None, placed_before=None, after=None, limit=99)
        assert list(found) == waits


def check_back_orders_may_be_those_of_one_sku(make_store: MakeStore) -> None:
    """With a SKU, `on_back_order` lists, each once, the orders that are short of it."""
    queue = [*_queue(), order("~ two lines", line(TEA, 2), line(TEA, 3), priority=-(2**31))]
    with (
        two_sellers(make_store, *_shuffled([*queue, *_not_waiting()])) as store,
        reading(store) as uow,
    ):
        found = uow.orders.on_back_order(sku=TEA, placed_before=None, after=None, limit=99)
        assert ids(found) == ids(queue)
        found = uow.orders.on_back_order(sku=TEA, placed_before=None, after=None, limit=3)
        assert ids(found) == ids(queue[:3])
        last = queue[-2].rank
        found = uow.orders.on_back_order(sku=TEA, placed_before=None, after=last, limit=3)
        assert ids(found) == ids(queue[-1:])


def check_back_orders_may_be_those_placed_before(make_store: MakeStore) -> None:
    """With `placed_before`, `on_back_order` lists only what was placed earlier, not just then."""
    moments = [NOON + timedelta(microseconds=number) for number in range(-2, 3)]
    orders = [order(f"O{place}", placed_at=at) for place, at in enumerate(moments)]
    orders[3] = attrs.evolve(orders[3], priority=1)
    with two_sellers(make_store, *orders) as store, reading(store) as uow:
        for sku in (None, TEA):
            found = uow.orders.on_back_order(sku=sku, placed_before=NOON, after=None, limit=99)
            assert ids(found) == ["O0", "O1"]
            later = NOON + timedelta(microseconds=2)
            found = uow.orders.on_back_order(sku=sku, placed_before=later, after=None, limit=99)
            assert ids(found) == ["O3", "O0", "O1", "O2"]


def check_back_orders_go_on_after_a_rank(make_store: MakeStore) -> None:
    """`on_back_order` returns at most `limit` orders, strictly after the given rank."""
    queue = _queue()
    with two_sellers(make_store, *_shuffled(queue)) as store, reading(store) as uow:
        for place, each in enumerate(queue):
            found = uow.orders.on_back_order(sku=None, placed_before=None, after=each.rank, limit=2)
            assert ids(found) == ids(queue[place + 1 : place + 3])


def check_holds_that_ran_out_are_found(make_store: MakeStore) -> None:
    """`with_due_holds` names, once and by id, the open orders with a hold whose time has come."""
    due, later = NOON, NOON + timedelta(microseconds=1)
    names = list(IDS_IN_ORDER)
    orders = [order(name, holds=(Hold(HoldReason.OTHER, due),)) for name in names[::-1]]
    orders += [
        order("two", holds=(Hold(HoldReason.OTHER, due), Hold(HoldReason.FRAUD_RISK, due))),
        order("later", holds=(Hold(HoldReason.OTHER, later), Hold(HoldReason.FRAUD_RISK))),
        order("none"),
        *(
            order(stage.name, stage=stage, holds=(Hold(HoldReason.OTHER, due),))
            for stage in (Stage.PROCESSED, Stage.DESPATCHED, Stage.CANCELLED)
        ),
    ]
    with two_sellers(make_store, *orders) as store:
        with reading(store) as uow:
            assert list(uow.orders.with_due_holds(NOON)) == sorted([*names, "two"])
            assert list(uow.orders.with_due_holds(later)) == sorted([*names, "two", "later"])
            assert not list(uow.orders.with_due_holds(NOON - HOUR))
        save(store, orders[0], attrs.evolve(orders[0], holds=()))
        save(store, orders[1], attrs.evolve(orders[1], holds=(Hold(HoldReason.OTHER, later),)))
        with reading(store) as uow:
            left = sorted([*(each.order_id for each in orders[2 : len(names)]), "two"])
            assert list(uow.orders.with_due_holds(NOON)) == left
