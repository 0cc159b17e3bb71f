"""An independent reading of the law: day by day, with holidays of its own, and suspensions added until it fits."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from dossiers.core import Duration, Unit
from tests.routing.core.naive import easter, public_holidays

DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    good_friday = easter(day.year) - 2 * DAY
    off = public_holidays(day.year) | {good_friday, date(day.year, 5, 5)}
    return day.weekday() < 5 and day not in off


def due(duration: Duration, start: date, suspended: Sequence[tuple[date, date]], *, moves: bool) -> date:
    still = {first + n * DAY for first, after in suspended for n in range((after - first).days)}
    usable = [day for n in range(1, 2500) if is_working_day(day := start + n * DAY) and day not in still]
    if duration.unit is Unit.WORKING_DAYS:
        return usable[duration.amount - 1]
    fixed = end = calendar_end(duration, start)
    while end != (later := fixed + sum(start < day <= end for day in still) * DAY):
        end = later
    if not moves:
        return end
    end = min(day for day in usable if day >= end)
    is_short = duration.unit is Unit.DAYS and duration.amount < 3
    return end if is_short else max(end, usable[1])


def calendar_end(duration: Duration, start: date) -> date:
    if duration.unit is Unit.DAYS:
        return start + duration.amount * DAY
    if duration.unit is Unit.WEEKS:
        return start + duration.amount * 7 * DAY
    year, month = start.year, start.month
    for _ in range(duration.amount):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))
