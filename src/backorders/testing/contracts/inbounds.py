"""The clauses about announced deliveries."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import attrs

from backorders.domain.errors import LostRace
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, SellerId, Sku, WarehouseId
from backorders.ports.inbounds import Coming, Place
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    IDS_IN_ORDER,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)

_TODAY: Final = NOON.date()
_A_DAY: Final = timedelta(days=1)
_MOST: Final = 2**31 - 1
_ODD: Final = WarehouseId("\N{MATHEMATICAL SCRIPT CAPITAL X}" * 255)


def _announced(inbound_id: str, expected_on: date = _TODAY, **lines: int) -> Inbound:
    """Return a delivery of ACME; without any lines, three of TEA."""
    units = {Sku(sku): quantity for sku, quantity in (lines or {TEA: 3}).items()}
    return Inbound(ACME, InboundId(inbound_id), WarehouseId("MAIN"), units, expected_on)


def _arrived(inbound: Inbound, due_on: date, **booked_in: int) -> Inbound:
    """Return the delivery as arrived, with units booked in."""
    units = {Sku(sku): quantity for sku, quantity in booked_in.items()}
    status = InboundStatus.ARRIVED
    return attrs.evolve(inbound, status=status, arrived_at=NOON, due_on=due_on, booked_in=units)


def _closed(inbound: Inbound) -> Inbound:
    return attrs.evolve(inbound, status=InboundStatus.CLOSED)


def _twin(of: Inbound) -> Inbound:
    """Return BOLT's delivery of the same id, of which all is outstanding, and more."""
    return Inbound(BOLT, of.inbound_id, WarehouseId("EAST"), {TEA: _MOST}, date(2020, 1, 1))


def _put(store: Store, *inbounds: Inbound) -> None:
    """Store deliveries for ACME, and their twins for BOLT."""
    for seller_id, added in ((BOLT, [_twin(each) for each in inbounds]), (ACME, inbounds)):
        with writing(store, seller_id) as uow:
            for inbound in added:
                uow.inbounds.add(inbound)


def _save(store: Store, stored: Inbound, changed: Inbound) -> Inbound:
    """Write a delivery over the stored one; return it as written."""
    written = attrs.evolve(changed, version=stored.version + 1)
    with writing(store) as uow:
        uow.inbounds.save(stored, written)
    return written


def _found(store: Store, *ids: str, seller_id: SellerId = ACME) -> list[Inbound]:
    wanted = [InboundId(name) for name in ids]
    with reading(store, seller_id) as uow:
        found = uow.inbounds.find(wanted)
    return [found[name] for name in wanted if name in found]


def _listed(
    store: Store,
    *,
    status: InboundStatus | None = None,
    overdue: bool | None = None,
    today: date = _TODAY,
    after: Place | None = None,
    limit: int = 99,
) -> list[str]:
    with reading(store) as uow:
        found = uow.inbounds.listed(
            status=status, overdue=overdue, today=today, after=after, limit=limit
        )
    return [each.inbound_id for each in found]


def _coming(store: Store, skus: Iterable[Sku] | None = None) -> list[Coming]:
    with reading(store) as uow:
        return list(uow.inbounds.coming(None if skus is None else set(skus)))


def check_deliveries_come_back_as_stored(make_store: MakeStore) -> None:
    """`find` returns deliveries equal in every field, whatever stands in it."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    plain = _announced("plain")
    arrived = _arrived(_announced("arrived", date.max, A=_MOST, B=1), date.min, A=_MOST, C=7)
    many = {Sku(f"S{n:04}"): n + 1 for n in range(2000)}
    odd = {Sku(name): place + 1 for place, name in enumerate(CONFUSABLE_IDS)}
    inbounds = [
        plain,
        arrived,
        attrs.evolve(arrived, inbound_id=InboundId("twice"), booked_in={TEA: 2 * _MOST}),
        attrs.evolve(arrived, inbound_id=InboundId("early"), arrived_at=first, due_on=date.max),
        attrs.evolve(arrived, inbound_id=InboundId("late"), arrived_at=last, overdue_told=True),
        attrs.evolve(_closed(arrived), inbound_id=InboundId("closed")),
        attrs.evolve(_closed(plain), inbound_id=InboundId("called off"), cancelled=True),
        attrs.evolve(plain, inbound_id=InboundId("odd"), warehouse=_ODD, lines=odd, booked_in=odd),
        attrs.evolve(plain, inbound_id=InboundId("many"), lines=many, expected_on=date.min),
    ]
    with two_sellers(make_store) as store:
        _put(store, *inbounds)
        for inbound in inbounds:
            assert _found(store, inbound.inbound_id) == [inbound]
        assert _found(store, *(each.inbound_id for each in inbounds)) == inbounds
        assert _found(store) == _found(store, "unknown") == []
        assert _found(store, "plain", seller_id=BOLT) == [_twin(plain)]
        assert _found(store, "plain", seller_id=SellerId("newcomer")) == []


def check_delivery_ids_are_compared_exactly(make_store: MakeStore) -> None:
    """No two ids are one, as with the ids of orders; of no delivery are two SKUs one."""
    inbounds = [
        _announced(name, _TODAY + place * _A_DAY, **{CONFUSABLE_IDS[-1 - place]: place + 1})
        for place, name in enumerate(CONFUSABLE_IDS)
    ]
    with two_sellers(make_store) as store:
        _put(store, *inbounds)
        for place, inbound in enumerate(inbounds):
            assert _found(store, inbound.inbound_id) == [inbound]
            ids = [each.inbound_id for each in _coming(store, [Sku(CONFUSABLE_IDS[-1 - place])])]
            assert ids == [inbound.inbound_id]


def check_adding_a_known_delivery_loses_the_race(make_store: MakeStore) -> None:
    """`add` raises `LostRace` for an id that is taken; the first one stays, and nothing else."""
    with two_sellers(make_store) as store:
        _put(store, _announced("D1"))

        def add_again() -> None:
            with writing(store) as uow:
                uow.inbounds.add(_announced("D2"))
                uow.inbounds.add(_announced("D1", JAM=1))

        assert_raises(LostRace, add_again, "a delivery was added over another")
        assert _found(store, "D1", "D2") == [_announced("D1")]


def check_saving_a_delivery_replaces_it(make_store: MakeStore) -> None:
    """`save` writes over what a delivery was, with units that were not announced, and no other."""
    stored, other = _announced("D1", A=2, B=3), _announced("D2", A=5)
    with two_sellers(make_store) as store:
        _put(store, stored, other)
        moved = _save(store, stored, attrs.evolve(stored, expected_on=date(2027, 1, 1)))
        assert _found(store, "D1") == [moved]
        booked = _save(store, moved, _arrived(moved, _TODAY, A=2, C=1))
        assert _found(store, "D1") == [booked]
        with writing(store) as uow:
            closed = attrs.evolve(_closed(booked), overdue_told=True, version=4)
            uow.inbounds.save(booked, closed)
            assert uow.inbounds.find([InboundId("D1")]) == {"D1": closed}
            assert uow.inbounds.outstanding() == {"A": 5}
        assert _found(store, "D1", "D2") == [closed, other]
        assert _found(store, "D1", seller_id=BOLT) == [_twin(stored)]


def check_a_stale_delivery_loses_the_race(make_store: MakeStore) -> None:
    """`save` raises `LostRace`, at the latest by `commit`, unless the version is as stored."""
    stored = _announced("D1")
    with two_sellers(make_store) as store:
        _put(store, stored)
        newer = _save(store, stored, _arrived(stored, _TODAY))
        moved = attrs.evolve(stored, expected_on=date(2027, 1, 1))
        assert_raises(LostRace, lambda: _save(store, stored, moved), "a stale delivery was saved")
        unknown = _announced("D2")
        assert_raises(LostRace, lambda: _save(store, unknown, unknown), "saved, but never added")
        assert _found(store, "D1", "D2") == [newer]


def check_deliveries_are_listed_by_day(make_store: MakeStore) -> None:
    """`listed` goes by the day expected, then by id in the order of code points, as far as asked.

    It goes on after a place, whether or not a delivery stands there.
    """
    today = [_announced(name) for name in IDS_IN_ORDER]
    first = _announced("~ last by id", _TODAY - _A_DAY)
    last = _announced(" first by id"[1:], _TODAY + _A_DAY)
    in_order = [each.inbound_id for each in (first, *today, last)]
    with two_sellers(make_store) as store:
        _put(store, last, *today[::-1], first)
        assert _listed(store) == in_order
        assert _listed(store, limit=3) == in_order[:3]
        for place, inbound in enumerate((first, *today, last), start=1):
            after = Place(inbound.expected_on, inbound.inbound_id)
            assert _listed(store, after=after, limit=2) == in_order[place : place + 2]
        assert _listed(store, after=Place(_TODAY, InboundId("5"))) == in_order[4:]
        assert _listed(store, after=Place(date.max, InboundId("z"))) == []


def check_deliveries_are_listed_by_how_far_they_came(make_store: MakeStore) -> None:
    """With `status`, `listed` returns those alone; with `overdue`, those that are, or are not.

    What is closed is not overdue, nor is what has not arrived.
    """
    inbounds = [
        _announced("expected", _TODAY - 9 * _A_DAY),
        _arrived(_announced("due"), _TODAY),
        _arrived(_announced("overdue"), _TODAY - _A_DAY, TEA=3),
        _arrived(_announced("overdue too"), _TODAY - 5 * _A_DAY),
        _closed(_arrived(_announced("closed"), _TODAY - 5 * _A_DAY)),
        attrs.evolve(_closed(_announced("called off")), cancelled=True),
    ]
    with two_sellers(make_store) as store:
        _put(store, *inbounds)
        assert _listed(store, status=InboundStatus.ANNOUNCED) == ["expected"]
        assert _listed(store, status=InboundStatus.ARRIVED) == ["due", "overdue", "overdue too"]
        assert _listed(store, status=InboundStatus.CLOSED) == ["called off", "closed"]
        assert _listed(store, overdue=True) == ["overdue", "overdue too"]
        assert _listed(store, overdue=False) == ["expected", "called off", "closed", "due"]
        tomorrow, earlier = _TODAY + _A_DAY, _TODAY - 5 * _A_DAY
        assert _listed(store, overdue=True, today=tomorrow) == ["due", "overdue", "overdue too"]
        assert _listed(store, overdue=True, today=earlier) == []
        assert len(_listed(store, overdue=False, today=earlier)) == len(inbounds)
        after = Place(_TODAY, InboundId("overdue"))
        assert _listed(store, overdue=True, after=after) == ["overdue too"]
        assert _listed(store, overdue=True, status=InboundStatus.CLOSED) == []


def check_what_is_coming_is_what_is_outstanding(make_store: MakeStore) -> None:
    """`coming` names deliveries that bring more, of the SKUs asked for, by id; `outstanding` sums.

    What was booked in is not outstanding, whether announced or not; nor is anything of a delivery
    that is closed.
    """
    late = _TODAY - 9 * _A_DAY
    inbounds = [
        _announced("d", late, A=2, B=3),
        _arrived(_announced("C", A=5), _TODAY, A=4, C=9),
        _arrived(_announced("b", A=5, B=1), _TODAY, A=5),
        _arrived(_announced("all in", A=5), _TODAY, A=6),
        _closed(_announced("closed", A=5)),
    ]
    coming = [
        Coming(InboundId("C"), _TODAY, _TODAY),
        Coming(InboundId("b"), _TODAY, _TODAY),
        Coming(InboundId("d"), late, None),
    ]
    with two_sellers(make_store) as store:
        _put(store, *inbounds)
        assert _coming(store) == coming
        assert _coming(store, [Sku("A")]) == [coming[0], coming[2]]
        assert _coming(store, [Sku("B")]) == coming[1:]
        assert _coming(store, [Sku("A"), Sku("B"), Sku("C")]) == coming
        assert _coming(store, [Sku("C")]) == _coming(store, [Sku("a"), TEA]) == []
        assert _coming(store, []) == []
        with reading(store) as uow:
            assert uow.inbounds.outstanding() == {"A": 3, "B": 4}
        with reading(store, SellerId("newcomer")) as uow:
            assert uow.inbounds.outstanding() == {}
            assert list(uow.inbounds.coming(None)) == []
