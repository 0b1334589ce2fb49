"""On which days the warehouse works."""

from datetime import date
from typing import Final, Protocol

_SATURDAY: Final = 5


class Calendar(Protocol):
    """Knows the warehouse's working days.

    It is asked day by day, and must say the same each time that it is asked about a day.
    """

    def is_working_day(self, day: date) -> bool:
        """Return whether the warehouse works on a day."""
        ...


class Weekdays:
    """Monday to Friday, without any holidays.

    >>> WEEKDAYS.is_working_day(date(2026, 12, 25)), WEEKDAYS.is_working_day(date(2026, 12, 26))
    (True, False)
    """

    def is_working_day(self, day: date) -> bool:
        """Return whether a day is no Saturday and no Sunday."""
        return day.weekday() < _SATURDAY


WEEKDAYS: Final = Weekdays()
"""The calendar of a library that was given no other."""
