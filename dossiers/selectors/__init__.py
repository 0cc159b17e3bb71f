"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .actions import action_of, actions_of, has_lapsed, open_actions_of
from .case_list import CaseRow, case_rows, listed_cases, soonest_due
from .measures import measure_of, measures_of
from .norms import norms_of
from .now import now
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
from .team import Team, team
from .terms import Term, blocking, dropped_of, terms_of, worst
from .vt import VtView, vt_record_of, vt_view

__all__ = [
    "CaseRow",
    "RecordView",
    "Team",
    "Term",
    "VtView",
    "action_of",
    "actions_of",
    "blocking",
    "case_rows",
    "current_participants_of",
    "dropped_of",
    "has_lapsed",
    "is_overdue",
    "listed_cases",
    "measure_of",
    "measures_of",
    "my_tasks",
    "norms_of",
    "now",
    "open_actions_of",
    "open_tasks_of",
    "participant_of",
    "participants_of",
    "record_of",
    "records_of",
    "soonest_due",
    "task_of",
    "tasks_of",
    "team",
    "terms_of",
    "vt_record_of",
    "vt_view",
    "worst",
]
