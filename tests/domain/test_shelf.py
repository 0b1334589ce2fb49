"""The shelf as one call works on it: what it can give, what it owes, and what is to be written."""

from collections.abc import Iterable

from backorders.domain.order import Allocation
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel
from backorders.domain.values import Sku, WarehouseId

_TEA, _MUG, _JAM = Sku("TEA"), Sku("MUG"), Sku("JAM")
_EAST, _WEST, _NORTH = WarehouseId("EAST"), WarehouseId("WEST"), WarehouseId("NORTH")


def _shelf(*levels: StockLevel, order: Iterable[WarehouseId] = ()) -> Shelf:
    shelf = Shelf(tuple(order))
    shelf.put([_TEA, _MUG, _JAM], levels)
    return shelf


def test_levels_are_looked_up_in_one_order() -> None:
    """Two calls that lock the same levels in two orders would wait for each other for ever."""
    skus = [Sku(name) for name in "HCABGDFE"]
    assert _shelf().missing([*skus, _TEA]) == sorted(skus)


def test_one_warehouse_gives_what_it_has_and_nothing_is_not_less_than_nothing() -> None:
    """A level that is overdrawn, in the middle of a count, takes nothing from the others."""
    shelf = _shelf(StockLevel(_EAST, _TEA, 5, 3), StockLevel(_WEST, _TEA, 4, 4))
    shelf.change_on_hand(_TEA, _WEST, -3)
    assert shelf.overdrawn(_TEA, _WEST) == 3
    assert [shelf.overdrawn(_TEA, name) for name in (_EAST, _NORTH)] == [0, 0]
    assert shelf.available(_TEA) == 2
    assert [shelf.available(_TEA, name) for name in (_EAST, _WEST, _NORTH)] == [2, 0, 0]
    assert [shelf.on_hand(_TEA, name) for name in (_EAST, _NORTH)] == [5, 0]


def test_a_new_level_takes_its_place_in_the_drawing_order() -> None:
    """The seller has said which warehouse is emptied first, whichever got its units last."""
    shelf = _shelf(StockLevel(_EAST, _TEA, 5), order=[_WEST])
    shelf.change_on_hand(_TEA, _NORTH, 1)
    shelf.change_on_hand(_TEA, _WEST, 2)
    assert shelf.warehouses(_TEA) == (_WEST, _EAST, _NORTH)
    assert shelf.draw(_TEA, None, 4) == (Allocation(_WEST, 2), Allocation(_EAST, 2))


def test_two_warehouses_stand_in_the_drawing_order() -> None:
    """It is the seller's, not that of the store."""
    shelf = _shelf(StockLevel(_EAST, _TEA, 5), StockLevel(_WEST, _TEA, 5), order=[_WEST, _EAST])
    assert shelf.warehouses(_TEA) == (_WEST, _EAST)


def test_what_is_owed_to_the_backlog_is_offered_to_it_alone() -> None:
    """Until that is walked, nobody else can draw it; a SKU with nothing left owes nothing."""
    shelf = _shelf(
        StockLevel(_EAST, _TEA, 2, 2, owed=True),
        StockLevel(_WEST, _TEA, 3, 1, owed=True),
        StockLevel(_EAST, _MUG, 1, 1, owed=True),
        StockLevel(_EAST, _JAM, 1),
    )
    assert shelf.kept_back() == {_TEA}
    assert [shelf.available(sku) for sku in (_TEA, _MUG, _JAM)] == [0, 0, 1]
    assert shelf.draw(_TEA, None, 1) == ()
    shelf.change_on_hand(_TEA, _NORTH, 1)
    shelf.change_on_hand(_JAM, _NORTH, 1)
    assert [(level.sku, level.owed) for level in shelf.changes()] == [(_JAM, False), (_TEA, True)]
    assert shelf.offer() == {_TEA, _MUG}
    assert shelf.available(_TEA) == 3
    assert not any(level.owed for level in shelf.changes())
    shelf.owe([_JAM])
    assert {level.sku for level in shelf.changes() if level.owed} == {_JAM}


def test_only_what_has_changed_is_written_and_in_one_order() -> None:
    """By SKU and warehouse, whatever the drawing order: so rows are locked in the same order."""
    shelf = _shelf(
        StockLevel(_WEST, _TEA, 5),
        StockLevel(_EAST, _TEA, 5),
        StockLevel(_EAST, _MUG, 5),
        StockLevel(_EAST, _JAM, 5, 1),
        order=[_WEST],
    )
    assert shelf.changes() == []
    shelf.draw(_TEA, None, 6)
    shelf.draw(_JAM, None, 1)
    written = [
        StockLevel(_EAST, _JAM, 5, 2),
        StockLevel(_EAST, _TEA, 5, 1),
        StockLevel(_WEST, _TEA, 5, 5),
    ]
    assert shelf.changes() == written
