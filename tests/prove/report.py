"""The report of the long run: what was run, what that bounds, and what it does not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from tests.prove.records import Record
from tests.prove.trials import Trial

_BOUND_OF: Final = {
    "cases": "cases",
    "examples": "examples",
    "histories": "histories",
    "crashes": "crashes",
    "kills": "kills",
    "killed": "kills",
}
"""Count → what is independent of each other in a part, if it is counted; else the runs are."""


@attrs.define
class Part:
    """All trials of one kind on one store."""

    name: str
    store: str
    there: int = 0
    run: int = 0
    failed: int = 0
    revisions: set[str] = attrs.field(factory=set)
    counts: Counter[str] = attrs.field(factory=Counter)

    @property
    def trials(self) -> tuple[int, str]:
        """How many independent trials there were, and what they were."""
        for counted, what in _BOUND_OF.items():
            if number := self.counts[counted]:
                return number, what
        return self.run, "runs"

    def bound(self) -> str:
        """Return how often it may fail at most, with 95 % confidence: the rule of three.

        >>> part = Part("simulation", "memory", run=1, counts=Counter(cases=3000))
        >>> part.bound()
        '1 of 1,000 cases'
        """
        number, what = self.trials
        if self.failed or number < 3:
            return "-"
        return f"1 of {number // 3:,} {what}"


def parts_of(trials: Iterable[Trial], records: Mapping[str, Record]) -> Sequence[Part]:
    """Return the parts, with what was run of each."""
    parts: dict[tuple[str, str], Part] = {}
    for trial in trials:
        key = (trial.part, trial.store)
        part = parts.setdefault(key, Part(trial.part, trial.store))
        part.there += 1
        record = records.get(trial.key)
        if record is None:
            continue
        part.run += 1
        part.failed += record.status != 0
        part.revisions.add(record.revision)
        part.counts.update(record.counts)
    return list(parts.values())


def lines(parts: Sequence[Part], size: float) -> list[str]:
    """Return the report, in Markdown."""
    failed = sum(part.failed for part in parts)
    left = sum(part.there - part.run for part in parts)
    return [
        (
            f"Size {size:g} of the full run: {sum(part.run for part in parts):,} runs, {failed} "
            f"of which found something; {left:,} are still to be made."
        ),
        "",
        "| what | store | runs | revision | a fault in at most |",
        "|---|---|---|---|---|",
        *(_row(part) for part in parts),
        "",
        "What was done in them:",
        "",
        *(
            f"- {part.name} on {part.store}: {_listed(part.counts)}"
            for part in parts
            if part.counts
        ),
    ]


def _row(part: Part) -> str:
    runs = f"{part.run} of {part.there}" + (f", {part.failed} FAILED" if part.failed else "")
    revisions = ", ".join(sorted(part.revisions)) or "-"
    return f"| {part.name} | {part.store} | {runs} | {revisions} | {part.bound()} |"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in counts.items() if number) or "-"
