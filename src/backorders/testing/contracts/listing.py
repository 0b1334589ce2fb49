"""The clauses about lists of everything: all orders, and all levels, page by page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import attrs

from backorders.domain.order import Hold, HoldReason, Order, OrderStatus, Stage
from backorders.domain.paging import LevelPlace, Placed
from backorders.domain.stock import StockLevel
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    HOUR,
    IDS_IN_ORDER,
    NOON,
    TEA,
    MakeStore,
    ids,
    line,
    order,
    reading,
    save,
    two_sellers,
    writing,
)

_MOMENT: Final = timedelta(microseconds=1)


def _every_kind() -> list[Order]:
    """Return orders in the order of the list: of each status, some placed at one moment."""
    held = (Hold(HoldReason.OTHER),)
    filled = line(TEA, 2, MAIN=2)
    same_moment = [order(name, priority=place) for place, name in enumerate(IDS_IN_ORDER)]
    return [
        order("z ready", filled, placed_at=NOON - HOUR),
        order("y short", placed_at=NOON - HOUR + _MOMENT),
        order("x held", filled, placed_at=NOON - _MOMENT, holds=held),
        *same_moment,
        order("w picked", filled, placed_at=NOON + _MOMENT, stage=Stage.PROCESSED),
        order("v gone", filled, placed_at=NOON + 2 * _MOMENT, stage=Stage.DESPATCHED),
        order("u off", placed_at=NOON + 3 * _MOMENT, stage=Stage.CANCELLED, holds=held),
        order("t short, held", placed_at=NOON + 4 * _MOMENT, holds=held),
        order("s ready", filled, placed_at=NOON + HOUR),
    ]


def _listed(
    store: Store,
    *,
    status: OrderStatus | None = None,
    newest_first: bool = False,
    after: Placed | None = None,
    limit: int = 99,
) -> Sequence[Order]:
    with reading(store) as uow:
        return uow.orders.listed(status=status, newest_first=newest_first, after=after, limit=limit)


def check_all_orders_are_listed_by_when_they_were_placed(make_store: MakeStore) -> None:
    """`listed` has each order once and whole, of any status, by `placed_at` and id; or backwards.

    Ids compare by code point. Priority plays no part.
    """
    orders = _every_kind()
    with two_sellers(make_store, *orders[::2], *orders[1::2]) as store:
        assert list(_listed(store)) == orders
        assert list(_listed(store, newest_first=True)) == orders[::-1]


def check_orders_are_listed_from_a_place_on(make_store: MakeStore) -> None:
    """`listed` returns at most `limit` orders, strictly after the place, in the way that it runs.

    There need not be an order at the place.
    """
    orders = _every_kind()
    with two_sellers(make_store, *orders[1::2], *orders[::2]) as store:
        for place in range(0, len(orders), 3):
            after = Placed.of(orders[place])
            assert ids(_listed(store, after=after, limit=2)) == ids(orders[place + 1 : place + 3])
            back = orders[:place][::-1][:2]
            assert ids(_listed(store, newest_first=True, after=after, limit=2)) == ids(back)
        between = Placed(NOON, OrderId("5"))
        assert ids(_listed(store, after=between, limit=1)) == ["9"]
        assert ids(_listed(store, newest_first=True, after=between, limit=1)) == ["10"]


def check_orders_are_listed_by_their_status(make_store: MakeStore) -> None:
    """With `status`, `listed` returns the orders that have it, page by page, and follows a change.

    An order that is short is on back order, whatever holds it.
    """
    orders = _every_kind()
    with two_sellers(make_store, *orders) as store:
        for status in OrderStatus:
            wanted = [each for each in orders if each.status is status]
            assert list(_listed(store, status=status)) == wanted
            assert list(_listed(store, status=status, newest_first=True)) == wanted[::-1]
            after = Placed.of(wanted[0])
            assert list(_listed(store, status=status, after=after, limit=2)) == wanted[1:3]
        ready, held = orders[0], orders[2]
        save(store, ready, attrs.evolve(ready, stage=Stage.PROCESSED))
        save(store, held, attrs.evolve(held, holds=()))
        assert ids(_listed(store, status=OrderStatus.PROCESSED)) == ["z ready", "w picked"]
        assert ids(_listed(store, status=OrderStatus.READY)) == ["x held", "s ready"]
        assert ids(_listed(store, status=OrderStatus.ON_HOLD)) == []


def _levels(store: Store, *, after: LevelPlace | None = None, limit: int = 99) -> list[StockLevel]:
    with reading(store) as uow:
        return list(uow.stock.listed(after=after, limit=limit))


def check_all_levels_are_listed(make_store: MakeStore) -> None:
    """`listed` has each level once, by SKU and warehouse in the order of code points.

    At most `limit` of them, strictly after the place; also those with nothing on hand.
    """
    names = IDS_IN_ORDER
    levels = [
        StockLevel(WarehouseId(warehouse), Sku(sku), place % 3, min(place % 3, 1))
        for place, sku in enumerate(names)
        for warehouse in (names if sku == "10" else names[place : place + 1])
    ]
    with two_sellers(make_store) as store:
        for seller_id in (BOLT, ACME):
            more = 9 if seller_id == BOLT else 0
            saved = [attrs.evolve(each, on_hand=each.on_hand + more) for each in levels]
            with writing(store, seller_id) as uow:
                uow.stock.lock(sorted({level.sku for level in levels}))
                uow.stock.save([*saved[1::2], *saved[::2]])
        assert _levels(store) == levels
        for place, level in enumerate(levels):
            found = _levels(store, after=LevelPlace.of(level), limit=2)
            assert found == levels[place + 1 : place + 3]
        assert _levels(store, after=LevelPlace(Sku("5"), WarehouseId("z")), limit=1) == [
            next(level for level in levels if level.sku == "9")
        ]
