"""The law of `Orders.holders`: who holds units of a SKU, and stands last."""

from collections.abc import Mapping, Sequence

import attrs

from backorders.domain.order import Order, Rank, Stage
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    HOUR,
    IDS_IN_ORDER,
    JAM,
    NOON,
    TEA,
    MakeStore,
    content,
    holders_of,
    ids,
    line,
    order,
    reading,
    renumbered,
    save,
    two_sellers,
)

_MAIN = WarehouseId("MAIN")
_EAST = WarehouseId("EAST")


def _shuffled(orders: Sequence[Order]) -> list[Order]:
    """Return the orders in another order, the same each time."""
    return sorted(orders, key=content)


def _held() -> list[Order]:
    """Return orders that hold TEA, highest rank first."""
    return [
        order("H1", line(TEA, 3, MAIN=1), priority=9),
        order("H2", line(TEA, 3, EAST=3), placed_at=NOON - HOUR),
        *(order(name, line(TEA, 5, MAIN=1, EAST=1), first_id="A") for name in IDS_IN_ORDER),
        order("H4", line(JAM, 3), line(TEA, 2), line(TEA, 4, MAIN=2), line(TEA, 3, MAIN=1)),
        order("H5", line(TEA, 3, MAIN=1), priority=-1),
    ]


def check_holders_are_listed_lowest_rank_first(make_store: MakeStore) -> None:
    """`holders` lists, each once, the orders in a stage that hold the SKU, lowest rank first."""
    held = _held()
    with_the_warehouse = [
        attrs.evolve(
            each,
            order_id=OrderId(f"P{place}"),
            first_id=OrderId(f"P{place}"),
            stage=Stage.PROCESSED,
        )
        for place, each in enumerate(held[:3])
    ]
    others = [
        order("holds another", line(JAM, 3, MAIN=2), line(TEA, 5)),
        order("gone", line(TEA, 3, MAIN=3), stage=Stage.DESPATCHED),
    ]
    with (
        two_sellers(make_store, *_shuffled([*held, *with_the_warehouse, *others])) as store,
        reading(store) as uow,
    ):
        assert holders_of(uow, TEA) == held[::-1]
        processed = holders_of(uow, TEA, stage=Stage.PROCESSED)
        expected = sorted(with_the_warehouse, key=lambda each: each.rank, reverse=True)
        assert processed == expected
        assert holders_of(uow, Sku("NO")) == []


def check_holders_may_be_those_of_one_warehouse(make_store: MakeStore) -> None:
    """With a warehouse, `holders` lists only those who hold units of the SKU there."""
    held = [*_held(), order("H6", line(TEA, 1, EAST=1), line(JAM, 1, MAIN=1), priority=-2)]
    with two_sellers(make_store, *held) as store, reading(store) as uow:
        for warehouse in (_MAIN, _EAST):
            there = [each for each in held if (TEA, warehouse) in each.holding()]
            assert 0 < len(there) < len(held)
            assert holders_of(uow, TEA, warehouse) == there[::-1]
        assert holders_of(uow, TEA, WarehouseId("main")) == []


def check_holders_go_on_before_a_rank(make_store: MakeStore) -> None:
    """`holders` returns at most `limit` orders, strictly ahead of the given rank."""
    held = _held()
    with two_sellers(make_store, *held) as store, reading(store) as uow:
        for place, each in enumerate(held):
            ahead = held[:place][::-1]
            for limit in (1, 3, 99):
                found = holders_of(uow, TEA, before=each.rank, limit=limit)
                assert ids(found) == ids(ahead[:limit])


def check_holders_of_many_skus_are_found_at_once(make_store: MakeStore) -> None:
    """Each SKU has its own start, and as many holders as the limit allows, found for it alone."""
    held = _held()
    jam = [order(f"J{n}", line(JAM, 2, MAIN=1), line(TEA, 1), priority=n) for n in (9, -5, -9)]
    with two_sellers(make_store, *_shuffled([*held, *jam])) as store, reading(store) as uow:
        none: Mapping[Sku, Rank | None] = {}
        assert uow.orders.holders(none, None, Stage.OPEN, 9) == {}
        starts = {TEA: held[3].rank, JAM: None, Sku("NO"): jam[0].rank}
        for limit in (1, 2, 99):
            found = uow.orders.holders(starts, None, Stage.OPEN, limit)
            assert ids(found[TEA]) == ids(held[:3][::-1][:limit])
            assert ids(found[JAM]) == ids(jam[::-1][:limit])
            assert ids(found.get(Sku("NO"), ())) == []


def check_holders_follow_every_change(make_store: MakeStore) -> None:
    """Who lost the units, or left the stage, is no longer among the holders; who got some is."""
    first, second = order("O1", line(TEA, 4, MAIN=4)), order("O2", line(TEA, 4))

    def holders(store: Store, stage: Stage) -> list[str]:
        with reading(store) as uow:
            return ids(holders_of(uow, TEA, _MAIN, stage=stage))

    with two_sellers(make_store, first, second) as store:
        first = save(store, first, attrs.evolve(first, lines=renumbered(line(TEA, 4, EAST=1))))
        second = save(store, second, attrs.evolve(second, lines=renumbered(line(TEA, 4, MAIN=4))))
        assert holders(store, Stage.OPEN) == ["O2"]
        second = save(store, second, attrs.evolve(second, stage=Stage.PROCESSED))
        assert (holders(store, Stage.OPEN), holders(store, Stage.PROCESSED)) == ([], ["O2"])
        save(store, second, attrs.evolve(second, stage=Stage.DESPATCHED))
        assert (holders(store, Stage.OPEN), holders(store, Stage.PROCESSED)) == ([], [])
