"""How soon the warehouse books a delivery in: working days after arrival, more in the season."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeAlias

import attrs

from backorders.domain import limits, values
from backorders.domain.errors import InvalidType, InvalidValue

IsWorkingDay: TypeAlias = Callable[[date], bool]
"""Whether the warehouse works on a day."""
MonthAndDay: TypeAlias = tuple[int, int]

_A_DAY: Final = timedelta(days=1)
_A_LEAP_YEAR: Final = 2000


def working_days_after(day: date, count: int, is_working_day: IsWorkingDay) -> date:
    """Return the so-many-th working day after a day, which itself is not counted.

    0 is the day itself, whatever it is. Past the last day that there is, it is that one.
    """
    idle = 0
    while count and day < date.max:
        day += _A_DAY
        if is_working_day(day):
            count -= 1
            idle = 0
        elif (idle := idle + 1) == limits.DAYS_WITHOUT_WORK:
            raise InvalidValue(
                "calendar", f"must have a working day in the {idle} days up to {day}"
            )
    return day


def _month_and_day(field: str, value: object) -> MonthAndDay:
    if not isinstance(value, tuple | list) or len(value) != 2:  # noqa: PLR2004 - a pair
        raise InvalidType(field, "a pair (month, day)", type(value).__name__)
    month = values.whole_number(f"{field}[0]", value[0], least=1, most=12)
    day = values.whole_number(f"{field}[1]", value[1], least=1, most=31)
    try:
        date(_A_LEAP_YEAR, month, day)
    except ValueError:
        raise InvalidValue(field, f"must be a day of the year, not {month}/{day}") from None
    return month, day


def _working_days(value: int) -> int:
    return values.whole_number("working_days", value, least=0, most=limits.BOOKING_IN_DAYS)


def _peak_working_days(value: int) -> int:
    return values.whole_number("peak_working_days", value, least=0, most=limits.BOOKING_IN_DAYS)


def _peak_from(value: MonthAndDay) -> MonthAndDay:
    return _month_and_day("peak_from", value)


def _peak_until(value: MonthAndDay) -> MonthAndDay:
    return _month_and_day("peak_until", value)


@attrs.frozen
class BookingIn:
    """What the warehouse promises: a delivery is booked in so many working days after it arrived.

    The figures are those that fulfilment companies publish.
    """

    working_days: int = attrs.field(default=2, converter=_working_days)
    peak_working_days: int = attrs.field(default=6, converter=_peak_working_days)
    """For what arrives in the peak season."""
    peak_from: MonthAndDay = attrs.field(default=(11, 11), converter=_peak_from)
    """The season's first day, as (month, day)."""
    peak_until: MonthAndDay = attrs.field(default=(1, 6), converter=_peak_until)
    """Its last day; before the first one, it lies in the next year."""

    def is_peak(self, day: date) -> bool:
        """Return whether a day is in the peak season; its first and last day are."""
        this = (day.month, day.day)
        if self.peak_from <= self.peak_until:
            return self.peak_from <= this <= self.peak_until
        return this >= self.peak_from or this <= self.peak_until

    def due_on(self, arrived_on: date, is_working_day: IsWorkingDay) -> date:
        """Return the day by whose end what arrived on a day is on the shelf.

        >>> BookingIn().due_on(date(2026, 3, 6), lambda day: day.weekday() < 5)
        datetime.date(2026, 3, 10)
        """
        days = self.peak_working_days if self.is_peak(arrived_on) else self.working_days
        return working_days_after(arrived_on, days, is_working_day)


AS_PUBLISHED: Final = BookingIn()
"""What a warehouse promises that says nothing else."""
