"""The pure core of what records owe: when a norm is due and why then. No Django, clock or settings."""

from .clocks import AMSTERDAM, InstantPeriod, clock_end
from .days import BeyondCalendar, DayOff, day_off
from .deadline import Deadline
from .durations import Duration, InvalidDuration, Unit, Wrong, parse_duration
from .lights import Light, light
from .merging import Choice, Collision, Merge, Settled, merge_choices, merge_texts, merge_value, values_collide
from .norms import NORMS, Norm, Source
from .terms import DayPeriod, term_end

__all__ = [
    "AMSTERDAM",
    "NORMS",
    "BeyondCalendar",
    "Choice",
    "Collision",
    "DayOff",
    "DayPeriod",
    "Deadline",
    "Duration",
    "InstantPeriod",
    "InvalidDuration",
    "Light",
    "Merge",
    "Norm",
    "Settled",
    "Source",
    "Unit",
    "Wrong",
    "clock_end",
    "day_off",
    "light",
    "merge_choices",
    "merge_texts",
    "merge_value",
    "parse_duration",
    "term_end",
    "values_collide",
]
