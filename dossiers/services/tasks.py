"""The only writer of tasks and of the professionals around a case."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.errors import HasEnded
from dossiers.models import Participant, Task
from dossiers.policies import may_add, may_change
from dossiers.selectors.tasks import colleagues
from routing.errors import ChangedMeanwhile, InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case, who_see

OF_TASK = ("text", "organisation", "person", "due_on")
OF_PARTICIPANT = ("organisation", "organisation_name", "name", "function", "phone", "since", "until")
Entry = TypeVar("Entry", Task, Participant)


@transaction.atomic
def give_task(actor: Actor, case: Case, given: Mapping[str, object]) -> Task:
    """Raises InvalidEntry at the field."""
    _must(may_add(actor, case))
    task = Task(case=case, given_at=timezone.now(), given_by=actor.user, keeper_id=actor.organisation_id)
    _fill(task, given, OF_TASK)
    _check_task(actor, task, due_before=None)
    return _created(actor, task, "task.given")


@transaction.atomic
def change_task(actor: Actor, task: Task, version: int, given: Mapping[str, object]) -> Task:
    """Raises InvalidEntry at the field, ChangedMeanwhile when another was first, HasEnded when it was done."""
    task = _locked(actor, task, version)
    if task.done_at is not None:
        raise HasEnded(_("de taak is gedaan"))
    due_before = task.due_on
    _fill(task, given, OF_TASK)
    _check_task(actor, task, due_before)
    return _saved(actor, task, "task.changed")


@transaction.atomic
def finish_task(actor: Actor, task: Task, version: int, note: str = "") -> Task:
    task = _locked(actor, task, version)
    if task.done_at is not None:
        raise HasEnded(_("de taak is gedaan"))
    task.done_at, task.done_by, task.note = timezone.now(), actor.user, note.strip()
    return _saved(actor, task, "task.done")


@transaction.atomic
def add_participant(actor: Actor, case: Case, given: Mapping[str, object]) -> Participant:
    """Raises InvalidEntry at the field."""
    _must(may_add(actor, case))
    participant = Participant(case=case, keeper_id=actor.organisation_id, noted_at=timezone.now())
    _fill(participant, given, OF_PARTICIPANT)
    _check_participant(participant)
    return _created(actor, participant, "participant.added")


@transaction.atomic
def change_participant(
    actor: Actor, participant: Participant, version: int, given: Mapping[str, object]
) -> Participant:
    """Raises InvalidEntry at the field, ChangedMeanwhile when another was first."""
    participant = _locked(actor, participant, version)
    _fill(participant, given, OF_PARTICIPANT)
    _check_participant(participant)
    return _saved(actor, participant, "participant.changed")


def _check_task(actor: Actor, task: Task, due_before: date | None) -> None:
    errors = {}
    if not task.text:
        errors["text"] = _("Schrijf op wat er moet gebeuren.")
    if not who_see(task.case).filter(pk=task.organisation_id).exists():
        errors["organisation"] = _("Kies een organisatie die deze casus kan zien.")
    elif task.person is not None and not _works_there(actor, task):
        errors["person"] = _("Kies een collega van uw eigen organisatie, en die organisatie erbij.")
    if task.due_on is not None and task.due_on != due_before and task.due_on < timezone.localdate():
        errors["due_on"] = _("Deze dag is voorbij. Kies vandaag of later.")
    if errors:
        raise InvalidEntry(errors)


def _works_there(actor: Actor, task: Task) -> bool:
    """Another organisation divides its own work."""
    if task.organisation_id != actor.organisation_id:
        return False
    return colleagues(actor).filter(pk=task.person_id).exists()


def _check_participant(participant: Participant) -> None:
    errors = {}
    if not participant.name:
        errors["name"] = _("Vul in hoe deze persoon heet.")
    if participant.organisation is None and not participant.organisation_name:
        errors["organisation"] = _("Kies een organisatie, of vul er hieronder een in.")
    elif participant.organisation is not None and participant.organisation_name:
        errors["organisation_name"] = _("Kies een organisatie uit de lijst of vul er zelf een in, niet allebei.")
    if participant.until is not None and participant.until < participant.since:
        errors["until"] = _("De laatste dag ligt vóór de eerste.")
    if errors:
        raise InvalidEntry(errors)


# --- Writing ---------------------------------------------------------------------------------------------


def _fill(entry: Entry, given: Mapping[str, object], fields: tuple[str, ...]) -> None:
    for name in fields:
        if name in given:
            value = given[name]
            setattr(entry, name, value.strip() if isinstance(value, str) else value)


def _locked(actor: Actor, entry: Entry, version: int) -> Entry:
    entry = type(entry).objects.select_for_update(of=("self",)).select_related("case", "organisation").get(pk=entry.pk)
    _must(may_change(actor, entry))
    if entry.version != version:
        raise ChangedMeanwhile(entry)
    return entry


def _created(actor: Actor, entry: Entry, event: str) -> Entry:
    entry.changed_by = actor.user
    entry.save()
    _log(actor, entry, event, "C")
    return entry


def _saved(actor: Actor, entry: Entry, event: str) -> Entry:
    entry.version += 1
    entry.changed_by = actor.user
    entry.save()
    _log(actor, entry, event, "U")
    return entry


def _log(actor: Actor, entry: Entry, event: str, action: str) -> None:
    rule = rule_for_case(actor, entry.case)
    log_access(actor, event=event, action=action, record=entry, subject=str(entry.case_id), rule=rule)


def _must(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("Dit kan alleen wie aan deze casus werkt."))
