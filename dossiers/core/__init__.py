"""The pure core of what records owe: when a norm is due and why then. No Django, clock or settings."""

from .clocks import AMSTERDAM, InstantPeriod, clock_end
from .days import BeyondCalendar, DayOff, day_off
from .deadline import Deadline
from .durations import Duration, InvalidDuration, Unit, Wrong, parse_duration
from .lights import Light, light
from .norms import NORMS, Norm, Source
from .reminders import remind_moment
from .terms import DayPeriod, term_end

__all__ = [
    "AMSTERDAM",
    "NORMS",
    "BeyondCalendar",
    "DayOff",
    "DayPeriod",
    "Deadline",
    "Duration",
    "InstantPeriod",
    "InvalidDuration",
    "Light",
    "Norm",
    "Source",
    "Unit",
    "Wrong",
    "clock_end",
    "day_off",
    "light",
    "parse_duration",
    "remind_moment",
    "term_end",
]
