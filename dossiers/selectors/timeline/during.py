"""What was done since: actions, professionals, tasks, records and clocks."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.action_words import day_name
from dossiers.core import midnight
from dossiers.deadline_words import EVENT_NAMES
from dossiers.models import Action, Clock, IcdRecord, Participant, Task, VtRecord
from dossiers.selectors.people import mention, people_for_client, shown_name
from routing.models import Case

from .entry import Entry, What, full_name


def actions(actor: Actor, case: Case) -> Iterator[Entry]:
    for action in Action.objects.filter(case=case).select_related("organisation", "person", "changed_by"):
        yield from _of_action(case, action)


def _of_action(case: Case, action: Action) -> Iterator[Entry]:
    name = {"kind": action.get_kind_display(), "person": mention(case, action.person)}
    label = _("%(kind)s (%(person)s)") % name if name["person"] else name["kind"]
    of = {"organisations": (action.organisation.name,), "link": ("action", action.case_id, action.pk)}
    yield Entry(action.started_at, What.ACTION, _("Begonnen: %(action)s") % {"action": label}, text=action.note, **of)
    if action.left_at:
        yield Entry(action.left_at, What.ACTION, _("Vertrokken: %(action)s") % {"action": label}, **of)
    if action.arrived_at:
        yield Entry(action.arrived_at, What.ACTION, _("Aangekomen: %(action)s") % {"action": label}, **of)
    if action.extended_at:
        day = day_name(action.lapses_on)
        title = _("Verlengd tot en met %(day)s: %(action)s") % {"day": day, "action": label}
        yield Entry(action.extended_at, What.ACTION, title, text=action.extended_because, **of)
    if action.ended_at:
        title = _("Einde: %(action)s, %(how)s") % {"action": label, "how": action.get_ending_display()}
        outcome = action.get_outcome_display() if action.outcome else ""
        text = "\n".join(filter(None, (outcome, action.end_note)))
        yield Entry(action.ended_at, What.ACTION, title, full_name(action.changed_by), text=text, **of)


def people(actor: Actor, case: Case) -> Iterator[Entry]:
    """Whoever is shielded stays off what is printed and handed on."""
    for each in people_for_client(case):
        words = {"person": shown_name(each.person), "role": each.get_role_display()}
        yield Entry(each.since, What.PERSON, _("Persoon erbij: %(person)s (%(role)s)") % words, text=each.note)
        if each.until:
            yield Entry(each.until, What.PERSON, _("Persoon eraf: %(person)s (%(role)s)") % words)


def participants(actor: Actor, case: Case) -> Iterator[Entry]:
    today = timezone.localdate()
    for each in Participant.objects.filter(case=case).select_related("organisation"):
        who = ", ".join(filter(None, (each.name, each.function, each.works_at)))
        of = {"organisations": (each.works_at,), "link": ("case-professionals", case.pk), "whole_day": True}
        yield Entry(midnight(each.since), What.PARTICIPANT, _("Betrokken: %(who)s") % {"who": who}, **of)
        if each.until and each.until <= today:
            title = _("Niet meer betrokken: %(who)s") % {"who": who}
            yield Entry(midnight(each.until), What.PARTICIPANT, title, **of)


def tasks(actor: Actor, case: Case) -> Iterator[Entry]:
    for task in Task.objects.filter(case=case).select_related("organisation", "given_by", "done_by"):
        name = task.organisation.name
        of = {"organisations": (name,), "link": ("task", case.pk, task.pk)}
        title = _("Taak voor %(organisation)s") % {"organisation": name}
        yield Entry(task.given_at, What.TASK, title, full_name(task.given_by), text=task.text, **of)
        if task.done_at:
            title = _("Taak gedaan door %(organisation)s") % {"organisation": name}
            text = "\n".join(filter(None, (task.text, task.note)))
            yield Entry(task.done_at, What.TASK, title, full_name(task.done_by), text=text, **of)


def records(actor: Actor, case: Case) -> Iterator[Entry]:
    """That it was opened or saved; what it says and said stands in the record and its history."""
    for model, name in ((IcdRecord, _("notitie van de ICD")), (VtRecord, _("dossier van Veilig Thuis"))):
        rows = model.history.filter(case=case).select_related("history_user")
        for row in rows.only("history_date", "history_type", "version", "history_user"):
            opened = row.history_type == "+"
            title = _("Geopend: %(record)s") if opened else _("Bewaard: %(record)s, versie %(version)d")
            said = title % {"record": name, "version": row.version}
            yield Entry(row.history_date, What.RECORD, said, full_name(row.history_user), link=("case", case.pk))


def clocks(actor: Actor, case: Case) -> Iterator[Entry]:
    now = timezone.now()
    for clock in Clock.objects.filter(case=case).select_related("norm"):
        name = {"what": EVENT_NAMES.get(clock.norm.ends, clock.norm.slug)}
        yield Entry(clock.started_at, What.CLOCK, _("Termijn begonnen: %(what)s") % name, text=clock.because)
        if clock.dropped_at:
            yield Entry(
                clock.dropped_at, What.CLOCK, _("Termijn vervallen: %(what)s") % name, text=clock.dropped_because
            )
        elif clock.met_at:
            yield Entry(clock.met_at, What.CLOCK, _("Termijn klaar: %(what)s") % name)
        if not clock.dropped_at and clock.due_at <= (clock.met_at or now):
            yield Entry(clock.due_at, What.CLOCK, _("Termijn verstreken: %(what)s") % name)
