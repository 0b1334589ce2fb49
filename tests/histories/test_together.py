"""Several calls in one commit: all of them or none, on every store, repeated as a whole."""

from datetime import datetime
from pathlib import Path

import pytest

from backorders import Backorders, usecases
from backorders.adapters.files.options import Options
from backorders.adapters.files.orders import ORDERS
from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import LostRace, UnknownOrder
from backorders.ports.storage import Store, UnitOfWork
from tests.support.files import taken


def _book_in_and_place(uow: UnitOfWork, now: datetime) -> str:
    usecases.book_in("R1", {"TEA": 2}, uow=uow, now=now)
    return usecases.place_order("O1", {"TEA": 2}, uow=uow, now=now).status.name


def test_all_of_it_happens_or_nothing(store: Store) -> None:
    """The second call being refused undoes the first, and what was there before stays."""
    app = Backorders(store)
    app.seller("other").place_order("O1", {"TEA": 9})
    acme = app.seller("acme")

    def refused_in_the_end(uow: UnitOfWork, now: datetime) -> None:
        _book_in_and_place(uow, now)
        usecases.cancel_order("unknown", reason="", uow=uow, now=now)

    with pytest.raises(UnknownOrder):
        acme.together(refused_in_the_end)
    assert acme.stock("TEA") == ()
    assert acme.together(_book_in_and_place) == "READY"
    assert acme.stock("TEA")[0].allocated == 2
    assert acme.verify() == ()


def test_a_lost_race_repeats_all_of_it() -> None:
    """What was done in the attempt that was lost is gone, and done again."""
    attempts = []

    def contested(uow: UnitOfWork, now: datetime) -> str:
        attempts.append(now)
        status = _book_in_and_place(uow, now)
        if len(attempts) < 3:
            raise LostRace("somebody else was faster")
        return status

    acme = Backorders(MemoryStore(), pause=lambda _: None).seller("acme")
    assert acme.together(contested) == "READY"
    assert len(attempts) == 3
    assert len(set(attempts)) == 1, "it is one call, at one instant"
    assert acme.stock("TEA")[0].on_hand == 2


def test_a_file_is_one_transaction_on_every_store(store: Store, tmp_path: Path) -> None:
    """A refusal on its last row undoes the file wherever it is stored."""
    acme = Backorders(store).seller("acme")
    acme.place_order("O3", {"TEA": 1})
    content = "order_id,sku,quantity\nO1,TEA,1\nO2,CUP,1\nO3,TEA,2\n"
    assert not taken(tmp_path, content, ORDERS, acme).is_done
    assert len(acme.orders().items) == 1
    kept = taken(tmp_path, content, ORDERS, acme, Options(keep_good=True))
    assert (kept.taken.documents, kept.bad) == (2, 1)
    assert len(acme.orders().items) == 3
