"""Where a number stands on an axis."""

from collections.abc import Sequence
from typing import Final

_STEPS: Final = (1, 2, 5)


def ticks(most: int, lines: int = 4) -> Sequence[int]:
    """Return round numbers from 0 to `most` or the next beyond it, about so many steps.

    >>> ticks(0), ticks(3), ticks(18_254)
    ([0, 1], [0, 1, 2, 3], [0, 5000, 10000, 15000, 20000])
    """
    most = max(most, 1)
    power = 1
    while True:
        for step in _STEPS:
            size = step * power
            if size * lines >= most:
                return list(range(0, -(-most // size) * size + 1, size))
        power *= 10


def spread(count: int, most: int) -> Sequence[int]:
    """Return which of so many things to name when there is room for `most`: first, last, between.

    >>> spread(5, 9), spread(30, 4)
    ([0, 1, 2, 3, 4], [0, 10, 19, 29])
    """
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / (most - 1)) for place in range(most)]
