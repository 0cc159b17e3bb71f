"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .clock_sweep import OVERDUE, REMIND
from .closing import MET_BY_CLOSING, close_case
from .consequences import follow_vt_kind, start_clocks_on_acceptance
from .load_norms import load_norms
from .norms import drop_clocks, move_event, note_event
from .records import RecordChanged, open_record_on_acceptance, save_record
from .sharing import record_sharing
from .suspensions import (
    ClockStopped,
    correct_start,
    drop_clock,
    mark_going,
    mark_stuck,
    remove_suspension,
    resume,
    suspend,
)

__all__ = [
    "MET_BY_CLOSING",
    "OVERDUE",
    "REMIND",
    "ClockStopped",
    "RecordChanged",
    "close_case",
    "correct_start",
    "drop_clock",
    "drop_clocks",
    "follow_vt_kind",
    "load_norms",
    "mark_going",
    "mark_stuck",
    "move_event",
    "note_event",
    "open_record_on_acceptance",
    "record_sharing",
    "remove_suspension",
    "resume",
    "save_record",
    "start_clocks_on_acceptance",
    "suspend",
]
