"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .duplicates import Candidate, duplicates
from .families import (
    HouseholdView,
    RelationView,
    household_in,
    households_in,
    member_in,
    relation_in,
    relations_in,
    relations_of,
)
from .people import (
    InvolvementView,
    cases_of,
    involvements_here,
    masked_bsn,
    merge_for,
    merges_of,
    name_of,
    pair_to_merge,
    people_for_client,
    people_of,
    person_in,
    shown_name,
)
from .records import RecordView, record_of, records_of

__all__ = [
    "Candidate",
    "HouseholdView",
    "InvolvementView",
    "RecordView",
    "RelationView",
    "cases_of",
    "duplicates",
    "household_in",
    "households_in",
    "involvements_here",
    "masked_bsn",
    "member_in",
    "merge_for",
    "merges_of",
    "name_of",
    "pair_to_merge",
    "people_for_client",
    "people_of",
    "person_in",
    "record_of",
    "records_of",
    "relation_in",
    "relations_in",
    "relations_of",
    "shown_name",
]
