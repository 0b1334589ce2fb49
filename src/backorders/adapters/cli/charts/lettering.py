"""How wide text is, and how it is cut to fit."""

import unicodedata

_WIDE = frozenset("WF")


def width(text: str) -> int:
    """Return how many columns a text takes where each letter takes one, and wide ones two.

    >>> width("TEA"), width("\u8336")
    (3, 2)
    """
    return sum(_columns(char) for char in text)


def cut(text: str, most: int) -> str:
    """Return a text that takes so many columns at most, with a sign where it was cut.

    >>> cut("A product with a long name", 12)
    'A product w…'
    """
    if width(text) <= most:
        return text
    kept, left = [], most - 1
    for char in text:
        left -= _columns(char)
        if left < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def plain(text: str) -> str:
    """Return a text of which every character shows, and none turns the line round.

    >>> plain("TEA\u202egnp")
    'TEA\ufffdgnp'
    """
    return "".join(c if c.isprintable() or c == " " else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
