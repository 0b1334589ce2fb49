"""The clauses about what happened, and about what the seller has chosen."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

import attrs

from backorders.domain import events, inbound_events, limits
from backorders.domain.backlog_days import Turn
from backorders.domain.events import Event, OrderEvent, OrderPlaced, StockEvent
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy
from backorders.domain.settings import Settings
from backorders.domain.values import InboundId, OrderId, ReferenceId, SellerId, WarehouseId
from backorders.ports.storage import Entry, Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    JAM,
    NOON,
    TEA,
    MakeStore,
    order,
    reading,
    two_sellers,
    writing,
)

_AT: Final = NOON.replace(microsecond=123_456)
_ODD: Final = "\N{MATHEMATICAL SCRIPT CAPITAL X}'\"\\%_\N{SNOWMAN}" * 166


def order_events(order_id: str) -> list[OrderEvent]:
    """Return an event of each kind that an order can have, with every shape of value."""
    this = OrderId(order_id)
    units = {TEA: 2**31 - 1, JAM: 1}
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    return [
        events.OrderPlaced(this, _AT, units, {}),
        events.OrderEdited(this, first, {TEA: -5, JAM: 3}),
        events.OrderSplit(this, last, OrderId(CONFUSABLE_IDS[-1]), units),
        events.OrderCreated(this, _AT, OrderId("parent"), units, {JAM: 1}),
        events.OrderPrioritised(this, _AT, -(2**31), 2**31 - 1),
        *(
            events.PoliciesChanged(this, _AT, ship, claim, units)
            for ship, claim in zip(ShipPolicy, ClaimPolicy, strict=True)
        ),
        *(events.HoldPlaced(this, _AT, why, None) for why in HoldReason),
        events.HoldPlaced(this, _AT, HoldReason.OTHER, last),
        events.HoldReleased(this, _AT, HoldReason.OTHER, due=True),
        events.HoldReleased(this, _AT, HoldReason.OTHER, due=False),
        events.CancellationRequested(this, _AT),
        events.CancellationRefused(this, _AT),
        events.OrderCancelled(this, _AT, _ODD),
        events.OrderCancelled(this, _AT, ""),
        events.OrderProcessed(this, _AT),
        events.OrderDespatched(this, _AT),
        events.UnitsAllocated(this, _AT, units, "book_in R1"),
        events.UnitsTaken(this, _AT, units, "count_stock C1"),
        events.WentOnBackOrder(this, _AT, units, "place_order O1"),
        events.LeftBackOrder(this, _AT, _ODD),
    ]


def _stock_events(reference: str) -> list[StockEvent]:
    this, main = ReferenceId(reference), WarehouseId("MAIN")
    return [
        events.StockBookedIn(this, _AT, main, {TEA: 1}),
        events.StockCounted(this, _AT, main, {TEA: 0}, _ODD),
        events.StockAdjusted(this, _AT, main, {TEA: -1}, ""),
    ]


def every_event(subject: str) -> list[tuple[str, Event]]:
    """Return an event of each kind there is, each with what it is about, all of one id."""
    return [
        *(("order", event) for event in order_events(subject)),
        *zip(("receipt", "count", "adjustment"), _stock_events(subject), strict=True),
        *(("inbound", event) for event in _told_of_delivery(subject)),
    ]


def _history(store: Store, order_id: str, seller_id: SellerId = ACME) -> list[OrderEvent]:
    with reading(store, seller_id) as uow:
        return list(uow.journal.history(OrderId(order_id)))


def check_events_come_back_as_told(make_store: MakeStore) -> None:
    """`history` returns events of every kind, equal in every field."""
    told = order_events("O1")
    with two_sellers(make_store, order("O1")) as store:
        for seller_id, at in ((BOLT, NOON + HOUR), (ACME, None)):
            with writing(store, seller_id) as uow:
                mine = [attrs.evolve(event, at=at or event.at) for event in told]
                uow.journal.append([Entry("O1", 1, event) for event in mine])
        assert _history(store, "O1") == told


def check_history_is_in_order(make_store: MakeStore) -> None:
    """`history` is by version, and within a version as appended, whatever hour the events say."""
    told = [
        events.OrderPrioritised(OrderId("O1"), NOON - number * HOUR, number, number + 1)
        for number in range(24)
    ]
    with two_sellers(make_store, order("O1"), order("O2")) as store:
        with writing(store) as uow:
            between = [events.OrderProcessed(OrderId("O2"), NOON)] * 3
            uow.journal.append([Entry("O2", 1, event) for event in between])
            uow.journal.append([Entry("O1", 2, event) for event in told[:12]])
            uow.journal.append([])
        with writing(store) as uow:
            later = [Entry("O1", 3 + number, event) for number, event in enumerate(told[12:])]
            uow.journal.append(later[::-1])
        assert _history(store, "O1") == told


def check_history_is_of_one_order(make_store: MakeStore) -> None:
    """`history` tells nothing of other orders, and nothing of a paper with the order's id."""
    with two_sellers(make_store) as store:
        for seller_id, at in ((BOLT, NOON + HOUR), (ACME, NOON)):
            with writing(store, seller_id) as uow:
                for name in (*CONFUSABLE_IDS, "X"):
                    event = OrderPlaced(OrderId(name), at, {TEA: 1}, {})
                    uow.journal.append([Entry(name, 1, event)])
                for told in _stock_events("X"):
                    uow.journal.append([Entry(told.reference, 1, told)])
        for name in (*CONFUSABLE_IDS, "X"):
            assert _history(store, name) == [OrderPlaced(OrderId(name), NOON, {TEA: 1}, {})]
        assert _history(store, "unknown") == _history(store, "%") == []


def check_turns_come_order_by_order(make_store: MakeStore) -> None:
    """`turns` are what begins or ends time on back order, each order's together and in order."""
    names = (*CONFUSABLE_IDS, "X")
    with two_sellers(make_store) as store:
        for seller_id, hours in ((BOLT, 9), (ACME, 0)):
            with writing(store, seller_id) as uow:
                for version in (2, 1):
                    for name in names:
                        told = order_events(name)[:: 1 if version == 1 else -1]
                        moved = [attrs.evolve(each, at=NOON + hours * HOUR) for each in told]
                        uow.journal.append([Entry(name, version, event) for event in moved])
                for event in _stock_events("X"):
                    uow.journal.append([Entry(event.reference, 1, event)])
        with reading(store) as uow:
            found = list(uow.journal.turns())
    together = [list(turns) for _, turns in groupby(found, key=lambda turn: turn.order_id)]
    assert len(together) == len(names)
    for name in names:
        turns = [attrs.evolve(e, at=NOON) for e in order_events(name) if isinstance(e, Turn)]
        assert [*turns, *reversed(turns)] in together


def _told_of_delivery(inbound_id: str) -> list[InboundEvent]:
    """Return an event of each kind that a delivery can have, with every shape of value."""
    this = InboundId(inbound_id)
    return [
        inbound_events.InboundAnnounced(
            this, NOON, WarehouseId(_ODD[:255]), {TEA: 2**31, JAM: 1}, date.max
        ),
        inbound_events.InboundMoved(this, NOON, date.max, date.min),
        inbound_events.InboundArrived(this, NOON, datetime.min.replace(tzinfo=UTC), NOON.date()),
        inbound_events.InboundBookedIn(this, NOON, ReferenceId(CONFUSABLE_IDS[-1]), {TEA: 1}),
        inbound_events.InboundClosed(this, NOON, {TEA: 1 - 2**31, JAM: 2}),
        inbound_events.InboundClosed(this, NOON, {}),
        inbound_events.InboundCancelled(this, NOON.replace(microsecond=123_456)),
    ]


def check_events_of_deliveries_come_back_as_told(make_store: MakeStore) -> None:
    """`inbound_history` is by version, and within one as appended, and tells of one delivery.

    An order and a delivery of the same id have histories of their own.
    """
    told = _told_of_delivery("X1")
    placed = OrderPlaced(OrderId("X1"), NOON, {TEA: 1}, {})
    with two_sellers(make_store) as store:
        for seller_id, at in ((BOLT, NOON + HOUR), (ACME, None)):
            with writing(store, seller_id) as uow:
                mine = [attrs.evolve(event, at=at or event.at) for event in told]
                uow.journal.append([Entry("X1", 2, event) for event in mine[4:]])
                uow.journal.append([Entry("X1", 1, event) for event in mine[:4]])
                uow.journal.append([Entry("X1", 1, attrs.evolve(placed, at=at or NOON))])
                others = [event for name in ("x1", "X2") for event in _told_of_delivery(name)]
                uow.journal.append([Entry(event.inbound_id, 1, event) for event in others])
        with reading(store) as uow:
            assert list(uow.journal.inbound_history(InboundId("X1"))) == told
            assert list(uow.journal.history(OrderId("X1"))) == [placed]
            assert list(uow.journal.inbound_history(InboundId("unknown"))) == []
            assert list(uow.journal.history(OrderId("X2"))) == []


def check_settings_come_back_as_put(make_store: MakeStore) -> None:
    """`get` returns `None` until settings are put, then the last that were."""
    chosen = [
        Settings(),
        Settings(
            time_zone="America/Argentina/ComodRivadavia",
            ship=ShipPolicy.AS_AVAILABLE,
            claim=ClaimPolicy.YIELD,
            warehouses=tuple(WarehouseId(name) for name in CONFUSABLE_IDS[::-1]),
            order_delay=limits.ORDER_DELAY,
        ),
        Settings(warehouses=(WarehouseId("B"), WarehouseId("A"))),
        Settings(order_delay=timedelta(microseconds=1)),
        Settings(warehouses=tuple(WarehouseId(f"{n:0255}") for n in range(limits.WAREHOUSES))),
    ]
    with two_sellers(make_store) as store:
        with reading(store, SellerId("newcomer")) as uow:
            assert uow.settings.get() is None
        with writing(store, BOLT) as uow:
            uow.settings.put(Settings(time_zone="Europe/London"))
        for settings in chosen:
            with writing(store) as uow:
                uow.settings.put(settings)
                assert uow.settings.get() == settings
            with reading(store) as uow:
                assert uow.settings.get() == settings
        with reading(store, BOLT) as uow:
            assert uow.settings.get() == Settings(time_zone="Europe/London")
