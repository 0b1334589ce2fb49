"""The use cases behind the face: a host runs several in one transaction of its own."""

import inspect

import pytest

from backorders import usecases
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.errors import UnknownOrder
from backorders.domain.values import SellerId
from backorders.ports.storage import Store
from tests.support.clock import START

_ACME = SellerId("acme")


def test_several_use_cases_happen_together_or_not_at_all(store: Store) -> None:
    """The host takes the money and places the order: over every store, both or neither."""
    with store.begin(_ACME) as uow:
        usecases.book_in("R1", {"A": 2}, uow=uow, now=START)
        placed = usecases.place_order("O1", {"A": 3}, uow=uow, now=START)
        assert placed.shortages == {"A": 1}
        uow.commit()
    with store.begin(_ACME) as uow:
        usecases.place_order("O2", {"A": 1}, uow=uow, now=START)
        usecases.cancel_order("O1", uow=uow, now=START)
        assert not usecases.order("O2", uow=uow).is_on_back_order
    with store.begin(_ACME, read_only=True) as uow:
        assert usecases.order("O1", uow=uow).shortages == {"A": 1}
        assert usecases.verify(uow=uow) == ()
        with pytest.raises(UnknownOrder):
            usecases.order("O2", uow=uow)


def test_every_call_of_the_face_is_a_use_case() -> None:
    """No rule lives in the face: what it can do, a host can do without it."""
    # A what-if is no call, but a face to make calls on; answers to many orders are one use case.
    calls = {name for name, _ in inspect.getmembers(Seller, inspect.isfunction)} - {
        "what_if",
        "together",
        "remove_from_all",
        "replace_in_all",
        "split_all",
        "cancel_all",
    }
    assert {"answer_all", "answer_some", "answered"} <= set(usecases.__all__)
    assert {name for name in calls if not name.startswith("_")} <= set(usecases.__all__)


def test_a_use_case_takes_for_granted_what_its_call_does() -> None:
    """Whoever leaves out a priority, a reason or a limit gets the same without the face."""
    compared = 0
    for name, call in inspect.getmembers(Seller, inspect.isfunction):
        if name in usecases.__all__:
            behind = inspect.signature(getattr(usecases, name)).parameters
            for parameter in inspect.signature(call).parameters.values():
                if parameter.name in behind:
                    compared += 1
                    granted = behind[parameter.name].default
                    assert granted == parameter.default, f"{name}: {parameter.name}"
    assert compared > 50
    bulk = inspect.signature(Seller.cancel_all).parameters["dry_run"].default
    assert inspect.signature(usecases.answer_all).parameters["dry_run"].default == bulk


def test_every_use_case_takes_an_open_unit_of_work_and_commits_nothing() -> None:
    """Committing is the host's: a use case that did it would cut the host's transaction in two."""
    store = MemoryStore()
    for name in usecases.__all__:
        if not name.startswith("checked_"):
            assert "uow" in inspect.signature(getattr(usecases, name)).parameters, name
    with store.begin(_ACME) as uow:
        chosen = usecases.configure(time_zone="Europe/Paris", uow=uow)
        assert chosen == usecases.settings(uow=uow)
        usecases.book_in("R1", {"A": 1}, uow=uow, now=START)
    assert store.sellers() == ()
