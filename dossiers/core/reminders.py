"""When somebody is reminded: so long before the end of a norm, and of a term in the morning of a day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from .clocks import AMSTERDAM, midnight
from .days import day_off
from .durations import Duration, Unit
from .terms import months_later

# The desk reads it when the day begins, not at midnight.
MORNING: Final = time(8)
ONE_DAY: Final = timedelta(days=1)


def remind_moment(due: date | datetime, before: Duration) -> datetime:
    """So long before what is due. Hours are elapsed; anything longer is the morning of that day, which may be a day off
    only for a norm that counts those too."""
    if before.unit is Unit.HOURS:
        return (_end(due) - timedelta(hours=before.amount)).astimezone(AMSTERDAM)
    last = due.astimezone(AMSTERDAM).date() if isinstance(due, datetime) else due
    return datetime.combine(_earlier(last, before), MORNING, AMSTERDAM)


def _end(due: date | datetime) -> datetime:
    end = due if isinstance(due, datetime) else midnight(due + ONE_DAY)
    return end.astimezone(UTC)  # within one zone Python subtracts wall times


def _earlier(last: date, before: Duration) -> date:
    if before.unit is Unit.WORKING_DAYS:
        return _working_days_before(last, before.amount)
    if before.unit is Unit.MONTHS:
        return months_later(last, -before.amount)
    return last - before.amount * (7 if before.unit is Unit.WEEKS else 1) * ONE_DAY


def _working_days_before(day: date, amount: int) -> date:
    while amount:
        day -= ONE_DAY
        amount -= day_off(day) is None
    return day
