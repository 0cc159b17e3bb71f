"""What runs in a case and what is still to do, for its overview."""

from routing.models import Case

from .actions import open_actions_of
from .tasks import is_overdue, open_tasks_of


def now(case: Case) -> dict:
    tasks = list(open_tasks_of(case))
    for task in tasks:
        task.overdue = is_overdue(task)
    return {"open_actions": open_actions_of(case), "open_tasks": tasks}
