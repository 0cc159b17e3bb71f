"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .actions import action_of, actions_of, has_lapsed, open_actions_of
from .calls import CallFacts, call_facts, crisis_clocks
from .case_list import CaseRow, case_rows, listed_cases, soonest_due
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
from .history import History, history
from .history_steps import SYSTEM, Wanted, steps_of, users_of
from .measures import measure_of, measures_of
from .norms import norms_in_force, norms_of
from .now import now
from .overview import Look, overview
from .people import (
    InvolvementView,
    cases_of,
    involvement_in,
    involvements_here,
    is_shielded_reporter,
    masked_bsn,
    mention,
    merge_for,
    merged_from,
    merges_of,
    pair_to_merge,
    people_for_client,
    people_of,
    person_in,
    shown_name,
)
from .person_history import Change, history_of_person
from .records import RecordView, record_of, records_of
from .tasks import (
    current_participants_of,
    is_overdue,
    my_tasks,
    open_tasks_of,
    participant_of,
    participants_of,
    task_of,
    tasks_of,
)
from .team import Team, leading_organisations, team
from .teams import FieldView, Side, field_views, new_threads, shared_fields, sides
from .terms import Term, blocking, dropped_of, terms_of, worst
from .vt import VtView, vt_record_of, vt_view

__all__ = [
    "SYSTEM",
    "CallFacts",
    "Candidate",
    "CaseRow",
    "Change",
    "FieldView",
    "History",
    "HouseholdView",
    "InvolvementView",
    "Look",
    "RecordView",
    "RelationView",
    "Side",
    "Team",
    "Term",
    "VtView",
    "Wanted",
    "action_of",
    "actions_of",
    "blocking",
    "call_facts",
    "case_rows",
    "cases_of",
    "crisis_clocks",
    "current_participants_of",
    "dropped_of",
    "duplicates",
    "field_views",
    "has_lapsed",
    "history",
    "history_of_person",
    "household_in",
    "households_in",
    "involvement_in",
    "involvements_here",
    "is_overdue",
    "is_shielded_reporter",
    "leading_organisations",
    "listed_cases",
    "masked_bsn",
    "measure_of",
    "measures_of",
    "member_in",
    "mention",
    "merge_for",
    "merged_from",
    "merges_of",
    "my_tasks",
    "new_threads",
    "norms_in_force",
    "norms_of",
    "now",
    "open_actions_of",
    "open_tasks_of",
    "overview",
    "pair_to_merge",
    "participant_of",
    "participants_of",
    "people_for_client",
    "people_of",
    "person_in",
    "record_of",
    "records_of",
    "relation_in",
    "relations_in",
    "relations_of",
    "shared_fields",
    "shown_name",
    "sides",
    "soonest_due",
    "steps_of",
    "task_of",
    "tasks_of",
    "team",
    "terms_of",
    "users_of",
    "vt_record_of",
    "vt_view",
    "worst",
]
