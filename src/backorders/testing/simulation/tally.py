"""What a simulation has covered."""

from collections import Counter
from datetime import timedelta

import attrs


@attrs.define
class Tally:
    """Counts of what has happened; two of them can be added up."""

    cases: int = 0
    steps: int = 0
    sellers: int = 0
    ports: Counter[str] = attrs.field(factory=Counter)
    """Calls on ports, by name."""
    answers: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """(call on the face, what it came to) → how often."""
    faults: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """(fault, the call on a port that it struck) → how often."""
    commits: int = 0
    hand_overs: int = 0
    overlaps: int = 0
    """Commits while others had a unit of work of the same seller."""
    waits: int = 0
    """How often a client had to wait for another one's unit of work."""
    restarts: int = 0
    repeated: int = 0
    """Calls that a client has made once more."""
    judged: int = 0
    """Results and states that were judged by the naive model."""
    compared: int = 0
    """How often all that is stored of a seller was compared with what was committed."""
    released: int = 0
    """Back orders that the end of a case has released, by delivering what was short."""
    time: timedelta = timedelta(0)
    """Virtual time that has passed."""

    def add(self, other: "Tally") -> None:
        """Add what another one has counted."""
        for field in attrs.fields(Tally):
            total, more = getattr(self, field.name), getattr(other, field.name)
            setattr(self, field.name, total + more)

    def lines(self) -> list[str]:
        """Return the counts, one thing a line."""
        refused = sum(n for (_, came_to), n in self.answers.items() if came_to != "done")
        by_fault = Counter[str]()
        for (fault, _), n in self.faults.items():
            by_fault[fault] += n
        struck = {port for _, port in self.faults}
        return [
            (
                f"{self.steps:,} steps in {self.cases:,} cases, {self.sellers:,} sellers, "
                f"{self.time.days:,} days of virtual time"
            ),
            (
                f"{sum(self.answers.values()):,} calls on the face came to something, "
                f"{refused:,} of them to an error: {_listed(_by_first(self.answers))}"
            ),
            f"{sum(self.ports.values()):,} calls on ports: {_listed(self.ports)}",
            (
                f"{self.hand_overs:,} times another client went on; "
                f"{self.commits:,} commits, "
                f"{self.overlaps:,} of them while others were in the middle of a call for the "
                f"same seller; {self.waits:,} waits"
            ),
            (
                f"{sum(self.faults.values()):,} faults at {len(struck)} of {len(self.ports)} "
                f"calls on ports: {_listed(by_fault)}"
            ),
            f"{self.restarts:,} restarts, {self.repeated:,} calls repeated by clients",
            (
                f"{self.judged:,} outcomes judged by the model, {self.compared:,} times all that "
                f"is stored of a seller compared with what was committed"
            ),
            f"{self.released:,} orders still waiting at the end were released by what was short",
        ]


def _by_first(counts: Counter[tuple[str, str]]) -> Counter[str]:
    total = Counter[str]()
    for (first, _), n in counts.items():
        total[first] += n
    return total


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{n:,} {what}" for what, n in counts.most_common()) or "none"
