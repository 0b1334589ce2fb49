"""The clauses about orders: stored, found, changed, and never mistaken for each other."""

from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

from backorders.domain.errors import LostRace
from backorders.domain.order import (
    ClaimPolicy,
    Hold,
    HoldReason,
    Order,
    ShipPolicy,
    Stage,
)
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Saved
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    JAM,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    content,
    found,
    holders_of,
    line,
    order,
    reading,
    renumbered,
    save,
    twin,
    two_sellers,
    writing,
)

_MOST: Final = 2**31 - 1
_FIRST_MOMENT: Final = datetime.min.replace(tzinfo=UTC)
_LAST_MOMENT: Final = datetime.max.replace(tzinfo=UTC)


def _varied_orders() -> list[Order]:
    """Return orders that between them have every value that an order can have."""
    plain = order("plain")
    return [
        plain,
        order("several lines", line(TEA, 5, MAIN=2, EAST=3), line(JAM, 1), line(TEA, _MOST)),
        order("many units", line(TEA, _MOST, MAIN=_MOST)),
        order("many lines", *(line(f"S{number % 7}", number + 1, W=1) for number in range(300))),
        order("first moment", placed_at=_FIRST_MOMENT, priority=-(2**31)),
        order("last moment", placed_at=_LAST_MOMENT, priority=_MOST),
        order("microseconds", placed_at=NOON + timedelta(microseconds=1)),
        order("pinned", warehouse="EAST", first_id="plain", claim=ClaimPolicy.YIELD),
        attrs.evolve(plain, order_id=OrderId("child"), split_from=OrderId("plain")),
        order("held", holds=tuple(Hold(why) for why in HoldReason)),
        order(
            "held for a while",
            holds=(
                Hold(HoldReason.FRAUD_RISK, NOON + timedelta(microseconds=999_999)),
                Hold(HoldReason.OTHER, _LAST_MOMENT),
                Hold(HoldReason.ORDER_DELAY, _FIRST_MOMENT),
            ),
        ),
        attrs.evolve(
            order("asked to stop", line(TEA, 2, MAIN=2), stage=Stage.PROCESSED),
            cancellation_requested=True,
            version=7,
        ),
        *(order(stage.name, line(TEA, 2, MAIN=1), stage=stage) for stage in Stage),
        *(attrs.evolve(plain, order_id=OrderId(ship.name), ship=ship) for ship in ShipPolicy),
        *(attrs.evolve(plain, order_id=OrderId(claim.name), claim=claim) for claim in ClaimPolicy),
    ]


def check_orders_come_back_as_stored(make_store: MakeStore) -> None:
    """`find` returns an order equal in every field to the one that was added."""
    varied = _varied_orders()
    with two_sellers(make_store, *varied) as store:
        for stored in varied:
            assert found(store, stored.order_id) == [stored]
            assert found(store, stored.order_id, seller_id=BOLT) == [twin(stored)]


def check_ids_are_compared_exactly(make_store: MakeStore) -> None:
    """No two ids are one: not by case, accent, pattern, number, or length up to 255 characters.

    That goes for orders, SKUs and warehouses.
    """
    stored = [
        attrs.evolve(
            order(name, attrs.evolve(line(name, place + 2), sku=Sku(name)), warehouse=name),
            placed_at=NOON + place * HOUR,
        )
        for place, name in enumerate(CONFUSABLE_IDS)
    ]
    with two_sellers(make_store, *stored) as store:
        for place, each in enumerate(stored):
            assert found(store, each.order_id) == [each]
            with reading(store) as uow:
                (sku,) = each.skus
                waiting = uow.orders.waiting({sku: None}, 9)[sku]
                assert [(w.rank, w.shortage) for w in waiting] == [(each.rank, place + 2)]
        assert found(store, "O__", "o%", "%", "_", "x" * 253, "O1 ", " O1", "") == []


def check_find_returns_those_that_exist(make_store: MakeStore) -> None:
    """`find` leaves out what the seller does not have, however many orders it is asked for."""
    theirs = order("only theirs")
    with two_sellers(make_store, order("O1"), order("O2"), order("O3")) as store:
        with writing(store, BOLT) as uow:
            uow.orders.add([NewOrder(twin(theirs), content(theirs))])
        with reading(store) as uow:
            assert uow.orders.find([]) == {}
            assert uow.orders.find([OrderId("only theirs")]) == {}
            wanted = [OrderId(f"O{number}") for number in range(1, 5000, 2)]
            assert uow.orders.find(wanted) == {
                OrderId("O1"): order("O1"),
                OrderId("O3"): order("O3"),
            }


def check_contents_are_kept_beside_the_orders(make_store: MakeStore) -> None:
    """`contents` returns the digest that an order was added with, whatever it was changed to."""
    first, second = order("O1"), order("O2")
    with two_sellers(make_store, first, second) as store:
        save(store, first, attrs.evolve(first, priority=4))
        for seller_id, mine in ((ACME, first), (BOLT, twin(first))):
            with reading(store, seller_id) as uow:
                assert uow.orders.contents([]) == {}
                wanted = [OrderId("O1"), OrderId("O3")]
                assert uow.orders.contents(wanted) == {OrderId("O1"): content(mine)}


def check_adding_a_taken_id_loses_the_race(make_store: MakeStore) -> None:
    """`add` raises `LostRace` for an id that the seller has, and nothing of the call is kept."""
    first = order("O1")
    with two_sellers(make_store, first) as store:

        def add_again() -> None:
            with writing(store) as uow:
                newcomers = [order("O0", line(JAM, 1)), order("O1", line(JAM, 9)), order("O2")]
                uow.orders.add([NewOrder(each, "0" * 64) for each in newcomers])

        assert_raises(LostRace, add_again, "an order was added over another")
        assert found(store, "O0", "O1", "O2") == [first]
        with reading(store) as uow:
            assert uow.orders.contents([OrderId("O1")]) == {OrderId("O1"): content(first)}


def check_saving_writes_every_field(make_store: MakeStore) -> None:
    """`save` leaves the order equal to what was given: all of it, and no other order."""
    before = order(
        "O1",
        line(TEA, 9, MAIN=1, EAST=2),
        line(JAM, 4, MAIN=4),
        line(TEA, 2),
        holds=(Hold(HoldReason.OTHER), Hold(HoldReason.FRAUD_RISK, NOON)),
    )
    neighbours = [order("O0", line(TEA, 9, MAIN=1)), order("O2", line(TEA, 9, MAIN=1))]
    changes = [
        attrs.evolve(before, priority=-5),
        attrs.evolve(before, ship=ShipPolicy.AS_AVAILABLE, claim=ClaimPolicy.YIELD),
        attrs.evolve(before, holds=()),
        attrs.evolve(before, holds=(Hold(HoldReason.OTHER, NOON), Hold(HoldReason.ORDER_DELAY))),
        attrs.evolve(before, lines=before.lines[1:]),
        attrs.evolve(before, lines=(before.lines[2],)),
        attrs.evolve(before, lines=renumbered(*before.lines, line("NEW", 3, WEST=1, MAIN=1))),
        attrs.evolve(before, lines=renumbered(line("NEW", 9, EAST=7), *before.lines[1:])),
        attrs.evolve(before, lines=renumbered(line(TEA, 9, EAST=3), line(JAM, 4), line(TEA, 2))),
        attrs.evolve(before, lines=renumbered(line(TEA, 3, MAIN=1, EAST=2), *before.lines[1:])),
        attrs.evolve(before, stage=Stage.PROCESSED, cancellation_requested=True),
        attrs.evolve(before, stage=Stage.DESPATCHED),
        attrs.evolve(before, stage=Stage.CANCELLED, holds=(), lines=renumbered(line(TEA, 9))),
    ]
    with two_sellers(make_store, before, *neighbours) as store:
        stored = before
        for changed in changes:
            stored = save(store, stored, changed)
            assert found(store, "O1") == [stored]
        assert found(store, "O0", "O2") == neighbours
        assert found(store, "O0", "O1", "O2", seller_id=BOLT) == [
            twin(each) for each in (neighbours[0], before, neighbours[1])
        ]


def check_time_on_back_order_is_kept(make_store: MakeStore) -> None:
    """An order's time on back order comes back as it was added and saved, to the microsecond.

    It plays no part in whether two orders are equal.
    """
    moments = [None, NOON + timedelta(microseconds=1), _FIRST_MOMENT]
    lengths = [None, timedelta(0), timedelta(days=4000, microseconds=3)]
    times = [(since, length) for since in moments for length in lengths]
    orders = [
        attrs.evolve(order(f"O{place}"), back_order_since=since, back_order_time=length)
        for place, (since, length) in enumerate(times)
    ]
    with two_sellers(make_store, *orders) as store:

        def kept() -> list[tuple[datetime | None, timedelta | None]]:
            stored = found(store, *(each.order_id for each in orders))
            return [(each.back_order_since, each.back_order_time) for each in stored]

        assert kept() == times
        for each, (since, length) in zip(orders, reversed(times), strict=True):
            changed = attrs.evolve(each, back_order_since=since, back_order_time=length)
            save(store, each, changed)
        assert kept() == times[::-1]


def check_saving_many_writes_each(make_store: MakeStore) -> None:
    """`save` takes orders of different shape at once, and each gets its own lines and holds."""
    plain = [order(f"O{number:03}", line(TEA, number + 1)) for number in range(300)]
    with two_sellers(make_store, *plain[:3]) as store:
        with writing(store) as uow:
            uow.orders.add([NewOrder(each, content(each)) for each in plain[3:]])
        changed = [
            attrs.evolve(
                each,
                version=2,
                priority=place % 5,
                holds=(Hold(HoldReason.OTHER),) if place % 2 else (),
                lines=renumbered(
                    *(line(TEA, place + 1, MAIN=1 + place // 2) for _ in range(1 + place % 3))
                ),
            )
            for place, each in enumerate(plain)
        ]
        with writing(store) as uow:
            uow.orders.save(
                [Saved(old, new) for old, new in zip(plain[:200], changed[:200], strict=True)]
            )
        assert found(store, *(each.order_id for each in plain)) == changed[:200] + plain[200:]


def check_saving_a_stale_version_loses_the_race(make_store: MakeStore) -> None:
    """`save` raises `LostRace` unless the store has the very version that was read.

    An order that has been changed meanwhile, or is not there at all, is not written over, and
    nothing else of the call lasts.
    """
    first, second = order("O1"), order("O2")
    with two_sellers(make_store, first, second) as store:
        current = save(store, first, attrs.evolve(first, priority=1))
        unknown = order("O3")
        for stale in (first, attrs.evolve(first, version=3), unknown):

            def save_stale(stale: Order = stale) -> None:
                with writing(store) as uow:
                    late = attrs.evolve(stale, priority=9, version=stale.version + 1)
                    fine = attrs.evolve(second, priority=9, version=2)
                    uow.orders.save([Saved(second, fine), Saved(stale, late)])

            assert_raises(LostRace, save_stale, f"version {stale.version} was written over")
            assert found(store, "O1", "O2", "O3") == [current, second]


def check_what_is_written_is_read_back_within(make_store: MakeStore) -> None:
    """A unit of work sees what it has written itself, before it is committed."""
    first = order("O1")
    with two_sellers(make_store, first) as store:
        with store.begin(ACME) as uow:
            second = order("O2", line(TEA, 2, MAIN=1), warehouse="MAIN")
            uow.orders.add([NewOrder(second, content(second))])
            changed = attrs.evolve(first, priority=3, version=2)
            uow.orders.save([Saved(first, changed)])
            both = [OrderId("O1"), OrderId("O2")]
            assert uow.orders.find(both) == {both[0]: changed, both[1]: second}
            assert uow.orders.contents(both).keys() == set(both)
            assert [w.rank for w in uow.orders.waiting({TEA: None}, 9)[TEA]] == [
                changed.rank,
                second.rank,
            ]
            assert holders_of(uow, TEA, WarehouseId("MAIN")) == [second]
            again = attrs.evolve(changed, priority=4, version=3)
            uow.orders.save([Saved(changed, again)])
            assert uow.orders.find(both[:1]) == {both[0]: again}
            uow.commit()
        assert found(store, "O1", "O2") == [again, second]
