"""Offering a case under its acceptance clock, and moving its lead when the offer is taken."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.policies import Actor
from accounts.services import log_access
from partners.models import Organisation, Service
from routing.core.clock import Clock, acceptance_clock, danger_rank
from routing.models import Decision, Handover, LeadPeriod
from routing.policies import is_emergency, never_descends
from routing.readback import ReadBack

from . import notices
from .lead import move_lead

# Who sent a case hears how it went within a day of the acceptance [general knowledge].
FEEDBACK_WITHIN = timedelta(hours=24)


def offer(
    actor: Actor | None,
    decision: Decision,
    *,
    sender: Organisation,
    offered_by: User,
    read_back: ReadBack,
    urgency: str,
    follows: Handover | None = None,
) -> Handover:
    """Offers the decision's case to its service; the sender's own organisation takes it at once.

    `follows` is the offer that was refused or ran out: this is the next hop of its chain.
    """
    now = timezone.now()
    clock = clock_of(decision, urgency, now)
    handover = Handover.objects.create(
        case=decision.case,
        decision=decision,
        service=decision.service,
        sender=sender,
        first=(follows.first or follows) if follows else None,
        hop=follows.hop + 1 if follows else 1,
        **read_back.as_fields(),
        urgency=urgency,
        danger_rank=danger_rank(urgency, emergency=is_emergency(decision)),
        offered_at=now,
        offered_by=offered_by,
        remind_at=clock.remind_at if clock else None,
        due_at=clock.due_at if clock else None,
    )
    subject, rule = str(decision.case_id), "own_case" if actor else "clock"
    log_access(actor, event="handover.offered", action="C", record=handover, subject=subject, rule=rule)
    if decision.service.organisation_id == sender.pk:
        # Who declined before it came back to the sender did not accept it: then nobody did, but the system.
        accepts = actor if actor and actor.organisation_id == sender.pk else None
        take(accepts, handover, answered_by=offered_by, rule="sender_is_responsible")
    else:
        notices.offered(handover)
    return handover


def clock_of(decision: Decision, urgency: str, moment: datetime) -> Clock | None:
    service: Service = decision.service
    return acceptance_clock(
        urgency,
        moment,
        by_phone=service.accepts_by == Service.AcceptsBy.PHONE,
        never_descends=never_descends(decision, service),
        agreed=service.region.accept_within,
        at_most=service.accept_within,
    )


def take(actor: Actor | None, handover: Handover, *, answered_by: User, rule: str, accepted_by_name: str = "") -> None:
    """Accepted: the lead moves and everything it causes happens, in the caller's transaction."""
    now = timezone.now()
    elsewhere = handover.service.organisation_id != handover.sender_id
    handover.state = Handover.State.ACCEPTED
    handover.answered_at = now
    handover.answered_by = answered_by
    handover.accepted_by_name = accepted_by_name
    # Who takes its own client back owes nobody news of a crisis that is over.
    owes_feedback = elsewhere and handover.kind == Handover.Kind.OFFER
    handover.feedback_due_at = now + FEEDBACK_WITHIN if owes_feedback else None
    handover.save()
    move_lead(handover.case, handover.service.organisation, _why(handover), moment=now, handover=handover)
    subject = str(handover.case_id)
    log_access(actor, event="handover.accepted", action="U", record=handover, subject=subject, rule=rule)
    if elsewhere:
        notices.accepted(handover)
    for consequence in settings.HANDOVER_CONSEQUENCES:
        import_string(consequence)(handover, actor)


def _why(handover: Handover) -> str:
    if handover.kind == Handover.Kind.HAND_BACK:
        return LeadPeriod.Why.HANDED_BACK
    return LeadPeriod.Why.ACCEPTED_BY_PHONE if handover.accepted_by_name else LeadPeriod.Why.ACCEPTED
