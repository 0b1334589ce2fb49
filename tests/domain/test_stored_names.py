"""The names of states, kinds and choices, as stores and files keep them."""

import enum
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass

import pytest

from backorders import domain


def _choices() -> Iterator[type[enum.Enum]]:
    for module in pkgutil.iter_modules(domain.__path__, f"{domain.__name__}."):
        for found in vars(import_module(module.name)).values():
            if isclass(found) and issubclass(found, enum.Enum) and found.__module__ == module.name:
                yield found


@pytest.mark.parametrize("choice", list(_choices()), ids=lambda choice: choice.__name__)
def test_a_member_is_kept_under_its_name_in_lower_case(choice: type[enum.Enum]) -> None:
    """What is kept under one name, and looked for under another, is lost with the next release."""
    assert {each.name: each.value for each in choice} == {
        name: name.lower() for name in choice.__members__
    }
