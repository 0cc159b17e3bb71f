"""Which days are no working days for a term, by the Algemene termijnenwet."""

from datetime import date
from enum import StrEnum
from typing import Final

from routing.core.hours import FIRST_DAY, LAST_DAY, Hours, holidays_on


class DayOff(StrEnum):
    """Why a day is no working day. Easter Sunday and Whit Sunday are Sundays: the law does not name them."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    NEW_YEARS_DAY = "new_years_day"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    ASCENSION_DAY = "ascension_day"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"


class BeyondCalendar(Exception):
    """The days before 2020 and after 2037 are not known."""


# Article 3: Good Friday equals a holiday, and 5 May is one every year, for terms and not for opening hours.
BY_THE_LAW: Final = Hours((), "closed", good_friday_is_holiday=True, liberation_day="yearly")
NAMED: Final[dict[str, DayOff]] = {
    "Nieuwjaarsdag": DayOff.NEW_YEARS_DAY,
    "Goede vrijdag": DayOff.GOOD_FRIDAY,
    "Tweede paasdag": DayOff.EASTER_MONDAY,
    "Koningsdag": DayOff.KINGS_DAY,
    "Bevrijdingsdag": DayOff.LIBERATION_DAY,
    "Hemelvaartsdag": DayOff.ASCENSION_DAY,
    "Tweede pinksterdag": DayOff.WHIT_MONDAY,
    "Eerste kerstdag": DayOff.CHRISTMAS_DAY,
    "Tweede kerstdag": DayOff.SECOND_CHRISTMAS_DAY,
}
WEEKEND: Final[dict[int, DayOff]] = {5: DayOff.SATURDAY, 6: DayOff.SUNDAY}


def day_off(day: date) -> DayOff | None:
    """Why the day is no working day; None for a working day."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BeyondCalendar(day.isoformat())
    holidays = (NAMED[name] for name in sorted(holidays_on(day, BY_THE_LAW)) if name in NAMED)
    return next(holidays, WEEKEND.get(day.weekday()))
