"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

START: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, on which every test begins."""


@attrs.define
class SettableClock:
    """Returns `now` whenever it is asked."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the time that the test has set."""
        return self.now

    def advance(self, **length: float) -> None:
        """Move on by a `timedelta`, given by its arguments."""
        self.now += timedelta(**length)
