"""What became of the mutants, and why some of them can live."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Final

import attrs

from tests.mutation.changes import Mutant
from tests.mutation.judging import DEAD, Verdict

_SURVIVORS: Final = Path(__file__).with_name("survivors.toml")
_Z: Final = 1.96
"""Standard deviations on both sides of the middle, between which 95 % are."""


def explanations() -> Mapping[str, str]:
    """Return the survivors' keys, each with why nobody needs to notice it."""
    told = tomllib.loads(_SURVIVORS.read_text("utf-8"))
    return {key: reason["why"] for reason in told["reasons"] for key in reason["mutants"]}


@attrs.frozen
class Outcome:
    """What mutation testing came to."""

    tried: int
    killed: int
    survivors: Mapping[str, str]
    """Key → explanation, or "" for none."""
    lines: Sequence[str]

    def is_good(self, least: float) -> bool:
        """Return whether enough are killed, and every survivor is explained."""
        return self.killed >= least * self.tried and all(self.survivors.values())


def report(
    there: int, found: Mapping[Mutant, Verdict | None], explained: Mapping[str, str]
) -> Outcome:
    """Return what the mutants that were chosen, of so many that there are, came to."""
    outcomes = Counter(verdict[0] for verdict in found.values() if verdict)
    tried, killed = outcomes.total(), sum(outcomes[outcome] for outcome in DEAD)
    survivors = {
        mutant.key: explained.get(mutant.key, "")
        for mutant, verdict in found.items()
        if verdict and verdict[0] not in DEAD
    }
    share = killed / tried if tried else 0.0
    sure = "" if tried == there else f", at least {_at_least(killed, tried):.1%} (95 %)"
    lines = [
        f"{tried:,} of {there:,} mutants tried: "
        + ", ".join(f"{n:,} {what}" for what, n in sorted(outcomes.items())),
        f"{share:.1%} killed{sure}",
        *(f"{key}\n    {why or 'NOT EXPLAINED'}" for key, why in survivors.items()),
    ]
    return Outcome(tried, killed, survivors, lines)


def in_markdown(outcome: Outcome) -> list[str]:
    """Return what the document says of it."""
    reasons = Counter(outcome.survivors.values())
    return [
        f"{outcome.lines[0]}. {outcome.lines[1]}.",
        "",
        "| survivors | why nobody needs to notice them |",
        "|---|---|",
        *(f"| {number} | {why or 'NOT EXPLAINED'} |" for why, number in reasons.most_common()),
    ]


def _at_least(killed: int, tried: int) -> float:
    """Return the lower end of Wilson's interval: the share of all that is killed, at the least."""
    if not tried:
        return 0.0
    share, z2 = killed / tried, _Z * _Z
    middle = share + z2 / (2 * tried)
    off = _Z * sqrt(share * (1 - share) / tried + z2 / (4 * tried * tried))
    return (middle - off) / (1 + z2 / tried)
