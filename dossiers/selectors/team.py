"""How the terms of a region stand: counts per light, per norm and per organisation that leads, and what was in time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.policies import Actor, Permission
from dossiers.core import AMSTERDAM, Light
from dossiers.models import Clock, Norm
from partners.models import Organisation
from routing.models import Case, LeadPeriod
from routing.policies import visible_cases

from .lights import clock_light, is_red
from .terms import awaited

# More than this on one page is read by nobody; the counts are complete.
MOST_OVERDUE = 25
LEAD = "case__lead_periods__organisation"


@dataclass(frozen=True, slots=True)
class Lights:
    """Counts per light of one norm, or of one organisation."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [
            (light.value, self.counts[light.value]) for light in (Light.RED, Light.YELLOW, Light.WHITE, Light.GREEN)
        ]


@dataclass(frozen=True, slots=True)
class InTime:
    """Of what was due in a period, how much was met before its end."""

    name: str
    ambition: int | None
    due: int
    met: int

    @property
    def percent(self) -> int:
        return round(100 * self.met / self.due)

    @property
    def reached(self) -> bool | None:
        return None if self.ambition is None else 100 * self.met >= self.ambition * self.due


@dataclass(frozen=True, slots=True)
class Team:
    norms: list[Lights]
    organisations: list[Lights]
    overdue: list[Clock]
    overdue_count: int
    month: list[InTime]
    quarter: list[InTime]
    seen: frozenset[int]


def team(actor: Actor, organisation: Organisation | None = None) -> Team:
    """Of open cases in the actor's region, or of those that one organisation leads; what was in time also of closed
    ones that it led last. Raises PermissionDenied."""
    actor.must(Permission.SEE_BOARD)
    now = timezone.now()
    clocks = Clock.objects.filter(case__region=actor.region_id, case__closed_at=None, dropped_at=None)
    led = clocks.filter(**_led_by(organisation, "case__"))
    red = _overdue(led, now)
    overdue = list(red[:MOST_OVERDUE])
    rows = _counted(led, now) + _awaited(actor, organisation)
    return Team(
        _by(rows, 0),
        _by(rows, 1),
        overdue,
        red.count(),
        _in_time(actor, organisation, _month(now), now),
        _in_time(actor, organisation, _quarter(now), now),
        _seen(actor, overdue),
    )


def leading_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Those that lead, or led, a case of the actor's region."""
    led = LeadPeriod.objects.filter(organisation=OuterRef("pk"), case__region=actor.region_id)
    return Organisation.objects.filter(Exists(led)).order_by("name")


def _led_by(organisation: Organisation | None, prefix: str = "") -> dict[str, object]:
    now = {f"{prefix}lead_periods__ended_at": None}
    return now if organisation is None else now | {f"{prefix}lead_periods__organisation": organisation}


def _counted(led: QuerySet[Clock], now: datetime) -> list[tuple]:
    counted = led.annotate(light=clock_light(now)).values_list("norm__name", f"{LEAD}__name", "light")
    return list(counted.annotate(number=Count("pk")))


def _by(rows: Iterable[tuple], column: int) -> list[Lights]:
    found: dict[str, Lights] = {}
    for row in rows:
        found.setdefault(row[column], Lights(row[column])).counts[row[2]] += row[3]
    return sorted(found.values(), key=lambda lights: (-lights.counts[Light.RED.value], lights.name))


def _awaited(actor: Actor, organisation: Organisation | None) -> list[tuple]:
    """Norm and lead of what has yet to start, as rows of one."""
    cases = Case.objects.filter(region=actor.region_id, closed_at=None, norm_events__withdrawn_at=None)
    leads = dict(cases.filter(**_led_by(organisation)).values_list("pk", "lead_periods__organisation__name"))
    return [(norm.name, leads[case], Light.WHITE.value, 1) for case, _topic, norm in awaited(leads)]


def _overdue(led: QuerySet[Clock], now: datetime) -> QuerySet[Clock]:
    red = led.filter(is_red(now)).select_related("norm", "case")
    return red.annotate(lead=F(f"{LEAD}__name")).order_by("due_at", "pk")


def _seen(actor: Actor, clocks: Iterable[Clock]) -> frozenset[int]:
    """Of which of these cases the actor may open the page."""
    return frozenset(visible_cases(actor).filter(pk__in={each.case_id for each in clocks}).values_list("pk", flat=True))


# --- In time ----------------------------------------------------------------------------------------


def _in_time(actor: Actor, organisation: Organisation | None, since: datetime, now: datetime) -> list[InTime]:
    """Counted by when a norm was due, so that what is still under way counts neither way."""
    due = Clock.objects.filter(case__region=actor.region_id, dropped_at=None, due_at__gte=since, due_at__lte=now)
    due = due.filter(Q(met_at__isnull=False) | Q(stands_still_since=None), norm__moves=True)
    if organisation is not None:
        last = LeadPeriod.objects.filter(case=OuterRef("case")).order_by("-started_at", "-pk").values("organisation")
        due = due.annotate(last_lead=Subquery(last[:1])).filter(last_lead=organisation.pk)
    rows = due.values_list("norm__slug").annotate(due=Count("pk"), met=Count("pk", filter=Q(met_at__lt=F("due_at"))))
    names = {slug: (name, ambition) for slug, name, ambition in _names(actor)}
    return [InTime(*names.get(slug, (slug, None)), due, met) for slug, due, met in rows.order_by("norm__slug")]


def _names(actor: Actor):
    norms = Norm.objects.filter(region=actor.region_id).order_by("in_force", "pk")
    return norms.values_list("slug", "name", "ambition")


def _month(now: datetime) -> datetime:
    return now.astimezone(AMSTERDAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)


def _quarter(now: datetime) -> datetime:
    month = _month(now)
    return month.replace(month=(month.month - 1) // 3 * 3 + 1)
