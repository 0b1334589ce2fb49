"""Who watches calls: how many there are, what they come to, how long they take."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

import attrs

from backorders.domain.values import SellerId


@attrs.frozen
class Observation:
    """What a call came to."""

    call: str
    """Its name on the face: `place_order`, `deliver_events` …"""
    seller_id: SellerId | None
    """Whose it was; `None`: it was for all sellers."""
    outcome: str
    """`ok`; the `code` of the library's error; `stopped` by a signal or a cancelled task; `error`.

    There are few of them, so that they can be counted apart.
    """
    error: BaseException | None
    """What was raised."""
    retries: int
    """How often it lost a race, and was repeated."""
    changed: int
    """Orders, levels, events and whatever else it wrote and committed, one for each."""
    released: int
    """Orders that left back order by it."""
    seconds: float


Tell: TypeAlias = Callable[[Observation], object]


class Observer(Protocol):
    """Anything that wants to know of calls.

    It is asked on the thread or task of the call, and should be quick. What it raises is logged,
    and changes nothing about the call.
    """

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Note that a call has begun; return what is told of its end, whatever that is."""
        ...
