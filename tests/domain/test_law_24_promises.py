"""Law 24: a promise is kept when the world does what was announced."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backorders import (
    Backorders,
    BookingIn,
    ClaimPolicy,
    Order,
    Promise,
    Prospect,
    Seller,
    UnknownOrder,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain.allocation import WaitingOrder
from backorders.domain.days import day_of
from backorders.domain.looking_ahead import Reach, Supply, hopeful
from backorders.domain.order import Rank
from backorders.domain.shelf import Shelf
from backorders.domain.values import MAIN, InboundId, OrderId, Sku, WarehouseId
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, call, histories, play, unit_maps, warehouses
from tests.support.rows import rows_of
from tests.support.state import ORDER_IDS, SKUS, dump
from tests.support.time_goes_on import bookings

MONDAY = START.date()
ZONES = ("UTC", "America/New_York", "Asia/Tokyo", "Europe/London")
"""In New York, clocks go forward on the Sunday after `START`."""


@st.composite
def deliveries(draw: st.DrawFn) -> list[Call]:
    """Return announcements: some late, some there and due or overdue, some booked in in part."""
    found: list[Call] = []
    for number in range(draw(st.integers(1, 6))):
        name, place = f"D{number}", draw(warehouses)
        lines: dict[str, int] = draw(unit_maps)
        day = MONDAY + timedelta(days=draw(st.integers(-4, 12)))
        found.append(call("announce_inbound", name, lines, expected_on=day, warehouse=place))
        if draw(st.integers(0, 2)) == 0:
            at = START - timedelta(days=draw(st.integers(0, 6)))
            found.append(call("inbound_arrived", name, at=at))
            if draw(st.booleans()):
                some = draw(unit_maps)
                found.append(
                    call("book_in", f"part of {name}", some, warehouse=place, inbound=name)
                )
        if draw(st.integers(0, 7)) == 0:
            found.append(call("close_inbound", name))
    return found


@st.composite
def waiting(draw: st.DrawFn) -> list[Call]:
    """Return a backlog in which many orders want the same few units, and each in its own way."""
    few = st.dictionaries(st.sampled_from(SKUS), st.integers(1, 3), min_size=1, max_size=3)
    return [
        call(
            "place_order",
            order_id,
            draw(few),
            claim=draw(st.sampled_from(ClaimPolicy)),
            priority=draw(st.integers(0, 1)),
            warehouse=draw(st.sampled_from([None, None, "MAIN", "EAST"])),
        )
        for order_id in draw(st.permutations(ORDER_IDS))
    ]


@attrs.frozen
class World:
    """A seller at some moment, with a backlog and with something announced."""

    seller: Seller
    clock: SettableClock
    hour: int

    def promises(self) -> dict[str, Promise]:
        """Return what is promised to each order on back order."""
        return {found.order_id: found for found in self.seller.promises()}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Return any seller's world."""
    clock = SettableClock()
    store = MemoryStore()
    booking_in = BookingIn(working_days=draw(st.integers(0, 3)))
    acme = Backorders(store, clock=clock, booking_in=booking_in).seller("acme")
    order = draw(st.sampled_from([(), ("WEST", "EAST"), ("MAIN",)]))
    acme.configure(time_zone=draw(st.sampled_from(ZONES)), warehouses=order)
    hour = draw(st.integers(0, 22))
    clock.advance(hours=draw(st.integers(0, 23)))
    play(draw(waiting() | histories(most=5)), acme)
    play(draw(deliveries()), acme)
    return World(acme, clock, hour)


def _gains(before: Mapping[str, Order], after: Mapping[str, Order]) -> dict[str, Counter[str]]:
    """Return order id → SKU → units that it has more."""
    found = {}
    for order_id, order in after.items():
        more = Counter(dict(order.units_held.items()))
        more.subtract(before[order_id].units_held)
        if +more:
            found[order_id] = Counter({str(sku): units for sku, units in (+more).items()})
    return found


@settings(max_examples=60)
@given(world=worlds())
def test_a_promise_is_kept_when_the_world_does_what_was_announced(world: World) -> None:
    """To the day; who was promised none is not released; each gets what it was told it would.

    Each delivery comes on its day and is booked in on the day it is due by the real use cases.
    """
    promised = world.promises()
    before = dump(world.seller).orders
    assert promised.keys() == {
        order.order_id for order in before.values() if order.is_on_back_order
    }
    waiting = set(promised)
    released: dict[str, date] = {}
    gained: dict[str, dict[str, Counter[str]]] = {order_id: {} for order_id in promised}
    for day, inbound_id in bookings(world.seller, world.clock, hour=world.hour):
        after = dump(world.seller).orders
        for order_id, more in _gains(before, after).items():
            gained[order_id][inbound_id] = more
        gone = {order_id for order_id in waiting if not after[order_id].is_on_back_order}
        released.update(dict.fromkeys(gone, day))
        waiting -= gone
        before = after
    assert {i: each.on for i, each in promised.items() if each.on is not None} == released
    for order_id, each in promised.items():
        assert each.missing == before[order_id].shortages
        if before[order_id].claim is ClaimPolicy.HOLD:
            assert {share.inbound_id: share.units for share in each.shares} == gained[order_id]
        elif gained[order_id]:
            # What came before may have lain there until the rest came, and all was taken at once.
            (all_of_it,) = gained[order_id].values()
            given = Counter[str]()
            for share in each.shares:
                given.update(share.units)
            assert not given - all_of_it
            assert [*gained[order_id]][-1] in each.deliveries
        else:
            assert each.shares == ()
        assert [share.on for share in each.shares] == sorted(share.on for share in each.shares)


@settings(max_examples=60)
@given(world=worlds())
def test_one_promise_is_that_of_the_pass_over_the_whole_backlog(world: World) -> None:
    """One reads the queues of one order as far as need be, the other everything once."""
    promised = world.promises()
    assert [*promised] == list(dump(world.seller).backlog)
    for order_id, found in promised.items():
        assert world.seller.promise(order_id) == found


@pytest.fixture
def shop(clock: SettableClock) -> Seller:
    """A seller in memory, whose warehouse books in what has come on the same day."""
    app = Backorders(MemoryStore(), clock=clock, booking_in=BookingIn(working_days=0))
    return app.seller("acme")


def _on(seller: Seller, order_id: str) -> date | None:
    """Return the day promised to an order, alone and in the pass over all."""
    alone = seller.promise(order_id)
    assert alone in seller.promises()
    return alone.on


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_pinned_orders_share_what_comes_to_their_warehouse(shop: Seller) -> None:
    """Units elsewhere help none of them, and those there go by rank, to the last unit."""
    for order_id, units in (("O1", 2), ("O2", 1), ("O3", 1)):
        shop.place_order(order_id, {"TEA": units}, warehouse="EAST")
    shop.announce_inbound("D1", {"TEA": 9}, expected_on=_day(1), warehouse="MAIN")
    shop.announce_inbound("D2", {"TEA": 3}, expected_on=_day(2), warehouse="EAST")
    assert [_on(shop, name) for name in ("O1", "O2", "O3")] == [_day(2), _day(2), None]


def test_somebody_behind_counts_where_a_yield_order_is_ahead(shop: Seller) -> None:
    """What Z takes is not there for Y, which then takes from where X alone may draw."""
    shop.configure(warehouses=("MAIN", "EAST"))
    shop.place_order("Y", {"TEA": 3}, priority=2, claim=ClaimPolicy.YIELD)
    shop.place_order("X", {"TEA": 3}, priority=1, warehouse="EAST")
    shop.place_order("Z", {"TEA": 2})
    for number, (units, place) in enumerate([(2, "MAIN"), (3, "EAST"), (1, "EAST")], start=1):
        lines = {"TEA": units}
        shop.announce_inbound(f"D{number}", lines, expected_on=_day(number), warehouse=place)
    assert [_on(shop, name) for name in "YZX"] == [_day(2), _day(1), None]
    assert shop.promise("X").deliveries == ("D3",)


def test_a_yield_order_ties_the_queues_of_its_skus_together(shop: Seller) -> None:
    """Who waits for JAM decides about TEA, if an order ahead takes both or neither."""
    shop.place_order("W", {"JAM": 2}, priority=3)
    shop.place_order("Y", {"TEA": 2, "JAM": 2}, priority=2, claim=ClaimPolicy.YIELD)
    shop.place_order("X", {"TEA": 2})
    shop.announce_inbound("D1", {"TEA": 2, "JAM": 2}, expected_on=_day(1))
    assert _on(shop, "X") == _day(1)
    shop.cancel_order("W")
    assert _on(shop, "X") is None


@pytest.mark.parametrize("ahead", [198, 199])
def test_no_line_is_lost_between_two_readings_of_a_long_queue(shop: Seller, ahead: int) -> None:
    """An order whose second line comes with the next reading wants as many units as ever."""
    for number in range(ahead):
        shop.place_order(f"O{number}", {"TEA": 1})
    shop.place_order("P", [("TEA", 1), ("TEA", 2)])
    shop.place_order("Q", {"TEA": 1})
    shop.announce_inbound("D1", {"TEA": ahead + 3}, expected_on=_day(1))
    shop.announce_inbound("D2", {"TEA": 1}, expected_on=_day(2))
    assert [_on(shop, name) for name in ("P", "Q")] == [_day(1), _day(2)]


def test_whoever_can_get_nothing_is_not_kept() -> None:
    """However long the backlog: in memory are those who may get units, no more than there are."""
    kept = []
    for number in (10, 1000):
        reach = Reach(Shelf())
        reach.add([Supply(_day(1), InboundId("D1"), MAIN, {Sku("TEA"): 5, Sku("JAM"): 1})])
        kept.append(sum(hopeful(each, reach) is not None for each in _short_orders(number)))
    assert kept == [5, 5]


def test_those_ahead_take_first_of_one_warehouse_and_of_all() -> None:
    """Who draws on one warehouse may get what is there and is left, and no more than that."""
    reach = Reach(Shelf())
    tea = Sku("TEA")
    for inbound_id, warehouse, units in (("D1", "EAST", 3), ("D2", "WEST", 4)):
        supply = Supply(_day(1), InboundId(inbound_id), WarehouseId(warehouse), {tea: units})
        reach.add([supply])
    hold, all_or_nothing, east = ClaimPolicy.HOLD, ClaimPolicy.YIELD, WarehouseId("EAST")
    asked = [
        reach.may_get(tea, east, all_or_nothing, 4),
        reach.may_get(tea, east, hold, 2),
        reach.may_get(tea, east, all_or_nothing, 2),
        reach.may_get(tea, east, hold, 1),
        reach.may_get(tea, east, hold, 1),
        reach.may_get(tea, None, hold, 7),
        reach.may_get(tea, None, hold, 1),
        reach.may_get(tea, WarehouseId("WEST"), hold, 1),
    ]
    assert asked == [False, True, False, True, False, True, False, False]


def _short_orders(number: int) -> Iterator[WaitingOrder]:
    lacks = {Sku("TEA"): 1, Sku("JAM"): 1, Sku("MUG"): 1}
    for place in range(number):
        order_id = OrderId(f"O{place:04}")
        rank = Rank(0, START, order_id, order_id)
        claim = ClaimPolicy.YIELD if place % 3 == 1 else ClaimPolicy.HOLD
        yield WaitingOrder(rank, None, claim, lacks)


def test_what_came_before_and_lay_there_is_part_of_what_a_yield_order_hangs_on(
    shop: Seller,
) -> None:
    """Both deliveries give it units; it takes them when the second one comes."""
    shop.place_order("O1", {"TEA": 5, "JAM": 1}, claim=ClaimPolicy.YIELD)
    shop.announce_inbound("D1", {"TEA": 3, "JAM": 9}, expected_on=_day(1))
    shop.announce_inbound("D2", {"TEA": 3}, expected_on=_day(2))
    found = shop.promise("O1")
    assert (found.on, found.deliveries) == (_day(2), ("D1", "D2"))
    assert [share.units for share in found.shares] == [{"JAM": 1, "TEA": 3}, {"TEA": 2}]


def test_reasons_are_given_in_plain_words(shop: Seller) -> None:
    """Whoever answers the telephone can read them out."""
    said = {}

    def say(order_id: str) -> None:
        found = shop.promise(order_id)
        assert shop.order(order_id).status is found.status
        assert found.prospect is Prospect.NOT_SHORT or found in shop.promises()
        said[order_id] = (found.prospect, found.reason)

    shop.place_order("O1", {"TEA": 2, "JAM": 1})
    shop.place_order("O2", {"TEA": 4, "MUG": 1}, claim=ClaimPolicy.YIELD)
    shop.place_order("O3", {"TEA": 4})
    shop.place_order("O4", {"MUG": 1})
    shop.place_order("O5", {"MUG": 1}, warehouse="EAST")
    shop.place_order("O6", {"OIL": 1})
    shop.place_order("O7", dict.fromkeys("abcdefg", 1))
    shop.place_order("O8", {"OIL": 1})
    shop.cancel_order("O8")
    shop.announce_inbound("D1", {"TEA": 5, "JAM": 1}, expected_on=_day(1))
    shop.announce_inbound("D2", {"MUG": 9}, expected_on=_day(-1), warehouse="MAIN")
    shop.announce_inbound("D3", {"MUG": 1}, expected_on=_day(2), warehouse="MAIN")
    shop.announce_inbound("D4", {"OIL": 1}, expected_on=_day(-1))
    for number in range(1, 9):
        say(f"O{number}")
    assert said == {
        "O1": (
            Prospect.COVERED,
            (
                "It can be released on 2026-03-03: 'D1' brings 1 of 'JAM' and 2 of 'TEA' on "
                "2026-03-03."
            ),
        ),
        "O2": (
            Prospect.NOT_ENOUGH,
            (
                "No date: what is announced, and is not for others, never holds all that the order "
                "lacks at once, and it takes all or nothing (YIELD). Late, and not counted: 'D2'."
            ),
        ),
        "O3": (
            Prospect.NOT_ENOUGH,
            (
                "No date: what is announced of 'TEA' is not enough for the order and those ahead "
                "of it: 1 of 'TEA' will still be short."
            ),
        ),
        "O4": (
            Prospect.COVERED,
            "It can be released on 2026-03-04: 'D3' brings 1 of 'MUG' on 2026-03-04.",
        ),
        "O5": (
            Prospect.ELSEWHERE,
            (
                "No date: what is announced of 'MUG' is not for the warehouse 'EAST', on which "
                "alone the order draws."
            ),
        ),
        "O6": (
            Prospect.LATE,
            "No date: what is announced of 'OIL' is late, and what is late is not counted: 'D4'.",
        ),
        "O7": (
            Prospect.NOTHING_ANNOUNCED,
            "No date: no delivery of 'a', 'b', 'c', 'd', 'e' and 2 more is announced.",
        ),
        "O8": (Prospect.NOT_SHORT, "Nothing is short: the order is CANCELLED."),
    }


def test_what_is_in_the_way_of_an_order_is_named_by_product(shop: Seller) -> None:
    """All or nothing hangs on what there is too little of; just enough is not too little."""
    shop.place_order("WHOLE", {"TEA": 2, "JAM": 5}, claim=ClaimPolicy.YIELD, priority=1)
    shop.place_order("PART", [("RUM", 1), ("OIL", 1)])
    shop.announce_inbound("D1", {"TEA": 2, "JAM": 4}, expected_on=_day(1))
    whole, part = shop.promise("WHOLE"), shop.promise("PART")
    assert (whole.prospect, whole.because_of) == (Prospect.NOT_ENOUGH, ("JAM",))
    assert (part.prospect, part.because_of) == (Prospect.NOTHING_ANNOUNCED, ("OIL", "RUM"))
    assert list(part.missing) == ["OIL", "RUM"]
    assert shop.promises() == (whole, part)


def test_late_deliveries_are_named_in_order(shop: Seller) -> None:
    """Whichever product each of them was to bring."""
    shop.place_order("O1", {"JAM": 1, "TEA": 1})
    shop.announce_inbound("D2", {"JAM": 1}, expected_on=_day(-1))
    shop.announce_inbound("D1", {"TEA": 1}, expected_on=_day(-1))
    shop.announce_inbound("D3", {"TEA": 1, "JAM": 1}, expected_on=_day(-2))
    assert shop.promise("O1").late == ("D1", "D2", "D3")


def test_units_owed_to_the_queue_are_counted_as_there(shop: Seller) -> None:
    """A long queue that is still being served: whoever gets one of these needs no delivery."""
    store = shop._store
    assert isinstance(store, MemoryStore)
    for name in ("O1", "O2", "O3"):
        shop.place_order(name, {"TEA": 1})
    with store.begin("acme") as uow:
        uow.orders_per_commit = 1
        usecases.book_in("R1", {"TEA": 2}, uow=uow, now=START)
        uow.commit()
    assert [_on(shop, name) for name in ("O2", "O3")] == [MONDAY, None]
    found = shop.promise("O2")
    assert (found.prospect, found.deliveries) == (Prospect.BEING_SERVED, ())
    assert found.reason.startswith("The queue is being served")


def test_days_are_the_seller_s_own_and_clocks_that_change_move_none(clock: SettableClock) -> None:
    """On 28 March it is already the 29th in Tokyo; in London clocks go forward that night."""
    clock.now = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    app = Backorders(MemoryStore(), clock=clock, booking_in=BookingIn(working_days=2))
    found = {}
    for zone in ("Europe/London", "Asia/Tokyo"):
        acme = app.seller(zone)
        acme.configure(time_zone=zone)
        acme.place_order("O1", {"TEA": 1})
        acme.announce_inbound("D1", {"TEA": 1}, expected_on=date(2026, 3, 28))
        found[zone] = acme.promise("O1").on
        assert day_of(clock.now, zone) == date(2026, 3, 28 if zone == "Europe/London" else 29)
    assert found == {"Europe/London": date(2026, 3, 31), "Asia/Tokyo": None}


def test_the_calendar_and_the_season_of_the_app_are_the_promise_s(clock: SettableClock) -> None:
    """Whoever promises other days than the warehouse books in, promises nothing."""
    clock.now = datetime(2026, 12, 23, 9, tzinfo=UTC)
    acme = Backorders(
        MemoryStore(),
        clock=clock,
        calendar=_OnlyMondays(),
        booking_in=BookingIn(peak_working_days=3),
    ).seller("acme")
    acme.place_order("O1", {"TEA": 1})
    acme.announce_inbound("D1", {"TEA": 1}, expected_on=date(2026, 12, 24))
    assert acme.promise("O1").on == date(2027, 1, 11) == acme.promises()[0].on


class _OnlyMondays:
    def is_working_day(self, day: date) -> bool:
        return day.weekday() == 0


def test_a_promise_changes_nothing(acme: Seller) -> None:
    """Looking ahead must leave no trace, and follow what is tried."""
    acme.place_order("O1", {"TEA": 2})
    acme.place_order("O2", {"TEA": 1})
    acme.announce_inbound("D1", {"TEA": 2}, expected_on=_day(1))
    before = rows_of(acme._store)
    assert [found.on for found in acme.promises()] == [date(2026, 3, 5), None]
    with acme.what_if() as trial:
        trial.cancel_order("O1")
        assert trial.promise("O2").on == date(2026, 3, 5)
        assert [found.order_id for found in trial.promises()] == ["O2"]
    assert rows_of(acme._store) == before
    with pytest.raises(UnknownOrder):
        acme.promise("O9")
