"""Crisis clocks: hours that elapse, whatever the wall clock or the calendar says."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from routing.core.hours import LAST_DAY

from .days import BeyondCalendar
from .deadline import ClockChange, Deadline, Reason, TimeStoodStill

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
# Half-open: the instant at which the clock stops, and the one at which it runs again.
InstantPeriod = tuple[datetime, datetime]


def day_of(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def midnight(day: date) -> datetime:
    """The moment at which it begins."""
    return datetime.combine(day, time(), AMSTERDAM)


_END: Final = midnight(LAST_DAY + timedelta(days=1)).astimezone(UTC)


def clock_end(hours: int, start: datetime, suspended: tuple[InstantPeriod, ...] = ()) -> Deadline:
    """The instant at which so many hours have elapsed; raises BeyondCalendar."""
    begin = start.astimezone(UTC)
    due = _elapse(timedelta(hours=hours), begin, suspended)
    if due > _END:
        raise BeyondCalendar(due.isoformat())
    reasons: list[Reason] = list(_clock_changes(begin, due))
    if suspended:
        reasons.append(TimeStoodStill(due - begin - timedelta(hours=hours)))
    return Deadline(due.astimezone(AMSTERDAM), tuple(reasons))


def _elapse(left: timedelta, now: datetime, suspended: tuple[InstantPeriod, ...]) -> datetime:
    # In UTC: within one zone Python compares wall times, and an hour occurs twice.
    in_order = sorted((stops.astimezone(UTC), resumes.astimezone(UTC)) for stops, resumes in suspended)
    for stops, resumes in in_order:
        runs = max(stops - now, timedelta())
        if runs >= left:
            break
        if resumes > now:
            left, now = left - runs, resumes
    return now + left


def _clock_changes(begin: datetime, due: datetime) -> list[ClockChange]:
    start, end = begin.astimezone(AMSTERDAM), due.astimezone(AMSTERDAM)
    days = (end.date() - start.date()).days
    midnights = [midnight(start.date() + timedelta(days=n)) for n in range(1, days + 1)]
    points = [start, *midnights, end]
    return [
        ClockChange(before.date(), forward=_offset(after) > _offset(before))
        for before, after in pairwise(points)
        if _offset(after) != _offset(before)
    ]


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
