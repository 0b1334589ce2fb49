"""What a stress program has to tell: what it counted, and what it found wrong."""

from collections import Counter
from typing import Final

import attrs

_SHOWN: Final = 20
"""Violations that are printed; the rest is counted."""


@attrs.define
class Report:
    """What one program came to on one store. It has passed when there are no violations."""

    counts: Counter[str] = attrs.field(factory=Counter)
    """What → how often, in the order in which it was first counted."""
    violations: list[str] = attrs.field(factory=list)

    def expect(self, holds: object, violation: str) -> None:
        """Note a violation unless something holds."""
        if not holds:
            self.violations.append(violation)

    def lines(self) -> list[str]:
        """Return the report for a terminal.

        >>> report = Report(Counter(orders=2000))
        >>> report.lines()
        ['orders 2,000', '0 violations']
        >>> report.expect(1 > 2, "a unit was sold twice")
        >>> report.lines()
        ['orders 2,000', '1 violations', '  a unit was sold twice']
        """
        counted = ", ".join(f"{what} {number:,}" for what, number in self.counts.items())
        shown = [f"  {violation}" for violation in self.violations[:_SHOWN]]
        return [counted, f"{len(self.violations):,} violations", *shown]
