"""After the crisis: feedback to who sent the case, back to the own provider, and closing."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import Organisation, Service
from routing.core import Facts, Unknown
from routing.core.clock import danger_rank
from routing.errors import AlreadyAnswered, InvalidEntry, NoOwnProvider, NotTheLead, StillOpen
from routing.models import Addition, Case, Decision, Handover
from routing.openings import opening
from routing.policies import leads, rule_for_handover, who_give_feedback
from routing.readback import ReadBack
from routing.selectors import answer_again, table_for

from . import notices
from .checks import locked
from .lead import move_lead
from .opening import keep_decision

State = Handover.State
# The crisis is over: the own provider has half a working day from when its line is open.
TAKE_BACK_WITHIN = timedelta(hours=4)
LATER = "U5"
MOST_CHANGES = 10


@transaction.atomic
def give_feedback(actor: Actor, handover: Handover, text: str) -> Handover:
    """Tells who sent the case how it went; by phone the sender writes down what it heard. Given once."""
    actor.must(Permission.ANSWER_HANDOVER)
    handover = locked(handover)
    if actor.organisation_id not in who_give_feedback(handover):
        raise PermissionDenied(_("Terugkoppelen doet de organisatie die de casus aannam."))
    if handover.state not in (State.ACCEPTED, State.RETURNED) or handover.feedback_at is not None:
        raise AlreadyAnswered(handover.get_state_display())
    if not text.strip():
        raise InvalidEntry({"feedback": _("Schrijf op hoe het is gegaan.")})
    handover.feedback, handover.feedback_at, handover.feedback_by = text.strip(), timezone.now(), actor.user
    handover.save()
    subject, rule = str(handover.case_id), rule_for_handover(actor, handover)
    log_access(actor, event="handover.feedback", action="U", record=handover, subject=subject, rule=rule)
    if actor.organisation_id != handover.sender_id:
        notices.feedback_given(handover)
    return handover


@transaction.atomic
def hand_back(actor: Actor, case: Case, read_back: ReadBack) -> Handover:
    """Offers the case to the own provider now that the crisis is over; the lead moves when it accepts.

    Raises InvalidEntry at `request`, NotTheLead, StillOpen while an offer is open, or NoOwnProvider.
    """
    actor.must(Permission.ANSWER_HANDOVER)
    case = Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=case.pk)
    _must_lead(actor, case)
    if case.handovers.filter(state=State.OFFERED).exists():
        raise StillOpen([_("De casus staat nog open bij een ander: wacht op antwoord of trek dat in.")])
    line = own_line(case)
    if line is None or line.organisation_id == actor.organisation_id:
        raise NoOwnProvider
    if not read_back.request.strip():
        raise InvalidEntry({"request": _("Schrijf op wat u de eigen behandelaar vraagt.")})
    return _offer_back(actor, case, line, read_back)


def own_line(case: Case) -> Service | None:
    """The line for own clients of the provider that the call named; None where there is no such provider."""
    provider = Facts.from_document(_last_decision(case).facts).provider
    if not provider or isinstance(provider, Unknown):
        return None
    lines = Service.objects.filter(organisation__slug=provider, own_client_line=True, withdrawn=False)
    return lines.select_related("organisation", "region").first()


def _offer_back(actor: Actor, case: Case, line: Service, read_back: ReadBack) -> Handover:
    now = timezone.now()
    earlier = _last_decision(case)
    calm = replace(Facts.from_document(earlier.facts), danger=False, related=True, dissatisfied=False)
    decision = keep_decision(actor, answer_again(earlier, now, frozenset(), calm), case, line)
    sender = Organisation.objects.get(pk=actor.organisation_id)
    by_phone = line.accepts_by == Service.AcceptsBy.PHONE
    due_at = None if by_phone else _open_from(line, now) + TAKE_BACK_WITHIN
    handover = Handover.objects.create(
        case=case,
        decision=decision,
        service=line,
        sender=sender,
        kind=Handover.Kind.HAND_BACK,
        **read_back.as_fields(),
        urgency=LATER,
        danger_rank=danger_rank(LATER, emergency=False),
        offered_at=now,
        offered_by=actor.user,
        remind_at=None if due_at is None else now + (due_at - now) / 2,
        due_at=due_at,
    )
    subject = str(case.pk)
    log_access(actor, event="handover.offered_back", action="C", record=handover, subject=subject, rule="own_case")
    notices.offered(handover)
    return handover


def _open_from(line: Service, now: datetime) -> datetime:
    """Now, or when the line opens next."""
    table = table_for(line.region.slug, now).table
    service, moment = table.services[line.slug], now
    # A diversion can end while the line is closed anyway: then it is not open yet.
    for _change in range(MOST_CHANGES):
        found = opening(service, table.agreement.timezone, moment)
        if found.is_open:
            return moment
        if found.changes_at is None:
            break
        moment = found.changes_at
    return now


def _last_decision(case: Case) -> Decision:
    decisions = case.decisions.select_related("region", "rule_set", "directory_revision")
    return decisions.order_by("pk").last()


@transaction.atomic
def close_case(actor: Actor, case: Case, note: str) -> Case:
    """The crisis is over and nobody leads any more. Raises NotTheLead, InvalidEntry, or StillOpen with what is."""
    actor.must(Permission.ANSWER_HANDOVER)
    case = Case.objects.select_for_update().get(pk=case.pk)
    _must_lead(actor, case)
    if not note.strip():
        raise InvalidEntry({"closing_note": _("Schrijf op hoe de crisis is afgelopen.")})
    if problems := list(_still_open(case)):
        raise StillOpen(problems)
    case.closed_at = timezone.now()
    case.closed_by, case.closing_note = actor.user, note.strip()
    move_lead(case, None, moment=case.closed_at)
    case.save()
    log_access(actor, event="case.closed", action="U", record=case, subject=str(case.pk), rule="own_case")
    return case


def _still_open(case: Case) -> list[str]:
    problems = []
    if case.handovers.filter(state=State.OFFERED).exists():
        problems.append(_("De casus staat nog open bij een ander: wacht op antwoord of trek dat in."))
    asked = Addition.objects.filter(case=case, obligatory=True, done_at__isnull=True).select_related("organisation")
    problems += [
        _("Nog verplicht: %(kind)s %(name)s.") % {"kind": each.get_kind_display(), "name": each.organisation.name}
        for each in asked
    ]
    return problems


def _must_lead(actor: Actor, case: Case) -> None:
    if not leads(actor, case):
        raise NotTheLead
