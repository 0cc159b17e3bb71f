"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .measures import add_measure, change_measure, must_keep_measures
from .norms import note_event
from .records import RecordChanged, open_record_on_acceptance, save_record
from .vt import side_for, take_step

__all__ = [
    "RecordChanged",
    "add_measure",
    "change_measure",
    "must_keep_measures",
    "note_event",
    "open_record_on_acceptance",
    "save_record",
    "side_for",
    "take_step",
]
