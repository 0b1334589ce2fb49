"""The awaitable faces are those of the synchronous calls, to the letter."""

import inspect

import pytest

from backorders import Backorders, Seller, Subscription, WhatIf
from backorders.adapters.asyncio import (
    AsyncBackorders,
    AsyncSeller,
    AsyncSubscription,
    AsyncWhatIf,
)
from tests.support.async_face import FOLDER, TOGETHER, Face, faces, together, written

_PAIRS = [
    (Seller, AsyncSeller),
    (Backorders, AsyncBackorders),
    (Subscription, AsyncSubscription),
    (WhatIf, AsyncWhatIf),
]
_GIVES_A_FACE = {"seller", "subscribe", "what_if"}


@pytest.mark.parametrize("face", [*faces()], ids=lambda face: face.to_name)
def test_what_is_generated_is_up_to_date(face: Face) -> None:
    """Run `python -m tests.support.async_face` after you have added or changed a call."""
    is_same = (FOLDER / f"{face.to_module}.py").read_text("utf-8") == written(face)
    assert is_same, "a call was added or changed: run python -m tests.support.async_face"


def test_a_seller_has_all_of_them() -> None:
    """A class of calls that was left out would be missed by everybody at once."""
    assert (FOLDER / TOGETHER).read_text("utf-8") == together()


def test_it_is_made_of_the_same_things() -> None:
    """Whatever the library can be given on one face, it can be given on the other."""
    sync, awaited = (inspect.signature(face).parameters for face in (Backorders, AsyncBackorders))
    assert [*sync] == [*awaited]


@pytest.mark.parametrize(("sync", "awaited"), _PAIRS, ids=lambda face: face.__name__)
def test_every_call_can_be_awaited_with_the_same_arguments(sync: type, awaited: type) -> None:
    """Who knows one face knows the other: only what is awaited differs."""
    calls = {
        name: call
        for name, call in inspect.getmembers(sync, inspect.isfunction)
        if not name.startswith("_")
    }
    assert calls
    for name, call in calls.items():
        other = getattr(awaited, name)
        assert inspect.iscoroutinefunction(other) is (name not in _GIVES_A_FACE), name
        here, there = inspect.signature(call).parameters, inspect.signature(other).parameters
        assert [*here] == [*there], name
        for argument, parameter in here.items():
            assert parameter.default == there[argument].default, f"{name}({argument})"
            assert parameter.kind == there[argument].kind, f"{name}({argument})"
        assert other.__doc__, name
