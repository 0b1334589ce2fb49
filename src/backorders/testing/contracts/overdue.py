"""The clause about deliveries of which it is to be told that they are overdue."""

from datetime import date, timedelta
from typing import Final

import attrs

from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, SellerId, WarehouseId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    IDS_IN_ORDER,
    NOON,
    TEA,
    MakeStore,
    reading,
    two_sellers,
    writing,
)

_TODAY: Final = NOON.date()
_A_DAY: Final = timedelta(days=1)
_OPEN: Final = InboundStatus.ARRIVED


def _delivery(
    inbound_id: str, due_on: date, status: InboundStatus = _OPEN, *, told: bool = False
) -> Inbound:
    return Inbound(
        ACME,
        InboundId(inbound_id),
        WarehouseId("MAIN"),
        {TEA: 3},
        expected_on=_TODAY,
        status=status,
        arrived_at=NOON,
        due_on=due_on,
        overdue_told=told,
    )


def _put(store: Store, seller_id: SellerId, *inbounds: Inbound) -> None:
    with writing(store, seller_id) as uow:
        for inbound in inbounds:
            uow.inbounds.add(attrs.evolve(inbound, seller_id=seller_id))


def _untold(store: Store, *, today: date = _TODAY, limit: int = 99) -> list[Inbound]:
    with reading(store) as uow:
        return list(uow.inbounds.untold(today, limit))


def check_what_is_overdue_is_told_once(make_store: MakeStore) -> None:
    """`untold` returns, by id and as far as asked, what is overdue and was not told to be.

    Whoever has a delivery that may become so is named by `sellers_with_news`.
    """
    yesterday = _TODAY - _A_DAY
    overdue = [_delivery(name, yesterday) for name in IDS_IN_ORDER]
    announced = attrs.evolve(
        _delivery("expected", yesterday, InboundStatus.ANNOUNCED), arrived_at=None, due_on=None
    )
    closed = _delivery("closed", yesterday, InboundStatus.CLOSED)
    told = _delivery("told", yesterday, told=True)
    with two_sellers(make_store) as store:
        _put(store, ACME, announced, closed, told)
        assert store.outboxes.sellers_with_news() == ()
        _put(store, BOLT, _delivery("0", yesterday), _delivery("another", yesterday))
        assert store.outboxes.sellers_with_news() == (BOLT,)
        assert _untold(store) == []
        _put(store, ACME, *overdue[::-1], _delivery("due", _TODAY))
        assert store.outboxes.sellers_with_news() == (ACME, BOLT)
        assert _untold(store) == overdue
        assert _untold(store, limit=2) == overdue[:2]
        assert _untold(store, today=yesterday) == []
        assert len(_untold(store, today=_TODAY + _A_DAY)) == len(overdue) + 1
        with writing(store) as uow:
            uow.inbounds.save(overdue[0], attrs.evolve(overdue[0], overdue_told=True, version=2))
        assert _untold(store) == overdue[1:]
