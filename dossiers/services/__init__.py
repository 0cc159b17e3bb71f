"""The only writer of records, people and clocks. Each function is one transaction with its permission, change, history
and access log."""

from .citizen_numbers import BsnTaken, add_person_with_bsn, record_bsn, show_bsn
from .families import add_household, add_relation, change_household, end_relation, join_household, leave_household
from .merge_log import log_compared
from .merging import MergeRefused, merge_people, unmerge_people
from .norms import note_event
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
from .records import RecordChanged, open_record_on_acceptance, save_record

__all__ = [
    "PERSON_FIELDS",
    "BsnTaken",
    "MergeRefused",
    "PersonChanged",
    "PersonMerged",
    "RecordChanged",
    "add_household",
    "add_person",
    "add_person_with_bsn",
    "add_relation",
    "change_household",
    "change_involvement",
    "change_person",
    "end_involvement",
    "end_relation",
    "join_household",
    "leave_household",
    "link_person",
    "log_compared",
    "merge_people",
    "must_write_people",
    "note_event",
    "open_record_on_acceptance",
    "record_bsn",
    "save_record",
    "show_bsn",
    "unmerge_people",
]
