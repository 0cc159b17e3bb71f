"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .actions import LAPSED, begin_action, correct_action, end_action, extend_action, lapse_overdue
from .citizen_numbers import BsnTaken, add_person_with_bsn, record_bsn, show_bsn
from .clock_sweep import OVERDUE, REMIND
from .closing import MET_BY_CLOSING, close_case
from .consequences import start_clocks_on_acceptance
from .disclosures import record_disclosure
from .families import add_household, add_relation, change_household, end_relation, join_household, leave_household
from .icd import complete_note, promote, reopen_note, what_is_missing
from .load_norms import load_norms
from .measures import add_measure, change_measure, must_keep_measures
from .merge_log import log_compared
from .merging import FieldMerge, merged_fields, version_of
from .norms import drop_clocks, move_event, note_event
from .people import (
    PERSON_FIELDS,
    PersonChanged,
    PersonMerged,
    add_person,
    change_involvement,
    change_person,
    end_involvement,
    link_person,
    must_write_people,
)
from .person_merging import MergeRefused, merge_people, unmerge_people
from .records import RecordChanged, open_record_on_acceptance, save_merged, save_record
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
from .tasks import add_participant, change_participant, change_task, finish_task, give_task
from .teams import choose_sharing, follow_up, remark, take_over, texts_of
from .vt import side_for, take_step

__all__ = [
    "LAPSED",
    "MET_BY_CLOSING",
    "OVERDUE",
    "PERSON_FIELDS",
    "REMIND",
    "BsnTaken",
    "ClockStopped",
    "FieldMerge",
    "MergeRefused",
    "PersonChanged",
    "PersonMerged",
    "RecordChanged",
    "add_household",
    "add_measure",
    "add_participant",
    "add_person",
    "add_person_with_bsn",
    "add_relation",
    "begin_action",
    "change_household",
    "change_involvement",
    "change_measure",
    "change_participant",
    "change_person",
    "change_task",
    "choose_sharing",
    "close_case",
    "complete_note",
    "correct_action",
    "correct_start",
    "drop_clock",
    "drop_clocks",
    "end_action",
    "end_involvement",
    "end_relation",
    "extend_action",
    "finish_task",
    "follow_up",
    "give_task",
    "join_household",
    "lapse_overdue",
    "leave_household",
    "link_person",
    "load_norms",
    "log_compared",
    "mark_going",
    "mark_stuck",
    "merge_people",
    "merged_fields",
    "move_event",
    "must_keep_measures",
    "must_write_people",
    "note_event",
    "open_record_on_acceptance",
    "promote",
    "record_bsn",
    "record_disclosure",
    "remark",
    "remove_suspension",
    "reopen_note",
    "resume",
    "save_merged",
    "save_record",
    "show_bsn",
    "side_for",
    "start_clocks_on_acceptance",
    "suspend",
    "take_over",
    "take_step",
    "texts_of",
    "unmerge_people",
    "version_of",
    "what_is_missing",
]
