"""Breaking the glass: a case that is not theirs is opened for a while, its lead is told, and somebody judges it."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessLogEntry
from accounts.policies import Actor, Permission
from accounts.services import log_access
from routing.errors import InvalidEntry
from routing.models import Case, EmergencyAccess
from routing.policies import emergency_access, is_involved

from . import notices_of_emergency as notices

Reason = EmergencyAccess.Reason
Outcome = EmergencyAccess.Outcome
SHORTEST_NOTE = 10


def break_glass(actor: Actor, number: int, reason: str, note: str = "") -> EmergencyAccess:
    """Opens a case to read until it ends; pressed again meanwhile it is the same access.

    Raises InvalidEntry at the field, also for a number that no case has: that attempt stays in the access log.
    """
    actor.must(Permission.BREAK_GLASS)
    _check_reason(reason, note)
    if not Case.objects.filter(pk=number).exists():
        _log_unknown(actor, number, reason)
        raise InvalidEntry({"case": _("Er is geen casus met dit nummer. Controleer het nummer.")})
    return _opened(actor, number, reason, note)


@transaction.atomic
def review_access(actor: Actor, access: EmergencyAccess, outcome: str, note: str = "") -> EmergencyAccess:
    """The privacy officer judges it; a later judgement replaces an earlier one, and both stay in the history."""
    actor.must(Permission.SEE_ACCESS_LOG)
    access = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
    if access.user_id == actor.user.pk:
        raise PermissionDenied(_("Uw eigen gebruik van de noodknop beoordeelt een ander."))
    _check_outcome(outcome, note)
    access.reviewed_at, access.reviewed_by = timezone.now(), actor.user
    access.review_outcome, access.review_note = outcome, note.strip()
    access.save()
    subject = str(access.case_id)
    log_access(actor, event="emergency_access.reviewed", action="U", record=access, subject=subject)
    return access


@transaction.atomic
def _opened(actor: Actor, number: int, reason: str, note: str) -> EmergencyAccess:
    # Of two presses at once the second finds what the first opened.
    case = Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=number)
    if is_involved(actor, case):
        raise InvalidEntry({"case": _("Uw organisatie werkt aan deze casus: u ziet hem ook zonder noodknop.")})
    if already := emergency_access(actor, case):
        return already
    return _open(actor, case, reason, note.strip())


def _open(actor: Actor, case: Case, reason: str, note: str) -> EmergencyAccess:
    now = timezone.now()
    access = EmergencyAccess.objects.create(
        case=case,
        user=actor.user,
        organisation_id=actor.organisation_id,
        reason=reason,
        note=note,
        started_at=now,
        ends_at=now + timedelta(hours=settings.BREAK_GLASS_HOURS),
    )
    subject = str(case.pk)
    ground = {"rule": "break_glass", "purpose": reason}
    log_access(actor, event="emergency_access.opened", action="E", record=access, subject=subject, **ground)
    notices.opened(access)
    return access


def _check_reason(reason: str, note: str) -> None:
    if reason not in Reason.values:
        raise InvalidEntry({"reason": _("Kies waarom u deze casus nu moet zien.")})
    if reason == Reason.OTHER and len(note.strip()) < SHORTEST_NOTE:
        raise InvalidEntry({"note": _("Schrijf in ten minste 10 tekens op waarom u deze casus nu moet zien.")})


def _check_outcome(outcome: str, note: str) -> None:
    if outcome not in Outcome.values:
        raise InvalidEntry({"outcome": _("Kies een oordeel.")})
    if outcome != Outcome.JUSTIFIED and not note.strip():
        raise InvalidEntry({"note": _("Schrijf op waarom, en wat er nu moet gebeuren.")})


def _log_unknown(actor: Actor, number: int, reason: str) -> None:
    log_access(
        actor,
        event="emergency_access.refused",
        action="E",
        outcome=AccessLogEntry.Outcome.REFUSED,
        record_type="case",
        record_id=str(number),
        purpose=reason,
    )
