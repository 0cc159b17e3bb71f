"""Which cases and handovers may this actor see? Whoever leads, led, sent or was asked; never by role alone."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policies import Actor, Permission

from .models import Case, Handover, LeadPeriod

State = Handover.State
# Who said no, or was too late, needs the offer itself and no longer the case behind it.
OVER_FOR_RECEIVER = (State.DECLINED, State.EXPIRED, State.WITHDRAWN)


def visible_cases(actor: Actor) -> QuerySet[Case]:
    if not actor.may(Permission.SEE_CASE) or actor.organisation_id is None:
        return Case.objects.none()
    led = LeadPeriod.objects.filter(case=OuterRef("pk"), organisation=actor.organisation_id)
    of_case = Handover.objects.filter(case=OuterRef("pk"))
    sent = of_case.filter(sender=actor.organisation_id)
    received = of_case.filter(service__organisation=actor.organisation_id).exclude(state__in=OVER_FOR_RECEIVER)
    return Case.objects.filter(Exists(led) | Exists(sent) | Exists(received))


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    if not (actor.may(Permission.SEE_CASE) or actor.may(Permission.ANSWER_HANDOVER)) or actor.organisation_id is None:
        return Handover.objects.none()
    ours = Q(sender=actor.organisation_id) | Q(service__organisation=actor.organisation_id)
    return Handover.objects.filter(ours | Q(case__in=visible_cases(actor)))


def rule_for_case(actor: Actor, case: Case) -> str:
    """Why the access log says this was allowed."""
    leads = case.lead_periods.filter(organisation=actor.organisation_id, ended_at__isnull=True).exists()
    return "own_case" if leads else "involved"
