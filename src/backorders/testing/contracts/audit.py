"""The clauses about proof: the sums against which what is stored as a figure is held."""

import attrs

from backorders.domain.order import Stage
from backorders.domain.stock import Movement, MovementKind, StockLevel
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    BOLT,
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
    writing,
)

_MAIN = WarehouseId("MAIN")
_EAST = WarehouseId("EAST")


def _audited(store: Store) -> dict[tuple[str, str], LevelAudit]:
    with reading(store) as uow:
        found = list(uow.audit.levels())
    by_key = {(level.sku, level.warehouse): level for level in found}
    assert len(by_key) == len(found), "a level is named twice"
    return {(str(sku), str(warehouse)): level for (sku, warehouse), level in by_key.items()}


def check_audit_sums_what_is_pinned(make_store: MakeStore) -> None:
    """`audit.levels` adds up, per level, what open and processed orders hold of it, no others."""
    orders = [
        order("O1", line(TEA, 9, MAIN=1, EAST=2), line(TEA, 4, MAIN=4), line(JAM, 9, MAIN=3)),
        order("O2", line(TEA, 9, MAIN=8), stage=Stage.PROCESSED),
        order("O3", line(TEA, 90, MAIN=16), stage=Stage.DESPATCHED),
        order("O4", line(TEA, 90, MAIN=32), stage=Stage.CANCELLED),
    ]
    with two_sellers(make_store, *orders) as store:
        with writing(store) as uow:
            uow.stock.lock([JAM, TEA])
            uow.stock.save(
                [
                    StockLevel(_MAIN, TEA, 100, 64),
                    StockLevel(_EAST, TEA, 100, 2),
                    StockLevel(_EAST, JAM, 7),
                ]
            )
        found = _audited(store)
        sums = {key: (level.allocated, level.allocations) for key, level in found.items()}
        assert sums == {
            (TEA, _MAIN): (64, 1 + 4 + 8),
            (TEA, _EAST): (2, 2),
            (JAM, _EAST): (0, 0),
            # No level is stored here, but units are pinned.
            (JAM, _MAIN): (0, 3),
        }
        save(store, orders[1], attrs.evolve(orders[1], stage=Stage.DESPATCHED))
        assert _audited(store)[TEA, _MAIN].allocations == 1 + 4


def check_audit_sums_what_moved(make_store: MakeStore) -> None:
    """`audit.levels` adds up, per level, what moved, also where no level is stored."""

    def movement(sku: Sku, warehouse: WarehouseId, units: int) -> Movement:
        return Movement(MovementKind.RECEIPT, "R1", warehouse, sku, units, NOON)

    with two_sellers(make_store) as store:
        with writing(store, BOLT) as uow:
            uow.stock.move([movement(TEA, _MAIN, 500), movement(TEA, WarehouseId("FAR"), 1)])
        with writing(store) as uow:
            uow.stock.lock([JAM, TEA])
            uow.stock.save([StockLevel(_MAIN, TEA, 9), StockLevel(_MAIN, JAM, 4)])
            uow.stock.move(
                [movement(TEA, _MAIN, 5), movement(TEA, _MAIN, -2), movement(TEA, _EAST, 6)]
            )
        sums = {key: (level.on_hand, level.movements) for key, level in _audited(store).items()}
        assert sums == {(TEA, _MAIN): (9, 3), (JAM, _MAIN): (4, 0), (TEA, _EAST): (0, 6)}


def check_audit_shows_every_line(make_store: MakeStore) -> None:
    """`audit.lines` tells of every line what it asks for, what it holds, and whether it waits."""
    short = order("O1", line(TEA, 9, MAIN=1, EAST=2), line(JAM, 4, MAIN=4), line(TEA, 2))
    orders = [
        short,
        order("O2", line(TEA, 3, MAIN=3)),
        *(
            order(stage.name, line(TEA, 3, MAIN=1), stage=stage)
            for stage in (Stage.PROCESSED, Stage.DESPATCHED, Stage.CANCELLED)
        ),
    ]

    def audit(order_id: str, line_no: int, quantity: int, held: int, *, listed: bool) -> LineAudit:
        stage = Stage[order_id] if order_id in Stage.__members__ else Stage.OPEN
        return LineAudit(OrderId(order_id), line_no, stage, quantity, held, held, listed)

    closed = [
        audit(stage, 1, 3, 1, listed=False) for stage in ("PROCESSED", "DESPATCHED", "CANCELLED")
    ]
    rest = [audit("O2", 1, 3, 3, listed=False), *closed]
    with two_sellers(make_store, *orders) as store:
        with reading(store) as uow:
            assert sorted(uow.audit.lines()) == sorted(
                [
                    audit("O1", 1, 9, 3, listed=True),
                    audit("O1", 2, 4, 4, listed=False),
                    audit("O1", 3, 2, 0, listed=True),
                    *rest,
                ]
            )
        fewer = attrs.evolve(short, priority=2, lines=renumbered(line(TEA, 9, EAST=8)))
        save(store, short, fewer)
        with reading(store) as uow:
            assert sorted(uow.audit.lines()) == sorted([audit("O1", 1, 9, 8, listed=True), *rest])
