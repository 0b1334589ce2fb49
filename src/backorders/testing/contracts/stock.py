"""The clauses about shelves: levels, the papers that change them, and what moved."""

from typing import Final

import attrs

from backorders.domain.errors import LostRace
from backorders.domain.stock import Movement, MovementKind, StockChange, StockDocument, StockLevel
from backorders.domain.values import InboundId, ReferenceId, SellerId, Sku, WarehouseId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    IDS_IN_ORDER,
    JAM,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)

_MOST: Final = 2**63 - 1


def _level(sku: str, warehouse: str, on_hand: int, allocated: int = 0) -> StockLevel:
    return StockLevel(WarehouseId(warehouse), Sku(sku), on_hand, allocated)


def _put(store: Store, *levels: StockLevel) -> None:
    """Store levels for ACME, and others in the same places for BOLT."""
    theirs = [attrs.evolve(level, on_hand=100, allocated=50) for level in levels]
    for seller_id, saved in ((BOLT, theirs), (ACME, levels)):
        with writing(store, seller_id) as uow:
            uow.stock.lock(sorted({level.sku for level in saved}))
            uow.stock.save(saved)


def _levels(store: Store, *skus: str, seller_id: SellerId = ACME) -> list[StockLevel]:
    with reading(store, seller_id) as uow:
        return list(uow.stock.levels([Sku(sku) for sku in skus]))


def _document(
    reference: str, kind: StockChange = StockChange.RECEIPT, **lines: int
) -> StockDocument:
    return StockDocument(
        kind=kind,
        reference=ReferenceId(reference),
        warehouse=WarehouseId("MAIN"),
        lines={Sku(sku): units for sku, units in lines.items()},
        at=NOON,
    )


def check_levels_come_back_as_stored(make_store: MakeStore) -> None:
    """`levels` returns what was saved of the SKU, up to 2**63 - 1 units, and nothing of another."""
    stored = [
        _level(TEA, "EAST", 5, 5),
        _level(TEA, "MAIN", _MOST, _MOST),
        _level(TEA, "WEST", 0),
        _level(JAM, "MAIN", 7, 3),
    ]
    with two_sellers(make_store) as store:
        _put(store, *stored)
        assert _levels(store, TEA) == stored[:3]
        assert _levels(store, JAM) == stored[3:]
        assert _levels(store, "tea") == []
        assert _levels(store, JAM, seller_id=BOLT) == [_level(JAM, "MAIN", 100, 50)]


def check_levels_are_by_warehouse(make_store: MakeStore) -> None:
    """`levels` come by SKU, and each SKU's by warehouse, in the order of code points."""
    stored = [_level(TEA, name, place) for place, name in enumerate(IDS_IN_ORDER)]
    others = [_level(name, "MAIN", 1) for name in IDS_IN_ORDER]
    with two_sellers(make_store) as store:
        _put(store, *stored[::-1], *others[::-1])
        assert _levels(store, TEA) == stored
        by_sku = sorted([*stored, *others], key=lambda level: level.sku)
        assert _levels(store, *IDS_IN_ORDER[::-1], "never stocked", TEA) == by_sku
        assert _levels(store) == []


def check_levels_have_exact_keys(make_store: MakeStore) -> None:
    """No two SKUs or warehouses are one, as with the ids of orders."""
    stored = [
        _level(name, CONFUSABLE_IDS[-1 - place], place + 1)
        for place, name in enumerate(CONFUSABLE_IDS)
    ]
    with two_sellers(make_store) as store:
        _put(store, *stored)
        for level in stored:
            assert _levels(store, level.sku) == [level]


def check_saving_a_level_replaces_it(make_store: MakeStore) -> None:
    """`save` writes over what a level was, makes those that are new, and leaves all others."""
    with two_sellers(make_store) as store:
        _put(store, _level(TEA, "EAST", 5, 1), _level(TEA, "MAIN", 6), _level(JAM, "EAST", 7))
        with writing(store) as uow:
            uow.stock.lock([TEA])
            uow.stock.save([_level(TEA, "EAST", 3, 3), _level(TEA, "NEW", 1)])
            assert list(uow.stock.levels([TEA])) == [
                _level(TEA, "EAST", 3, 3),
                _level(TEA, "MAIN", 6),
                _level(TEA, "NEW", 1),
            ]
        with writing(store) as uow:
            uow.stock.lock([TEA])
            uow.stock.save([])
        assert [level.on_hand for level in _levels(store, TEA)] == [3, 6, 1]
        assert _levels(store, JAM) == [_level(JAM, "EAST", 7)]
        assert _levels(store, TEA, seller_id=BOLT) == [
            _level(TEA, "EAST", 100, 50),
            _level(TEA, "MAIN", 100, 50),
        ]


def check_locking_returns_the_levels(make_store: MakeStore) -> None:
    """`lock` returns every level of the SKUs it is asked for; one never stocked has none."""
    stored = [_level("A", "MAIN", 1), _level("B", "EAST", 2, 1), _level("B", "MAIN", 3)]
    with two_sellers(make_store) as store:
        _put(store, *stored, _level("C", "MAIN", 4))
        with writing(store) as uow:
            skus = [Sku("A"), Sku("B"), Sku("NEVER STOCKED")]
            locked = uow.stock.lock(skus)
            assert sorted(locked, key=lambda level: (level.sku, level.warehouse)) == stored
            assert list(uow.stock.lock([Sku("B")])) == stored[1:]
            assert list(uow.stock.lock([])) == []
        with writing(store) as uow:
            assert list(uow.stock.lock([Sku("B"), Sku("C")], to_draw=True))[:2] == stored[1:]
        with writing(store) as uow:
            many = sorted({Sku("B"), *(Sku(f"S{number}") for number in range(3000))})
            assert list(uow.stock.lock(many)) == stored[1:]
            uow.stock.save([_level("S7", "MAIN", 1)])
        assert _levels(store, "S7") == [_level("S7", "MAIN", 1)]


def check_papers_come_back_as_handed_in(make_store: MakeStore) -> None:
    """`document` returns a receipt, count or adjustment equal in every field."""
    papers = [
        _document("R1", A=1, B=2**31 - 1),
        _document("C1", StockChange.COUNT, A=0),
        attrs.evolve(
            _document("A1", StockChange.ADJUSTMENT, B=-(2**31 - 1)),
            warehouse=WarehouseId("\N{MATHEMATICAL SCRIPT CAPITAL X}" * 255),
            at=NOON.replace(microsecond=1),
            reason="\N{MATHEMATICAL SCRIPT CAPITAL X}'\"\\%_\N{SNOWMAN}" * 166,
        ),
        attrs.evolve(_document("R2"), lines={Sku(f"S{n}"): n + 1 for n in range(2000)}),
        attrs.evolve(_document("R3"), lines={Sku(name): 1 for name in CONFUSABLE_IDS}),
        attrs.evolve(_document("R4", A=1), inbound=InboundId(CONFUSABLE_IDS[-1])),
    ]
    with two_sellers(make_store) as store:
        for seller_id, at in ((BOLT, NOON + HOUR), (ACME, None)):
            with writing(store, seller_id) as uow:
                for paper in papers:
                    uow.stock.add_document(attrs.evolve(paper, at=at or paper.at))
        with reading(store) as uow:
            for paper in papers:
                assert uow.stock.document(paper.kind, paper.reference) == paper
        with reading(store, BOLT) as uow:
            theirs = uow.stock.document(StockChange.RECEIPT, ReferenceId("R1"))
            assert theirs == attrs.evolve(papers[0], at=NOON + HOUR)


def check_papers_have_three_kinds_of_id(make_store: MakeStore) -> None:
    """A receipt, a count and an adjustment may have the same id; other ids name nothing."""
    with two_sellers(make_store) as store:
        with writing(store, BOLT) as uow:
            uow.stock.add_document(_document("theirs", A=1))
        for place, kind in enumerate(StockChange):
            with writing(store) as uow:
                uow.stock.add_document(_document("X1", kind, A=place + 1))
        with reading(store) as uow:
            for place, kind in enumerate(StockChange):
                expected = _document("X1", kind, A=place + 1)
                assert uow.stock.document(kind, ReferenceId("X1")) == expected
                for other in ("x1", "X1 ", "X_", "X%", "theirs"):
                    assert uow.stock.document(kind, ReferenceId(other)) is None


def check_adding_a_known_paper_loses_the_race(make_store: MakeStore) -> None:
    """`add_document` raises `LostRace` for an id of its kind that is taken; the first one stays."""
    first = _document("R1", A=1)
    with two_sellers(make_store) as store:
        with writing(store) as uow:
            uow.stock.add_document(first)

        def add_again() -> None:
            with writing(store) as uow:
                uow.stock.add_document(_document("R2", A=3))
                uow.stock.add_document(_document("R1", A=2))

        assert_raises(LostRace, add_again, "a receipt was added over another")
        with reading(store) as uow:
            assert uow.stock.document(StockChange.RECEIPT, ReferenceId("R1")) == first
            assert uow.stock.document(StockChange.RECEIPT, ReferenceId("R2")) is None


def check_movements_add_up(make_store: MakeStore) -> None:
    """`move` keeps every movement: those of one paper, of the same figures, up and down."""

    def movement(kind: MovementKind, reference: str, warehouse: str, units: int) -> Movement:
        return Movement(kind, reference, WarehouseId(warehouse), TEA, units, NOON)

    receipt, despatch = MovementKind.RECEIPT, MovementKind.DESPATCH
    with two_sellers(make_store) as store:
        with writing(store, BOLT) as uow:
            uow.stock.move([movement(receipt, "R1", "MAIN", 1000)])
        with writing(store) as uow:
            uow.stock.move([movement(receipt, "R1", "MAIN", 5), movement(receipt, "R1", "EAST", 1)])
            uow.stock.move([movement(receipt, "R2", "MAIN", 5)])
            uow.stock.move([])
        with writing(store) as uow:
            # The same id, on a paper of another kind.
            uow.stock.move([movement(despatch, "R1", "MAIN", -2)])
            uow.stock.move([movement(MovementKind.COUNT, "R1", "EAST", -1)])
            uow.stock.move([movement(MovementKind.ADJUSTMENT, "R1", "WEST", _MOST)])
        with reading(store) as uow:
            sums = {level.warehouse: level.movements for level in uow.audit.levels()}
        assert {name: units for name, units in sums.items() if units} == {"MAIN": 8, "WEST": _MOST}
