"""Offering a case, and moving its lead when the offer is taken."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.policies import Actor
from accounts.services import log_access
from partners.models import Organisation
from routing.models import Decision, Handover, LeadPeriod

from . import notices


def offer(
    actor: Actor, decision: Decision, *, sender: Organisation, offered_by: User, summary: str, urgency: str
) -> Handover:
    """Offers the decision's case to its service; the sender's own organisation takes it at once."""
    handover = Handover.objects.create(
        case=decision.case,
        decision=decision,
        service=decision.service,
        sender=sender,
        summary=summary,
        urgency=urgency,
        offered_at=timezone.now(),
        offered_by=offered_by,
    )
    subject = str(handover.case_id)
    log_access(actor, event="handover.offered", action="C", record=handover, subject=subject, rule="own_case")
    if handover.service.organisation_id == sender.pk:
        # Who declined before it came back to the sender did not accept it: then nobody did, but the system.
        accepts = actor if actor.organisation_id == sender.pk else None
        take(accepts, handover, answered_by=offered_by, rule="sender_is_responsible")
    else:
        notices.offered(handover)
    return handover


def take(actor: Actor | None, handover: Handover, *, answered_by: User, rule: str, accepted_by_name: str = "") -> None:
    """Accepted: the lead moves and everything it causes happens, in the caller's transaction."""
    now = timezone.now()
    handover.state = Handover.State.ACCEPTED
    handover.answered_at = now
    handover.answered_by = answered_by
    handover.accepted_by_name = accepted_by_name
    handover.save()
    _move_lead(handover, now)
    subject = str(handover.case_id)
    log_access(actor, event="handover.accepted", action="U", record=handover, subject=subject, rule=rule)
    if handover.service.organisation_id != handover.sender_id:
        notices.accepted(handover)
    for consequence in settings.HANDOVER_CONSEQUENCES:
        import_string(consequence)(handover, actor)


def _move_lead(handover: Handover, now: datetime) -> None:
    current = LeadPeriod.objects.select_for_update().get(case=handover.case_id, ended_at__isnull=True)
    if current.organisation_id == handover.service.organisation_id:
        return
    # A clock set back must not make a period end before it began.
    moved_at = max(now, current.started_at)
    current.ended_at = moved_at
    current.save(update_fields=["ended_at"])
    LeadPeriod.objects.create(
        case=handover.case, organisation=handover.service.organisation, started_at=moved_at, handover=handover
    )
