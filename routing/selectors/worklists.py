"""The lists of the partner desk, and single cases and handovers, limited to what the actor may see."""

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from accounts.policies import Actor
from routing import policies
from routing.countdown import countdown
from routing.gist import gist_of, municipality_names
from routing.models import Addition, Case, Handover, LeadPeriod

State = Handover.State
SENT_SHOWN = 50


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    return policies.visible_handovers(actor).select_related("case", "service__organisation", "sender", "decision")


def inbox(actor: Actor) -> list[Handover]:
    """Offers that wait for the actor's organisation, least time left first, those without a clock last.

    Each with `waiting_minutes`, `countdown` and `gist`.
    """
    waiting = visible_handovers(actor).filter(state=State.OFFERED, service__organisation=actor.organisation_id)
    by_time_left = waiting.order_by(F("due_at").asc(nulls_last=True), "offered_at", "id")
    return with_gist(_with_waiting(by_time_left.select_related("service__region")))


def sent_by_us(actor: Actor) -> list[Handover]:
    """What the actor's organisation sent elsewhere: the still open ones first, then the latest."""
    sent = visible_handovers(actor).filter(sender=actor.organisation_id)
    elsewhere = sent.exclude(service__organisation=actor.organisation_id)
    return _with_waiting(elsewhere.order_by(F("answered_at").desc(nulls_first=True), "-offered_at")[:SENT_SHOWN])


def _with_waiting(handovers: QuerySet[Handover]) -> list[Handover]:
    now = timezone.now()
    rows = list(handovers)
    for row in rows:
        row.waiting_minutes = int((now - row.offered_at).total_seconds() // 60)
        row.countdown = countdown(row, now)
    return rows


def with_gist(handovers: list[Handover]) -> list[Handover]:
    """Each with `gist`: what it is about in general. What was said of a person stands where reading is logged."""
    names = municipality_names()
    for each in handovers:
        each.gist = gist_of(each.decision, names)
    return handovers


def handover_for(actor: Actor, pk: int) -> Handover | None:
    return visible_handovers(actor).select_related("service__region").filter(pk=pk).first()


def case_for(actor: Actor, pk: int) -> Case | None:
    return policies.visible_cases(actor).filter(pk=pk).first()


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Newest first, each with `current_lead` (a list of one)."""
    lead = LeadPeriod.objects.filter(ended_at__isnull=True).select_related("organisation")
    cases = policies.visible_cases(actor).select_related("region")
    return cases.prefetch_related(Prefetch("lead_periods", lead, to_attr="current_lead")).order_by("-opened_at", "-id")


def case_overview(case: Case) -> dict:
    """Who led when, what was offered to whom, and what was done and noted meanwhile; the case was asked for first."""
    leads = list(LeadPeriod.objects.filter(case=case).select_related("organisation"))
    return {
        "leads": leads,
        "lead": next((period for period in leads if period.ended_at is None), None),
        "handovers": Handover.objects.filter(case=case)
        .select_related("service__organisation", "sender", "decision", "offered_by", "answered_by")
        .order_by("offered_at", "id"),
        "notes": case.notes.select_related("organisation", "written_by").order_by("-written_at", "-id"),
        "consultations": case.consultations.select_related("organisation", "held_by").prefetch_related("parties"),
        "last_handover": case.handovers.first(),
        "additions": Addition.objects.filter(case=case)
        .select_related("organisation", "done_by", "consultation")
        .order_by(F("done_at").desc(nulls_first=True), "-obligatory", "id"),
    }
