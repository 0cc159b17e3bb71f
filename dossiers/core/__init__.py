"""The pure core of what records owe: when a norm is due and why then. No Django, clock or settings."""

from .clocks import AMSTERDAM, InstantPeriod, clock_end
from .days import BeyondCalendar, DayOff, day_off
from .deadline import Deadline
from .durations import Duration, InvalidDuration, Unit, Wrong, parse_duration
from .lights import Light, light
from .likeness import Known, Likeness, Reason, likeness
from .norms import NORMS, Norm, Source
from .numbers import masked, read_bsn, read_postcode
from .search_keys import keys_of, keys_to_find
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
    "Known",
    "Light",
    "Likeness",
    "Norm",
    "Reason",
    "Source",
    "Unit",
    "Wrong",
    "clock_end",
    "day_off",
    "keys_of",
    "keys_to_find",
    "light",
    "likeness",
    "masked",
    "parse_duration",
    "read_bsn",
    "read_postcode",
    "term_end",
]
