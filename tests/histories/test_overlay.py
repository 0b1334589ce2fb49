"""An overlay shows, page by page, what a store shows that has all of it, and writes the same."""

from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, Stage
from backorders.adapters.memory import MemoryStore
from backorders.adapters.memory.data import SellerData
from backorders.domain.order import OrderStatus, Rank
from backorders.domain.paging import LevelPlace, Placed
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.trying import Trial
from tests.support.clock import START, SettableClock
from tests.support.histories import WAREHOUSES, Call, calls, histories, new_seller, play
from tests.support.state import NEW_IDS, ORDER_IDS, SKUS

ACME = SellerId("acme")
IDS = [OrderId(f"{name}{ending}") for name in (*ORDER_IDS, *NEW_IDS) for ending in ("", "-2")]


@given(
    stored=histories(most=8),
    tried=st.lists(calls, min_size=1, max_size=10),
    limits=st.lists(st.integers(1, 3), min_size=1, max_size=6),
)
def test_an_overlay_shows_and_writes_what_a_store_has_that_has_all_of_it(
    stored: list[Call], tried: list[Call], limits: list[int]
) -> None:
    """Whichever half of a history is only tried, each page of each queue is the same.

    Asked for after every rank there is, in pages of one to three, in any order of asking.
    """
    whole, half = MemoryStore(), MemoryStore()
    play([*stored, *tried], new_seller(whole))
    play(stored, new_seller(half))
    with half.begin(ACME) as base, whole.begin(ACME) as expected:
        trial = Trial(base)
        play(tried, Backorders(trial, clock=SettableClock()).seller(ACME))
        for limit in limits:
            assert _pages(trial.overlay, expected, limit) == _pages(expected, expected, limit)
        assert sorted(trial.overlay.orders.waiting_skus()) == sorted(expected.orders.waiting_skus())
        later = START + timedelta(days=99)
        assert trial.overlay.orders.with_due_holds(later) == expected.orders.with_due_holds(later)
        trial.overlay.commit()
        base.commit()
    assert _kept(half) == _kept(whole)


def _pages(uow: UnitOfWork, ranked: UnitOfWork, limit: int) -> list[object]:
    """Return the pages of every queue, after each rank that any order has."""
    orders = uow.orders
    ranks: list[Rank | None] = [order.rank for order in ranked.orders.find(IDS).values()]
    ranks.append(None)
    shown: list[object] = []
    for rank in ranks:
        found = orders.waiting(dict.fromkeys(map(Sku, SKUS), rank), limit)
        shown += [list(found.get(Sku(sku), ())) for sku in SKUS]
        shown += [
            orders.holders(dict.fromkeys(map(Sku, SKUS), rank), name, stage, limit)
            for name in (None, *map(WarehouseId, WAREHOUSES))
            for stage in Stage
        ]
        shown += [
            list(orders.on_back_order(sku=sku, placed_before=before, after=rank, limit=limit))
            for sku in (None, *map(Sku, SKUS))
            for before in (None, START - timedelta(days=2))
        ]
    shown += [
        list(orders.listed(status=status, newest_first=newest, after=after, limit=limit))
        for after in (None, *(Placed.of(order) for order in ranked.orders.find(IDS).values()))
        for status in (None, *OrderStatus)
        for newest in (False, True)
    ]
    levels = ranked.stock.levels(list(map(Sku, SKUS)))
    shown += [
        list(uow.stock.listed(after=after, limit=limit))
        for after in (None, *map(LevelPlace.of, levels))
    ]
    return shown


def _kept(store: MemoryStore) -> dict[str, object]:
    """Return all that is stored of the seller; the order in which it came is nothing."""
    seller = store._sellers[ACME]
    return {field.name: getattr(seller, field.name) for field in attrs.fields(SellerData)} | {
        "journal": {subject: sorted(map(repr, told)) for subject, told in seller.journal.items()},
        "appended": sorted(repr(entry) for entries in seller.appended for entry in entries),
        "levels": {sku: levels for sku, levels in seller.levels.items() if levels},
        "holding": {sku: held for sku, held in seller.holding.items() if held},
    }


def test_a_page_that_ends_within_an_order_loses_none_of_its_lines() -> None:
    """A large order has a SKU on several lines: what one page cuts off, the next may show."""
    store = MemoryStore()
    acme = new_seller(store)
    acme.place_order("O1", {"A": 1})
    acme.place_order("O2", [("A", 1), ("A", 2), ("A", 3)])
    acme.place_order("O3", {"A": 4})
    a = Sku("A")
    with store.begin(ACME) as uow:
        orders = Trial(uow).overlay.orders
        for limit in (1, 2, 3, 4, 5):
            found = orders.waiting({a: None}, limit)[a]
            assert found == uow.orders.waiting({a: None}, limit)[a]
            assert len(found) == limit
