"""Terms in working days, days, weeks and months, counted and moved as the Algemene termijnenwet does.

The day of the event is not counted, and a day on which the term stands still neither. What is left of the term is
walked day by day, so that overlapping suspensions count once and later ones not at all.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

from routing.core.hours import FIRST_DAY, LAST_DAY

from .days import BeyondCalendar, day_off
from .deadline import DaysStoodStill, Deadline, EndOfMonth, Moved, NotMoved, OffDay, Reason, Skipped, TwoWorkingDays
from .durations import Duration, Unit

# Half-open: the first day on which the term stands still, and the day on which it runs again.
DayPeriod = tuple[date, date]
Test = Callable[[date], bool]

ONE_DAY: Final = timedelta(days=1)
LONG_ENOUGH: Final = 3  # days; a shorter term need not hold two working days


def term_end(duration: Duration, start: date, suspended: tuple[DayPeriod, ...] = (), *, moves: bool = True) -> Deadline:
    """The last day of a term that starts with an event on this day; raises BeyondCalendar."""
    if not FIRST_DAY <= start <= LAST_DAY:
        raise BeyondCalendar(start.isoformat())

    def runs(day: date) -> bool:
        return not any(first <= day < after for first, after in suspended)

    if duration.unit is Unit.WORKING_DAYS:
        due, reasons = _working_days(duration.amount, start, runs)
    else:
        due, reasons = _calendar_days(duration, start, runs, moves)
    if suspended:
        counts = _works if duration.unit is Unit.WORKING_DAYS else _any_day
        still = sum(not runs(day) and counts(day) for day in _between(start, due))
        reasons.append(DaysStoodStill(still))
    return Deadline(due, tuple(reasons))


def _working_days(amount: int, start: date, runs: Test) -> tuple[date, list[Reason]]:
    due = _nth(amount, start, lambda day: runs(day) and _works(day))
    skipped = _off_days(_between(start, due))
    return due, [Skipped(skipped)] if skipped else []


def _calendar_days(duration: Duration, start: date, runs: Test, moves: bool) -> tuple[date, list[Reason]]:
    fixed = _without_suspension(duration, start)
    reasons: list[Reason] = []
    if duration.unit is Unit.MONTHS and fixed.day != start.day:
        reasons.append(EndOfMonth(start.day))
    due = _nth((fixed - start).days, start, runs)
    if not moves:
        why = day_off(due)
        return due, [*reasons, NotMoved(OffDay(due, why))] if why else reasons
    return _as_the_law_moves(duration, start, due, runs, reasons)


def _as_the_law_moves(
    duration: Duration, start: date, due: date, runs: Test, reasons: list[Reason]
) -> tuple[date, list[Reason]]:
    def can_end(day: date) -> bool:
        return runs(day) and _works(day)

    if not can_end(due):
        moved = _nth(1, due, can_end)
        reasons = [*reasons, Moved(_off_days([due, *_between(due, moved)]))]
        due = moved
    if duration.unit is not Unit.DAYS or duration.amount >= LONG_ENOUGH:
        second = _nth(2, start, can_end)
        if second > due:
            return second, [*reasons, TwoWorkingDays(due)]
    return due, reasons


def _without_suspension(duration: Duration, start: date) -> date:
    if duration.unit is Unit.MONTHS:
        return months_later(start, duration.amount)
    days = duration.amount * (7 if duration.unit is Unit.WEEKS else 1)
    if days > (LAST_DAY - start).days:
        raise BeyondCalendar(str(duration))
    return start + timedelta(days=days)


def months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > LAST_DAY.year:
        raise BeyondCalendar(f"{months} months")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _nth(amount: int, start: date, counts: Test) -> date:
    """The day after the start on which that many days that count have gone by."""
    return next(islice((day for day in _days_after(start) if counts(day)), amount - 1, None))


def _days_after(start: date) -> Iterator[date]:
    day = start
    while day < LAST_DAY:
        day += ONE_DAY
        yield day
    raise BeyondCalendar(f"after {LAST_DAY}")


def _between(start: date, due: date) -> list[date]:
    return [start + timedelta(days=n) for n in range(1, (due - start).days)]


def _off_days(days: list[date]) -> tuple[OffDay, ...]:
    return tuple(OffDay(day, why) for day in days if (why := day_off(day)))


def _works(day: date) -> bool:
    return day_off(day) is None


def _any_day(_day: date) -> bool:
    return True
