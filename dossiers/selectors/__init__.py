"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .actions import action_of, actions_of, has_lapsed, open_actions_of
from .measures import measure_of, measures_of
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
from .vt import VtView, vt_record_of, vt_view

__all__ = [
    "RecordView",
    "VtView",
    "action_of",
    "actions_of",
    "current_participants_of",
    "has_lapsed",
    "is_overdue",
    "measure_of",
    "measures_of",
    "my_tasks",
    "now",
    "open_actions_of",
    "open_tasks_of",
    "participant_of",
    "participants_of",
    "record_of",
    "records_of",
    "task_of",
    "tasks_of",
    "vt_record_of",
    "vt_view",
]
