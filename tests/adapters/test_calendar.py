"""National holidays, by the `holidays` package."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from backorders.adapters.calendar import NationalCalendar
from backorders.domain.booking_in import BookingIn, working_days_after
from backorders.domain.errors import InvalidType, InvalidValue


def test_law_23_two_working_days_after_christmas_eve_in_england() -> None:
    """Christmas is on a Friday; Boxing Day, a Saturday, is made up for on Monday."""
    england = NationalCalendar("GB", "ENG")
    assert working_days_after(date(2026, 12, 24), 2, england.is_working_day) == date(2026, 12, 30)
    in_season = BookingIn().due_on(date(2026, 12, 24), england.is_working_day)
    assert in_season == date(2027, 1, 6)


def test_parts_of_a_country_have_holidays_of_their_own() -> None:
    """Scotland does not work on 2 January; Bavaria does not on 6 January."""
    assert NationalCalendar("GB", "ENG").is_working_day(date(2026, 1, 2))
    assert not NationalCalendar("GB", "SCT").is_working_day(date(2026, 1, 2))
    assert NationalCalendar("DE").is_working_day(date(2026, 1, 6))
    assert not NationalCalendar("DE", "BY").is_working_day(date(2026, 1, 6))


def test_weekends_are_the_countrys_own() -> None:
    """In Israel, Sunday is a working day and Friday is not."""
    israel = NationalCalendar("IL")
    assert israel.is_working_day(date(2026, 3, 8))
    assert not israel.is_working_day(date(2026, 3, 6))


def test_several_threads_see_the_same_holidays() -> None:
    """A year is worked out when it is first asked about: nobody may see half of it."""
    christmases = [date(year, 12, 25) for year in range(1990, 2090)]
    shared, together = NationalCalendar("GB", "ENG"), Barrier(4)

    def worked_on(_number: int) -> list[date]:
        together.wait()
        return [day for day in christmases if shared.is_working_day(day)]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(worked_on, range(4))) == [[]] * 4
    finally:
        sys.setswitchinterval(usual)


@pytest.mark.parametrize(
    ("country", "subdivision", "field", "kind"),
    [
        ("XX", None, "country", InvalidValue),
        ("", None, "country", InvalidValue),
        (44, None, "country", InvalidType),
        ("GB", "BY", "subdivision", InvalidValue),
        ("GB", 1, "subdivision", InvalidType),
    ],
)
def test_a_place_that_is_unknown_is_refused_by_name(
    country: str, subdivision: str | None, field: str, kind: type[InvalidValue]
) -> None:
    """A typo must not mean a country without holidays."""
    with pytest.raises(kind, match=f"^{field} "):
        NationalCalendar(country, subdivision)
