"""What somebody means to do about whoever waits: the call that is made follows from the backlog.

An intent is drawn beforehand, like any call. It becomes one when it is seen who waits.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from backorders.domain.order import Order
from backorders.testing.commands import Command, command

_NOBODY: Final = "O1"
"""Whom a call is about when nobody waits: an order that may be there."""


def is_intent(asked: Command) -> bool:
    """Return whether the call to be made follows from who waits."""
    return asked.name in _MEANT


def meant(intent: Command, waiting: Sequence[Order]) -> Command:
    """Return the call that an intent comes to; `waiting` is the backlog in rank order."""
    return _MEANT[intent.name](waiting, *intent.args, **intent.options)


def _deliver(waiting: Sequence[Order], reference: str, percent: int, warehouse: str) -> Command:
    """Book in what is short, or less, or more."""
    lines: dict[str, int] = {}
    for (sku, only), units in _short(waiting).items():
        if only in {None, warehouse}:
            lines[sku] = lines.get(sku, 0) + max(1, units * percent // 100)
    return command("book_in", reference, lines or {"TEA": 1}, warehouse=warehouse)


def _short(waiting: Sequence[Order]) -> dict[tuple[str, str | None], int]:
    """Return (SKU, the only warehouse that is of use or `None`) → units that are short."""
    short: dict[tuple[str, str | None], int] = {}
    for order in waiting:
        for sku, units in order.shortages.items():
            key = (sku, order.warehouse)
            short[key] = short.get(key, 0) + units
    return short


def _push(waiting: Sequence[Order], place: int, more: int) -> Command:
    """Take for somebody in the queue from those behind, though others may be short ahead."""
    order = _at(waiting, place)
    if order is None:
        return command("prioritise_order", _NOBODY, more, reallocate=True)
    return command("prioritise_order", order.order_id, order.priority + more, reallocate=True)


def _part(waiting: Sequence[Order], place: int, more: int) -> Command:
    """Split off what an order is short of, and units that it holds besides."""
    order = _at(waiting, place)
    if order is None:
        return command("split_order", _NOBODY)
    move = {sku: min(short + more, order.units[sku]) for sku, short in order.lacks().items()}
    return command("split_order", order.order_id, move=move)


def _at(waiting: Sequence[Order], place: int) -> Order | None:
    return waiting[place % len(waiting)] if waiting else None


_MEANT: Final[Mapping[str, Callable[..., Command]]] = MappingProxyType(
    {"deliver": _deliver, "push": _push, "part": _part}
)
