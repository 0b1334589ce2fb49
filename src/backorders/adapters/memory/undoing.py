"""How steps are taken back: each leaves behind what undoes it."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

_Item = TypeVar("_Item")
_Key = TypeVar("_Key")

Undo: TypeAlias = list[Callable[[], object]]
"""What takes back the steps of a transaction, first to last."""


def put_back(items: dict[_Key, _Item], key: _Key, old: _Item | None) -> None:
    """Give a key the value that it had; `None`: it had none."""
    if old is None:
        del items[key]
    else:
        items[key] = old


def cut(items: list[_Item], length: int) -> None:
    """Take off what was appended since a list had this length."""
    del items[length:]
