"""Consultations held and additions done. Neither moves the lead."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import Organisation
from routing.errors import InvalidEntry
from routing.models import Addition, Case, Consultation
from routing.policies import is_involved, rule_for_case

# The one who calls, and one or two others: Veilig Thuis, police and GGZ.
MOST_PARTIES = 2


@transaction.atomic
def hold_consultation(
    actor: Actor, case: Case, parties: Sequence[Organisation], outcome: str, note: str = ""
) -> Consultation:
    """One action with two or three parties, the actor's organisation included; raises InvalidEntry at the field.

    It settles what the agreement asked to consult, unless nobody was reached.
    """
    actor.must(Permission.SEE_CASE)
    _must_be_involved(actor, case)
    _check(actor, parties, outcome, note)
    held = Consultation.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        outcome=outcome,
        note=note.strip(),
        held_at=timezone.now(),
        held_by=actor.user,
    )
    held.parties.set(parties)
    if outcome != Consultation.Outcome.NOT_REACHED:
        for asked in _asked_of(case, parties):
            _done(actor, asked, held.note, consultation=held)
    subject, rule = str(case.pk), rule_for_case(actor, case)
    log_access(actor, event="consultation.held", action="C", record=held, subject=subject, rule=rule)
    return held


@transaction.atomic
def mark_done(actor: Actor, addition: Addition, note: str = "") -> Addition:
    """Informed, or pointed to. Done a second time it stays as the first one wrote it."""
    actor.must(Permission.SEE_CASE)
    _must_be_involved(actor, addition.case)
    addition = Addition.objects.select_for_update(of=("self",)).select_related("case").get(pk=addition.pk)
    if addition.kind == Addition.Kind.CONSULT:
        raise InvalidEntry({"outcome": _("Leg het overleg vast met wie u sprak en wat eruit kwam.")})
    if addition.done_at is None:
        _done(actor, addition, note.strip())
        subject, rule = str(addition.case_id), rule_for_case(actor, addition.case)
        log_access(actor, event="addition.done", action="U", record=addition, subject=subject, rule=rule)
    return addition


def _check(actor: Actor, parties: Sequence[Organisation], outcome: str, note: str) -> None:
    errors = {}
    if not 1 <= len({party.pk for party in parties}) <= MOST_PARTIES:
        errors["parties"] = _("Kies met wie u overlegde: één of twee organisaties.")
    elif any(party.pk == actor.organisation_id for party in parties):
        errors["parties"] = _("Uw eigen organisatie doet al mee. Kies met wie u overlegde.")
    if outcome not in Consultation.Outcome.values:
        errors["outcome"] = _("Kies wat eruit kwam.")
    elif outcome == Consultation.Outcome.OTHER_LEAD and not note.strip():
        errors["note"] = _("Schrijf op bij wie de regie beter past, en waarom.")
    if errors:
        raise InvalidEntry(errors)


def _must_be_involved(actor: Actor, case: Case) -> None:
    """Whoever reads under a broken glass takes no part in the case."""
    if not is_involved(actor, case):
        raise PermissionDenied(_("U hebt geen toegang tot deze casus."))


def _asked_of(case: Case, parties: Sequence[Organisation]) -> list[Addition]:
    asked = Addition.objects.filter(case=case, kind=Addition.Kind.CONSULT, organisation__in=parties)
    return list(asked.filter(done_at__isnull=True).select_for_update(of=("self",)))


def _done(actor: Actor, addition: Addition, note: str, consultation: Consultation | None = None) -> None:
    addition.done_at, addition.done_by = timezone.now(), actor.user
    addition.note, addition.consultation = note, consultation
    addition.save()
