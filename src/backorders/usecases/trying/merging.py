"""Pages of what is below, without what has been changed over it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_Place = TypeVar("_Place")


def uncovered(
    read: Callable[[_Place | None, int], Sequence[_Item]],
    start: _Place | None,
    limit: int,
    *,
    is_covered: Callable[[_Item], bool],
    place: Callable[[_Item], _Place],
) -> list[_Item]:
    """Return the next items after a place that are not covered: at least `limit`, or all.

    Pages are twice as long each time, so that many changed items cost few reads.
    """
    found: list[_Item] = []
    page = limit
    while True:
        some = read(start, page)
        found += [item for item in some if not is_covered(item)]
        if len(found) >= limit or len(some) < page:
            return found
        start = place(some[-1])
        page *= 2
