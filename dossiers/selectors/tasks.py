"""Tasks and the professionals around a case; whether the actor may see the case, routing has answered first."""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.policies import Actor, Permission
from dossiers.models import Participant, Task
from dossiers.policies import may_change
from partners.models import Membership
from routing.models import Case
from routing.policies import visible_cases


def tasks_of(case: Case) -> QuerySet[Task]:
    """What is still to do, the first due on top; then what was done, the last first."""
    found = Task.objects.filter(case=case)
    return _with_names(found).order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


def open_tasks_of(case: Case) -> QuerySet[Task]:
    return tasks_of(case).filter(done_at__isnull=True)


def my_tasks(actor: Actor) -> list[Task]:
    """What is asked of me or of my organisation in cases that I may see, overdue first; each with `overdue`."""
    if not actor.may(Permission.ANSWER_HANDOVER) or actor.organisation_id is None:
        return []
    mine = Q(person=actor.user) | Q(person__isnull=True, organisation=actor.organisation_id)
    found = Task.objects.filter(mine, done_at__isnull=True, case__in=visible_cases(actor))
    rows = list(_with_names(found).order_by(F("due_on").asc(nulls_last=True), "given_at", "pk"))
    for row in rows:
        row.overdue = is_overdue(row)
    return rows


def is_overdue(task: Task) -> bool:
    return task.done_at is None and task.due_on is not None and task.due_on < timezone.localdate()


def task_of(actor: Actor, case: Case, pk: int) -> Task | None:
    return _may_change(actor, tasks_of(case).filter(pk=pk).first())


def participants_of(case: Case) -> QuerySet[Participant]:
    """Who is still there first."""
    found = Participant.objects.filter(case=case).select_related("organisation", "keeper", "changed_by", "case")
    return found.order_by(F("until").desc(nulls_first=True), "name", "pk")


def current_participants_of(case: Case) -> QuerySet[Participant]:
    return participants_of(case).filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))


def participant_of(actor: Actor, case: Case, pk: int) -> Participant | None:
    return _may_change(actor, participants_of(case).filter(pk=pk).first())


def colleagues(actor: Actor) -> QuerySet[User]:
    """Who works at the actor's own organisation today and may work on cases."""
    today = timezone.localdate()
    here = Membership.objects.filter(organisation=actor.organisation_id, valid_from__lte=today)
    here = here.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    return User.objects.filter(pk__in=here.values("user"), is_active=True).order_by("last_name", "username")


def _with_names(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("organisation", "person", "keeper", "given_by", "done_by", "changed_by", "case")


def _may_change(actor: Actor, entry):
    if entry is not None:
        entry.may_change = may_change(actor, entry)
    return entry
