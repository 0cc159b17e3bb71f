"""The cases that an actor may see, with their lights and what is due first: in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from accounts.policies import Actor
from dossiers.core import Light
from dossiers.models import Clock
from routing import selectors as routing
from routing.models import Case, Decision, Handover, LeadPeriod
from routing.vocabulary import CATEGORY_LABELS

from .lights import with_light
from .terms import WORST_FIRST, Term, light_of, terms_by_case

RUNNING = {"met_at": None, "dropped_at": None}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the list says of a case: nothing of who it is about."""

    case: Case
    lead: str
    category: str
    terms: list[Term]

    @property
    def light(self) -> Light | None:
        return min((term.light for term in self.terms), key=WORST_FIRST.index, default=None)

    @property
    def soonest(self) -> Term | None:
        running = [term for term in self.terms if term.is_running and not term.clock.stands_still_since]
        return min(running, key=lambda term: term.clock.due_at, default=None)


def listed_cases(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Case]:
    """Filtered and sorted as asked: `state`, `light`, `whose`, `norm` and `sort`; what is left out does not filter."""
    cases = routing.visible_cases(actor).filter(_state(asked.get("state", "")), _whose(actor, asked.get("whose", "")))
    if asked.get("norm"):
        clocks = Clock.objects.filter(case=OuterRef("pk"), norm__slug=asked["norm"], dropped_at=None)
        cases = cases.filter(Exists(clocks))
    if asked.get("light"):
        cases = with_light(cases, timezone.now()).filter(light=asked["light"])
    cases = cases.annotate(category=Subquery(_category()))
    if asked.get("sort") == "opened":
        return cases.order_by("-opened_at", "-id")
    return cases.annotate(next_due=Subquery(_next_due())).order_by(F("next_due").asc(nulls_last=True), "-id")


def case_rows(cases: Iterable[Case]) -> list[CaseRow]:
    """The rows of one page of `listed_cases`."""
    cases = list(cases)
    terms = terms_by_case(cases)
    return [CaseRow(case, _lead(case), _category_name(case.category), terms[case.pk]) for case in cases]


def soonest_due(actor: Actor) -> Term | None:
    """What is due first of what the actor's own organisation leads."""
    if actor.organisation_id is None:
        return None
    ours = LeadPeriod.objects.filter(case=OuterRef("case"), organisation=actor.organisation_id, ended_at=None)
    clocks = Clock.objects.filter(**RUNNING, stands_still_since=None).filter(Exists(ours)).select_related("norm")
    clock, now = clocks.order_by("due_at", "pk").first(), timezone.now()
    return None if clock is None else Term(clock.norm, clock.topic, light_of(clock, now), clock, now=now)


def _state(state: str) -> Q:
    return {"open": Q(closed_at=None), "closed": Q(closed_at__isnull=False)}.get(state, Q())


def _whose(actor: Actor, whose: str) -> Q:
    if whose == "ours":
        led = LeadPeriod.objects.filter(case=OuterRef("pk"), organisation=actor.organisation_id, ended_at=None)
        return Q(Exists(led))
    if whose == "mine":
        return Q(Exists(Handover.objects.filter(case=OuterRef("pk"), answered_by=actor.user, state=ACCEPTED)))
    return Q()


ACCEPTED = Handover.State.ACCEPTED


def _next_due() -> QuerySet:
    running = Clock.objects.filter(case=OuterRef("pk"), **RUNNING, stands_still_since=None)
    return running.order_by("due_at").values("due_at")[:1]


def _category() -> QuerySet:
    decisions = Decision.objects.filter(case=OuterRef("pk")).order_by("-pk")
    return decisions.annotate(named=KeyTextTransform("category", "facts")).values("named")[:1]


def _category_name(code: str | None) -> str:
    return str(CATEGORY_LABELS.get(code or "", ""))


def _lead(case: Case) -> str:
    return case.current_lead[0].organisation.name if case.current_lead else ""
