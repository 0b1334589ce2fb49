"""Where a page ends, as text: what comes back is that place, and nothing else is taken for one."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest

from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.order import Rank
from backorders.domain.paging import (
    LevelPlace,
    Placed,
    level_after,
    level_marker,
    placed_after,
    placed_marker,
    rank_after,
    rank_marker,
)
from backorders.domain.values import OrderId, Sku, WarehouseId
from tests.support.clock import START

_RANK = Rank(-3, START + timedelta(microseconds=1), OrderId("O1"), OrderId("O1-2"))
_PLACED = Placed(START, OrderId("Ł ☂"))
_LEVEL = LevelPlace(Sku("TEA"), WarehouseId("EAST"))


def test_a_marker_stands_for_its_place() -> None:
    """Whoever goes on reading misses nothing, and reads nothing twice."""
    assert rank_after(rank_marker(_RANK)) == _RANK
    low = _RANK._replace(descending_priority=2**31)
    assert rank_after(rank_marker(low)) == low
    assert placed_after(placed_marker(_PLACED)) == _PLACED
    assert level_after(level_marker(_LEVEL)) == _LEVEL
    assert (rank_after(None), placed_after(None), level_after(None)) == (None, None, None)


def test_a_marker_that_was_kept_is_still_known() -> None:
    """A program may go on after the library under it was replaced."""
    assert rank_after("LTMKMjAyNi0wMy0wMlQwOTowMDowMC4wMDAwMDErMDA6MDAKTzEKTzEtMg==") == _RANK
    assert placed_after("MjAyNi0wMy0wMlQwOTowMDowMCswMDowMArFgSDimII=") == _PLACED
    assert level_after("VEVBCkVBU1Q=") == _LEVEL


def _marker(*fields: str) -> str:
    return base64.urlsafe_b64encode("\n".join(fields).encode()).decode()


_AT = START.isoformat()


@pytest.mark.parametrize("place_of", [rank_after, placed_after, level_after])
@pytest.mark.parametrize(
    "marker",
    [
        "",
        "O1",
        f"{level_marker(_LEVEL)}!",
        f"!{placed_marker(_PLACED)}",
        _marker("one"),
        _marker("A", " B"),
        _marker("A", "B", "C"),
        _marker(" then", "O1"),
        _marker(_AT, ""),
        _marker(_AT.removesuffix("+00:00"), " "),
        _marker("0", _AT, "O1", "O2", "O3"),
        _marker("0", _AT, "O1", ""),
        _marker("0", _AT, "", "O1"),
        _marker("x", _AT, "O1", "O2"),
        _marker(str(-(2**31)), _AT, "O1", "O2"),
        base64.urlsafe_b64encode(b"\xff\n\xff").decode(),
    ],
)
def test_what_is_no_marker_is_refused(place_of: Callable[[object], object], marker: str) -> None:
    """It would be taken for the start, or some other place, and a page would be read twice."""
    with pytest.raises(InvalidValue, match="after must be the `next` of a page, unchanged"):
        place_of(marker)


@pytest.mark.parametrize("place_of", [rank_after, placed_after, level_after])
def test_a_marker_is_text(place_of: Callable[[object], object]) -> None:
    """Whoever counts pages is told so."""
    with pytest.raises(InvalidType, match="after must be a str or None, not int"):
        place_of(2)
