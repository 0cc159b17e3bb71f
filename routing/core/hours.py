"""When a service is open, as instants: weekly hours, dated exceptions and a holiday policy in one time zone.

An instant is open when its wall-clock time lies in an interval, so an interval inside the hour that occurs
twice is open twice, and one inside the hour that does not exist is not open at all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

MINUTE: Final = 60
DAY_MINUTES: Final = 1440
# Moments from 2020 through 2035 are answered; an answer looks at most 24 months ahead.
FIRST_DAY: Final = date(2020, 1, 1)
FIRST_DAY_UNANSWERED: Final = date(2036, 1, 1)
LAST_DAY: Final = date(2037, 12, 31)
GOOD_FRIDAY: Final = "Goede vrijdag"
LIBERATION_DAY: Final = "Bevrijdingsdag"

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours as a service agreed them; minutes after midnight, half-open, 1440 is the end of the day."""

    weekly: tuple[tuple[int, int, int], ...]
    on_holidays: str = "as_usual"
    good_friday_is_holiday: bool = False
    liberation_day: str = "never"
    dated: tuple[tuple[date, int | None, int | None], ...] = ()

    @property
    def never_open(self) -> bool:
        return not self.weekly and not any(opens is not None for _day, opens, _closes in self.dated)


@lru_cache(maxsize=1)
def _dutch_holidays() -> dict[date, set[str]]:
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    public = holidays.country_holidays("NL", years=years, language="nl")
    return {day: set(names.split("; ")) for day, names in public.items()}


def is_holiday(day: date, hours: Hours) -> bool:
    return bool(holidays_on(day, hours))


def holidays_on(day: date, hours: Hours) -> frozenset[str]:
    """The Dutch names of the day's holidays. Good Friday and 5 May count only where the service's policy says so."""
    names = _dutch_holidays().get(day, set()) - {GOOD_FRIDAY, LIBERATION_DAY}
    if hours.good_friday_is_holiday and GOOD_FRIDAY in _dutch_holidays().get(day, set()):
        names.add(GOOD_FRIDAY)
    if (day.month, day.day) == (5, 5) and _keeps_fifth_of_may(day.year, hours):
        names.add(LIBERATION_DAY)
    return frozenset(names)


def _keeps_fifth_of_may(year: int, hours: Hours) -> bool:
    return hours.liberation_day == "yearly" or (hours.liberation_day == "lustrum" and year % 5 == 0)


def _days() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))


def intervals_on(day: date, hours: Hours) -> tuple[Interval, ...]:
    """The open intervals of one day, in minutes of wall-clock time."""
    exceptions = [(opens, closes) for on, opens, closes in hours.dated if on == day]
    if exceptions:
        return tuple(
            sorted((opens, closes) for opens, closes in exceptions if opens is not None and closes is not None)
        )
    if hours.on_holidays != "as_usual" and is_holiday(day, hours):
        return ((0, DAY_MINUTES),) if hours.on_holidays == "all_day" else ()
    return tuple((opens, closes) for weekday, opens, closes in hours.weekly if weekday == day.weekday())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a day with one UTC offset: wall minutes [first, last), and the instant of wall minute zero."""

    first: int
    last: int
    base: int


@lru_cache(maxsize=8)
def _calendar(timezone: str) -> dict[date, tuple[_Stretch, ...]]:
    zone = ZoneInfo(timezone)
    return {day: _stretches(day, zone) for day in _days()}


def _stretches(day: date, zone: ZoneInfo) -> tuple[_Stretch, ...]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    start = int(midnight.timestamp())
    end = int(datetime(following.year, following.month, following.day, tzinfo=zone).timestamp())
    if end - start == DAY_MINUTES * MINUTE:
        return (_Stretch(0, DAY_MINUTES, start),)
    shift = DAY_MINUTES * MINUTE - (end - start)
    change = next(at for at in range(start, end, 15 * MINUTE) if _offset(at, zone) != _offset(start, zone))
    wall = (change - start) // MINUTE
    return (_Stretch(0, wall, start), _Stretch(wall + shift // MINUTE, DAY_MINUTES, start - shift))


def _offset(instant: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(instant, zone).utcoffset()


@lru_cache(maxsize=1024)
def transitions(hours: Hours, timezone: str) -> tuple[int, ...]:
    """The instants (epoch seconds) at which the service opens and closes in turn, over all days answered."""
    calendar = _calendar(timezone)
    spans = _instants(hours, calendar)
    merged: list[int] = []
    for opens, closes in sorted(spans):
        if merged and merged[-1] >= opens:
            merged[-1] = max(merged[-1], closes)
        else:
            merged += (opens, closes)
    return tuple(merged)


def _instants(hours: Hours, calendar: dict[date, tuple[_Stretch, ...]]) -> Iterable[Interval]:
    for day, stretches in calendar.items():
        for opens, closes in intervals_on(day, hours):
            for part in stretches:
                first, last = max(opens, part.first), min(closes, part.last)
                if first < last:
                    yield part.base + first * MINUTE, part.base + last * MINUTE


def open_at(points: tuple[int, ...], moment: int) -> bool:
    """Whether the transitions leave the service open at a moment (epoch seconds)."""
    return bisect_right(points, moment) % 2 == 1


def next_change(points: tuple[int, ...], moment: int) -> int | None:
    """The first instant after the moment at which the service opens or closes; None when it never does."""
    at = bisect_right(points, moment)
    return points[at] if at < len(points) else None


def answered(timezone: str) -> Interval:
    """The half-open range of moments that are answered: 2020 through 2035."""
    calendar = _calendar(timezone)
    return calendar[FIRST_DAY][0].base, calendar[FIRST_DAY_UNANSWERED][0].base


def known(timezone: str) -> Interval:
    """The half-open range of moments that tables know: what is answered, and 24 months to look ahead."""
    calendar = _calendar(timezone)
    return calendar[FIRST_DAY][0].base, calendar[LAST_DAY][-1].base + DAY_MINUTES * MINUTE
