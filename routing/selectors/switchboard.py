"""The switchboard of a region: everything on offer, alarms, what is late, diversions, and whether the clock runs.

A handful of queries whatever the number of rows.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from partners.models import Region, Service, Shift, Suspension
from partners.roster.selectors import on_duty
from routing import policies
from routing.countdown import countdown
from routing.models import Addition, Alarm, Handover
from routing.vocabulary import CATEGORY_LABELS

from .signs import ClockState, clock_state
from .worklists import with_gist

UNKNOWN = "unknown"
MOST_ROWS = 200
MOST_ALARMS = 50


@dataclass(frozen=True, slots=True)
class Facet:
    """A value to filter by, and how many open offers have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Switchboard:
    region: Region
    rows: list[Handover]
    count: int
    total: int
    categories: list[Facet]
    organisations: list[Facet]
    alarms: list[Alarm]
    alarm_count: int
    late_consultations: int
    diversions: list[Suspension]
    clock_runs: bool
    duty_leads: list[Shift]

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def switchboard(actor: Actor, category: str = "", organisation: str = "", most: int = MOST_ROWS) -> Switchboard:
    """Greatest danger first, then least time left. Raises PermissionDenied."""
    actor.must(Permission.SEE_SWITCHBOARD)
    now, offers = timezone.now(), _with_category(policies.offers_of_region(actor))
    chosen = _chosen(offers, category, organisation)
    alarms = open_alarms(actor)
    categories = _by_category(offers)
    rows = _rows(actor, chosen, now, most)
    shown_alarms = _with_sight(actor, list(alarms[:MOST_ALARMS]))
    region = Region.objects.get(pk=actor.region_id)
    return Switchboard(
        region=region,
        rows=rows,
        count=len(rows) if len(rows) < most else chosen.count(),
        total=sum(each.count for each in categories),
        categories=categories,
        organisations=_by_organisation(offers),
        alarms=shown_alarms,
        alarm_count=len(shown_alarms) if len(shown_alarms) < MOST_ALARMS else alarms.count(),
        late_consultations=_late_consultations(actor, now),
        diversions=list(diversions(actor, now)),
        clock_runs=clock_state() == ClockState.OK,
        duty_leads=_duty_leads(region, now),
    )


def _duty_leads(region: Region, now: datetime) -> list[Shift]:
    """By the roster of whoever is the safety net; empty when it says nobody."""
    duty = Service.objects.select_related("organisation").filter(region=region, slug=region.duty_service).first()
    return on_duty(duty.organisation, Shift.Role.DUTY_LEAD, now) if duty else []


def open_alarms(actor: Actor) -> QuerySet[Alarm]:
    """What nobody in the actor's region took on yet, oldest first."""
    return policies.visible_alarms(actor).filter(acknowledged_at__isnull=True).order_by("raised_at", "pk")


def alarm_for(actor: Actor, pk: int) -> Alarm | None:
    return policies.visible_alarms(actor).filter(pk=pk).first()


def diversions(actor: Actor, now: datetime) -> QuerySet[Suspension]:
    """Running and coming ones of the actor's region."""
    lasts = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    found = Suspension.objects.filter(lasts, service__region=actor.region_id, service__withdrawn=False)
    return found.select_related("service__region").order_by("starts_at", "pk")


def diversion_for(actor: Actor, pk: int) -> Suspension | None:
    return diversions(actor, timezone.now()).filter(pk=pk).first()


def divertible(actor: Actor) -> QuerySet[Service]:
    """What a supervisor can divert: listed in the own region, and not the emergency or the safety net."""
    return Service.objects.filter(region=actor.region_id, never_off=False, withdrawn=False).order_by("name", "slug")


def _with_category(offers: QuerySet[Handover]) -> QuerySet[Handover]:
    known = When(asked_category__in=list(CATEGORY_LABELS), then=F("asked_category"))
    asked = offers.annotate(asked_category=KeyTextTransform("category", "decision__facts"))
    return asked.annotate(category=Case(known, default=Value(UNKNOWN), output_field=TextField()))


def _chosen(offers: QuerySet[Handover], category: str, organisation: str) -> QuerySet[Handover]:
    if category:
        offers = offers.filter(category=category)
    return offers.filter(service__organisation__slug=organisation) if organisation else offers


def _rows(actor: Actor, chosen: QuerySet[Handover], now: datetime, most: int) -> list[Handover]:
    """Each with `gist`, `countdown` and `may_see_case`."""
    first = chosen.order_by("danger_rank", F("due_at").asc(nulls_last=True), "offered_at", "id")
    rows = list(first.select_related("service__organisation", "sender", "decision")[:most])
    for row in rows:
        row.countdown = countdown(row, now)
    return with_gist(_with_sight(actor, rows))


def _with_sight(actor: Actor, rows: list) -> list:
    """Each with `may_see_case`: seeing that something waits is not seeing the case."""
    cases = {row.case_id for row in rows}
    seen = set(policies.visible_cases(actor).filter(pk__in=cases).values_list("pk", flat=True))
    for row in rows:
        row.may_see_case = row.case_id in seen
    return rows


def _by_category(offers: QuerySet[Handover]) -> list[Facet]:
    counted = offers.order_by().values_list("category").annotate(count=Count("pk"))
    found = [Facet(value, str(CATEGORY_LABELS.get(value, _("niet bekend"))), count) for value, count in counted]
    return sorted(found, key=lambda each: (-each.count, each.label))


def _by_organisation(offers: QuerySet[Handover]) -> list[Facet]:
    named = offers.order_by().values_list("service__organisation__slug", "service__organisation__name")
    found = [Facet(slug, name, count) for slug, name, count in named.annotate(count=Count("pk"))]
    return sorted(found, key=lambda each: (-each.count, each.label))


def _late_consultations(actor: Actor, now: datetime) -> int:
    late = Addition.objects.filter(obligatory=True, done_at__isnull=True, due_at__lte=now)
    return late.filter(case__region=actor.region_id, case__closed_at__isnull=True).count()
