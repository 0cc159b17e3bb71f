"""What the call and the handovers left behind: contacts, decisions, the lead, consultations, notes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.policies import Actor
from routing.models import Addition, Case, CaseNote, Decision
from routing.selectors import LeadEvent, lead_history
from triage.models import Contact

from .entry import Entry, What, full_name

REASONS = dict(Decision.ChosenReason.choices)


def contacts(actor: Actor, case: Case) -> Iterator[Entry]:
    """That somebody rang. What was told is for the organisation that took the call; others read the handover."""
    for contact in Contact.objects.filter(case=case).select_related("organisation", "taken_by").defer("answers"):
        own = contact.organisation_id == actor.organisation_id
        yield Entry(
            contact.confirmed_at,
            What.CONTACT,
            _("%(organisation)s nam een melding aan") % {"organisation": contact.organisation.name},
            full_name(contact.taken_by),
            (contact.organisation.name,),
            contact.narrative if own else "",
            ("contact", contact.pk) if own else (),
        )


def decisions(actor: Actor, case: Case) -> Iterator[Entry]:
    for made in Decision.objects.filter(case=case).select_related("service__organisation", "made_by").defer("facts"):
        name = made.service.organisation.name if made.service else ""
        title = _("Besluit: %(organisation)s is verantwoordelijk") % {"organisation": name} if name else _("Besluit")
        because = str(made.outcome.get("because") or "")
        chosen = REASONS.get(made.chosen_reason, made.chosen_reason)
        text = "\n".join(filter(None, (because, str(chosen), made.chosen_note)))
        yield Entry(made.made_at, What.DECISION, title, full_name(made.made_by), (name,) if name else (), text)


def lead_and_handovers(actor: Actor, case: Case) -> Iterator[Entry]:
    for held in lead_history(case).periods:
        title = _("%(organisation)s kreeg de regie: %(why)s") % {"organisation": held.organisation, "why": held.why}
        yield Entry(held.since, What.LEAD, title, organisations=(held.organisation,), link=("case-lead", case.pk))
        for event in held.events:
            yield _of_event(event)
    if case.closed_at is not None:
        yield Entry(
            case.closed_at, What.LEAD, _("De casus is afgesloten"), full_name(case.closed_by), (), case.closing_note
        )


KIND_OF_EVENT = {"consulted": What.CONSULTATION, "alarmed": What.ALARM, "acknowledged": What.ALARM}


def _of_event(event: LeadEvent) -> Entry:
    link = ("handover", event.handover) if event.handover else ()
    text = "\n".join(filter(None, (event.because, event.note)))
    what = KIND_OF_EVENT.get(event.what, What.HANDOVER)
    who = event.by if what is What.ALARM else ""
    organisations = () if what is What.ALARM else tuple(filter(None, (event.by, event.to)))
    return Entry(event.at, what, _sentence(event), who, organisations, text, link)


def _sentence(event: LeadEvent) -> str:
    if event.what == "offered":
        offered = (
            _("%(by)s gaf de casus terug aan %(to)s")
            if event.is_hand_back
            else _("%(by)s bood de casus aan bij %(to)s")
        )
        return offered % {"by": event.by, "to": event.to}
    sentences = {
        "reminded": _("%(to)s is aan de overdracht herinnerd"),
        "accepted": _("%(to)s nam de overdracht aan"),
        "declined": _("%(to)s weigerde de overdracht"),
        "expired": _("%(to)s antwoordde niet op tijd op de overdracht"),
        "withdrawn": _("%(by)s trok de overdracht in"),
        "fed_back": _("%(to)s koppelde terug aan %(by)s"),
        "consulted": _("%(by)s overlegde met %(to)s"),
        "alarmed": _("Alarm"),
        "acknowledged": _("%(by)s zag het alarm"),
    }
    return sentences[event.what] % {"by": event.by, "to": event.to}


def additions(actor: Actor, case: Case) -> Iterator[Entry]:
    """A consultation that settled one stands on the timeline itself."""
    done = Addition.objects.filter(case=case, done_at__isnull=False, consultation__isnull=True)
    for each in done.select_related("organisation", "done_by"):
        name = each.organisation.name
        title = _("Gedaan: %(what)s %(organisation)s") % {"what": each.get_kind_display(), "organisation": name}
        yield Entry(each.done_at, What.CONSULTATION, title, full_name(each.done_by), (name,), each.note)


def notes(actor: Actor, case: Case) -> Iterator[Entry]:
    for note in CaseNote.objects.filter(case=case).select_related("organisation", "written_by"):
        name = note.organisation.name
        title = _("Notitie van %(organisation)s") % {"organisation": name}
        yield Entry(note.written_at, What.NOTE, title, full_name(note.written_by), (name,), note.text)
