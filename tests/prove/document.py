"""docs/reference/proof.md: each command keeps its own part of it, between two comments."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

PROOF: Final = Path(__file__).parents[2] / "docs" / "reference" / "proof.md"


def written(text: str, part: str, lines: Sequence[str]) -> str:
    r"""Return the document with other lines in one part.

    >>> print(written("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb", "x", ["new"]))
    a
    <!-- x: begin -->
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- x: end -->
    b
    """
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return "\n".join([before + begin, "", *lines, "", end + after])


def write(part: str, lines: Sequence[str], file: Path = PROOF) -> None:
    """Put lines into a part of the document."""
    file.write_text(written(file.read_text("utf-8"), part, lines), "utf-8")
