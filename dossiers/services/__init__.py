"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .icd import complete_note, promote, reopen_note, what_is_missing
from .merging import FieldMerge, merged_fields, version_of
from .norms import note_event
from .records import RecordChanged, open_record_on_acceptance, save_merged, save_record
from .sharing import record_sharing
from .teams import choose_sharing, follow_up, remark, take_over, texts_of

__all__ = [
    "FieldMerge",
    "RecordChanged",
    "choose_sharing",
    "complete_note",
    "follow_up",
    "merged_fields",
    "note_event",
    "open_record_on_acceptance",
    "promote",
    "record_sharing",
    "remark",
    "reopen_note",
    "save_merged",
    "save_record",
    "take_over",
    "texts_of",
    "version_of",
    "what_is_missing",
]
