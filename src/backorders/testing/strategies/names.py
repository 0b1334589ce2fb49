"""Ids, SKUs, warehouses and texts: a few that meet again, and any that the library takes."""

from typing import Final

from hypothesis import strategies as st

ORDER_IDS: Final = ("O1", "O2", "O3", "O4", "O5")
"""Ids under which orders are placed."""
NEW_IDS: Final = ("N1", "N2", "O1-2", "O5")
"""Ids that are named for split-off orders: new, a default one, and one that may be taken."""
KNOWN_IDS: Final = (*ORDER_IDS, *ORDER_IDS, *ORDER_IDS, "N1", "O1-2", "O2-2", "O3-2", "O1-2-2")
"""Ids that calls name; most orders are there twice because they are there more often."""
SKUS: Final = ("TEA", "JAM", "OIL")
WAREHOUSES: Final = ("EAST", "MAIN", "WEST")

_AWKWARD: Final = (
    "'",
    '"',
    "\\",
    "%",
    "_",
    ";",
    "--",
    "<b>",
    "{0}",
    "${x}",
    "0",
    "É",
    "ß",
    "\u0131",
)
"""What has a meaning in SQL, patterns, markup, templates, or in another case."""
_AWKWARD_TO_SEE: Final = (
    "\U0001d4b3",
    "e\u0301",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\uff0f",
    "\U0001f469\u200d\U0001f4bb",
)
"""Beyond 16 bits, composed, of no width, right to left, two characters that are seen as one."""


def order_ids() -> st.SearchStrategy[str]:
    """Ids of orders that may or may not be there."""
    return st.sampled_from(KNOWN_IDS)


def skus() -> st.SearchStrategy[str]:
    """A few SKUs; the first is the likeliest."""
    return st.sampled_from((*SKUS, *SKUS[:2], SKUS[0]))


def warehouses() -> st.SearchStrategy[str]:
    """A few warehouses."""
    return st.sampled_from(WAREHOUSES)


def references() -> st.SearchStrategy[str]:
    """Ids of papers; now and then one comes again."""
    return st.integers(1, 60).map("R{}".format)


def hostile_texts(most: int = 12) -> st.SearchStrategy[str]:
    """Any text that the library takes as a reason: every script, quotes, patterns, emoji, blanks.

    `most` bounds how many pieces there are, of which some are of several characters.
    """
    char = st.characters(exclude_categories=["Cc", "Cs"])
    awkward = st.sampled_from((*_AWKWARD, *_AWKWARD_TO_SEE))
    return st.lists(char | awkward, max_size=most).map("".join)


def hostile_ids(most: int = 12) -> st.SearchStrategy[str]:
    """Any id or SKU that the library takes: as hostile as texts, but nothing blank at the ends."""
    return hostile_texts(most).map(str.strip).filter(bool)


def bad_ids() -> st.SearchStrategy[object]:
    """What is no id: empty, over-long, blank at an end, with a control character, no text."""
    return st.one_of(
        st.sampled_from(
            ["", " ", "x" * 256, " O1", "O1 ", "O\n1", "O\x001", "O\ud8001", "\u3000A"]
        ),
        st.integers(),
        st.none(),
        st.binary(max_size=3),
    )
