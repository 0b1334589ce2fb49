"""Working days with a country's public holidays, by the `holidays` package (extra: calendar)."""

import threading
from datetime import date
from typing import Final

from backorders.domain import values
from backorders.domain.errors import InvalidValue
from backorders.ports.extras import needs

with needs("calendar", "a calendar with national holidays"):
    import holidays

_COUNTRIES: Final = frozenset(holidays.list_supported_countries())


class NationalCalendar:
    """Working days of a country, or of a part of it that has holidays of its own.

    `country` is a code of ISO 3166 (`GB`), `subdivision` what that country calls its parts (`ENG`).
    Weekends are the country's too, and so are Saturdays that are worked to make up for a bridge
    day. Safe to use from several threads.

    >>> england = NationalCalendar("GB", "ENG")
    >>> [day for day in range(24, 32) if england.is_working_day(date(2026, 12, day))]
    [24, 29, 30, 31]
    """

    def __init__(self, country: str, subdivision: str | None = None) -> None:
        values.identifier("country", country)
        if subdivision is not None:
            values.identifier("subdivision", subdivision)
        try:
            self._holidays = holidays.country_holidays(country, subdiv=subdivision)
        except NotImplementedError as unknown:  # so the library says that it has no such place
            field = "country" if country not in _COUNTRIES else "subdivision"
            raise InvalidValue(field, f"is not known: {unknown}") from None
        # A year is worked out when it is first asked about, and half of it is wrong.
        self._one_at_a_time = threading.Lock()

    def is_working_day(self, day: date) -> bool:
        with self._one_at_a_time:
            return self._holidays.is_working_day(day)
