"""The words in which the rules are told to other programs."""

import enum
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import backorders.domain


def _enums() -> Iterator[type[enum.Enum]]:
    for module in pkgutil.iter_modules(backorders.domain.__path__, "backorders.domain."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, enum.Enum):
                yield found


def test_a_member_of_an_enum_is_written_as_it_is_called() -> None:
    """It is stored and told by that word: whoever reads it tomorrow must know it again."""
    members = [member for found in _enums() for member in found]
    assert len(members) > 50
    assert [member.value for member in members] == [member.name.lower() for member in members]
