"""The lights of many cases at once, as the database computes them: the same as `light_of` says of one clock."""

from datetime import datetime

from django.db.models import Case as When_
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value, When

from dossiers.core import Light
from dossiers.models import Clock, Norm, NormEvent
from routing.models import Case

WORDS = CharField()


def is_done(now: datetime, prefix: str = "") -> Q:
    return Q(**{f"{prefix}met_at__lte": now})


def is_red(now: datetime, prefix: str = "") -> Q:
    """Not done, and stuck or overdue; what stands still is not overdue."""
    overdue = Q(**{f"{prefix}due_at__lte": now, f"{prefix}stands_still_since__isnull": True})
    return ~_done(now, prefix) & (Q(**{f"{prefix}stuck_at__isnull": False}) | overdue)


def _done(now: datetime, prefix: str) -> Q:
    # Not `~Q(met_at__lte)` alone: of what was never met, that is unknown and so not true.
    return Q(**{f"{prefix}met_at__isnull": False}) & is_done(now, prefix)


def clock_light(now: datetime) -> When_:
    """The light of a clock, to annotate or to count by."""
    return When_(
        When(is_done(now), then=Value(Light.GREEN.value)),
        When(is_red(now), then=Value(Light.RED.value)),
        default=Value(Light.YELLOW.value),
        output_field=WORDS,
    )


def with_light(cases: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Each with `light`: the worst of its norms, or empty where none runs or is awaited."""
    of_case = Clock.objects.filter(case=OuterRef("pk"), dropped_at=None)
    return cases.annotate(
        light=When_(
            When(Exists(of_case.filter(is_red(now))), then=Value(Light.RED.value)),
            When(Exists(of_case.exclude(_done(now, ""))), then=Value(Light.YELLOW.value)),
            When(Exists(_awaited()), then=Value(Light.WHITE.value)),
            When(Exists(of_case), then=Value(Light.GREEN.value)),
            default=Value(""),
            output_field=WORDS,
        )
    )


def _awaited() -> QuerySet[NormEvent]:
    """Events of a case that announce a norm whose start has not come."""
    started = NormEvent.objects.filter(
        case=OuterRef(OuterRef("case")), topic=OuterRef(OuterRef("topic")), event=OuterRef("starts"), withdrawn_at=None
    )
    norms = Norm.objects.filter(in_force=True, region=OuterRef("case__region"), announced_by=OuterRef("event"))
    noted = NormEvent.objects.filter(case=OuterRef("pk"), withdrawn_at=None)
    return noted.filter(Exists(norms.filter(~Exists(started))))
