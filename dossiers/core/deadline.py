"""When something is due, with the reasons that made it that day or that instant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .days import DayOff


@dataclass(frozen=True, slots=True)
class OffDay:
    day: date
    why: DayOff


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days that a term in working days does not count."""

    days: tuple[OffDay, ...]


@dataclass(frozen=True, slots=True)
class EndOfMonth:
    """The month of the end has no day of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The term would have ended on the first of these days, and none of them can be its last."""

    days: tuple[OffDay, ...]


@dataclass(frozen=True, slots=True)
class NotMoved:
    """The end of a measure stays where it falls."""

    day: OffDay


@dataclass(frozen=True, slots=True)
class TwoWorkingDays:
    """Up to this day the term held fewer than two working days."""

    until: date


@dataclass(frozen=True, slots=True)
class DaysStoodStill:
    """How many days the suspensions added; 0 when they do not touch the term."""

    days: int


@dataclass(frozen=True, slots=True)
class TimeStoodStill:
    """How long the suspensions held the clock; zero when they do not touch it."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The wall clock was changed in between; elapsed hours do not notice."""

    on: date
    forward: bool


Reason = Skipped | EndOfMonth | Moved | NotMoved | TwoWorkingDays | DaysStoodStill | TimeStoodStill | ClockChange


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is a date (its end, in Amsterdam) for a term in days, and an instant for a clock."""

    due: date | datetime
    reasons: tuple[Reason, ...] = ()
