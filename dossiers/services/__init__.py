"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .actions import begin_action, correct_action, end_action, extend_action, lapse_overdue
from .norms import note_event
from .records import RecordChanged, open_record_on_acceptance, save_record
from .sharing import record_sharing
from .tasks import add_participant, change_participant, change_task, finish_task, give_task

__all__ = [
    "RecordChanged",
    "add_participant",
    "begin_action",
    "change_participant",
    "change_task",
    "correct_action",
    "end_action",
    "extend_action",
    "finish_task",
    "give_task",
    "lapse_overdue",
    "note_event",
    "open_record_on_acceptance",
    "record_sharing",
    "save_record",
]
