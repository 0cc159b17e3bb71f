"""The pure core of what records owe: when a norm is due and why then; and the way of a Veilig Thuis dossier. No Django,
clock or settings."""

from .clocks import AMSTERDAM, InstantPeriod, clock_end, day_of, midnight
from .days import BeyondCalendar, DayOff, day_off
from .deadline import Deadline
from .durations import Duration, InvalidDuration, Unit, Wrong, parse_duration
from .lights import Light, light
from .likeness import Known, Likeness, Reason, likeness
from .merging import Choice, Collision, Merge, Settled, merge_choices, merge_texts, merge_value, values_collide
from .norms import NORMS, Norm, Source
from .numbers import masked, read_bsn, read_postcode
from .reminders import remind_moment
from .search_keys import keys_of, keys_to_find
from .terms import DayPeriod, term_end
from .vt_states import Missing, NotYet, StepRefused, WrongSide, WrongState, lacking, path_of, row_for, rows_from, step
from .vt_table import ADVICE, FINAL, START, TABLE, Act, Need, Row, Side, State

__all__ = [
    "ADVICE",
    "AMSTERDAM",
    "FINAL",
    "NORMS",
    "START",
    "TABLE",
    "Act",
    "BeyondCalendar",
    "Choice",
    "Collision",
    "DayOff",
    "DayPeriod",
    "Deadline",
    "Duration",
    "InstantPeriod",
    "InvalidDuration",
    "Known",
    "Light",
    "Likeness",
    "Merge",
    "Missing",
    "Need",
    "Norm",
    "NotYet",
    "Reason",
    "Row",
    "Settled",
    "Side",
    "Source",
    "State",
    "StepRefused",
    "Unit",
    "Wrong",
    "WrongSide",
    "WrongState",
    "clock_end",
    "day_of",
    "day_off",
    "keys_of",
    "keys_to_find",
    "lacking",
    "light",
    "likeness",
    "masked",
    "merge_choices",
    "merge_texts",
    "merge_value",
    "midnight",
    "parse_duration",
    "path_of",
    "read_bsn",
    "read_postcode",
    "remind_moment",
    "row_for",
    "rows_from",
    "step",
    "term_end",
    "values_collide",
]
