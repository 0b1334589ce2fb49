"""A call that somebody else was faster than is repeated, after a pause that the host may choose."""

import pytest

from backorders import Backorders
from backorders.adapters.memory import MemoryStore, MemoryUnitOfWork
from backorders.domain.errors import LostRace, RetriesExhausted
from tests.support.clock import SettableClock


class _Contested(MemoryStore):
    """A store in which the first few units of work lose a race."""

    def __init__(self, lost: int) -> None:
        super().__init__()
        self.lost = lost

    def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
        if not read_only and self.lost:
            self.lost -= 1
            raise LostRace("somebody else was faster")
        return super().begin(seller_id, read_only=read_only)


def test_a_lost_race_is_repeated_after_each_pause() -> None:
    """Who waits in a way of its own, as a simulation or an event loop does, is asked each time."""
    paused: list[int] = []
    app = Backorders(_Contested(lost=3), clock=SettableClock(), pause=paused.append)

    order = app.seller("acme").place_order("O1", {"TEA": 2})

    assert order.shortages == {"TEA": 2}
    assert paused == [1, 2, 3]


def test_races_that_are_always_lost_come_to_an_end() -> None:
    """Nobody waits for ever: after the last attempt the call says so, and nothing was changed."""
    store = _Contested(lost=100)
    paused: list[int] = []
    app = Backorders(store, clock=SettableClock(), pause=paused.append)

    with pytest.raises(RetriesExhausted):
        app.seller("acme").place_order("O1", {"TEA": 2})

    assert paused == [*range(1, 100 - store.lost)]
    assert app.sellers() == ()
