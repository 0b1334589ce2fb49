"""What time it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""A callable that returns an aware datetime; it is asked once, at the start of each call."""


def utc_now() -> datetime:
    """Return the system's time."""
    return datetime.now(UTC)
