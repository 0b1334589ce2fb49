"""A few things in a row, as a sentence names them."""

from collections.abc import Iterable, Mapping
from typing import Final

from backorders.domain.values import Sku

_FEW: Final = 5
"""Things that a sentence names; the rest are counted."""


def units_of(units: Mapping[Sku, int]) -> str:
    """Return units in words.

    >>> units_of({Sku("JAM"): 1, Sku("TEA"): 2})
    "1 of 'JAM' and 2 of 'TEA'"
    """
    return listed(f"{number} of {sku!r}" for sku, number in units.items())


def listed(words: Iterable[str]) -> str:
    """Return some words in a row, the first few of them.

    >>> listed("abcdefg")
    'a, b, c, d, e and 2 more'
    >>> listed("abcde")
    'a, b, c, d and e'
    """
    named = list(words)
    if len(named) > _FEW:
        named[_FEW:] = [f"{len(named) - _FEW} more"]
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last
