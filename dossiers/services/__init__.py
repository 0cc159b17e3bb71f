"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .actions import begin_action, correct_action, end_action, extend_action, lapse_overdue
from .clock_sweep import OVERDUE, REMIND
from .closing import MET_BY_CLOSING, close_case
from .consequences import follow_vt_kind, start_clocks_on_acceptance
from .load_norms import load_norms
from .measures import add_measure, change_measure, must_keep_measures
from .norms import drop_clocks, move_event, note_event
from .records import RecordChanged, open_record_on_acceptance, save_record
from .sharing import record_sharing
from .suspensions import ClockStopped, drop_clock, mark_going, mark_stuck, remove_suspension, resume, suspend
from .tasks import add_participant, change_participant, change_task, finish_task, give_task
from .vt import side_for, take_step

__all__ = [
    "MET_BY_CLOSING",
    "OVERDUE",
    "REMIND",
    "ClockStopped",
    "RecordChanged",
    "add_measure",
    "add_participant",
    "begin_action",
    "change_measure",
    "change_participant",
    "change_task",
    "close_case",
    "correct_action",
    "drop_clock",
    "drop_clocks",
    "end_action",
    "extend_action",
    "finish_task",
    "follow_vt_kind",
    "give_task",
    "lapse_overdue",
    "load_norms",
    "mark_going",
    "mark_stuck",
    "move_event",
    "must_keep_measures",
    "note_event",
    "open_record_on_acceptance",
    "record_sharing",
    "remove_suspension",
    "resume",
    "save_record",
    "side_for",
    "start_clocks_on_acceptance",
    "suspend",
    "take_step",
]
