"""The terms of one case: what runs, is met, is awaited or was dropped, each with its light."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from dossiers.core import Light, Unit, light, parse_duration
from dossiers.deadline_words import topic_name, until_name
from dossiers.models import Clock, Norm, NormEvent, Suspension
from routing.models import Case

# The worst first: what is stuck or overdue, what is under way, what is still to begin, what is done.
WORST_FIRST = (Light.RED, Light.YELLOW, Light.WHITE, Light.GREEN)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Term:
    """A norm on a case. Without a clock it is awaited: what starts it has not come yet."""

    norm: Norm
    topic: str
    light: Light
    clock: Clock | None = None
    suspensions: tuple[Suspension, ...] = ()
    now: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.clock is not None and self.clock.met_at is None

    @property
    def until(self) -> str:
        return until_name(self.clock) if self.clock else ""

    @property
    def about(self) -> str:
        return topic_name(self.topic)

    @property
    def is_late(self) -> bool:
        """Overdue, or met after its end."""
        clock = self.clock
        if clock is None or (clock.met_at is None and clock.stands_still_since):
            return False
        return (clock.met_at or self.now) >= clock.due_at

    @property
    def is_soon(self) -> bool:
        """Within the time of its reminder."""
        return (
            self.is_running
            and not self.is_late
            and self.clock.remind_at is not None
            and self.clock.remind_at <= self.now
        )

    @property
    def still(self) -> Suspension | None:
        """The suspension in which it stands still now."""
        return next((each for each in self.suspensions if _holds(each, self.now)), None) if self.is_running else None

    @property
    def counts_hours(self) -> bool:
        return parse_duration(self.norm.duration).unit is Unit.HOURS

    @property
    def may_stand_still(self) -> bool:
        return self.is_running and self.norm.moves and not any(each.ends_at is None for each in self.suspensions)


def terms_of(case: Case) -> list[Term]:
    """Worst light first, then what is due first."""
    return terms_by_case([case])[case.pk]


def terms_by_case(cases: Iterable[Case]) -> dict[int, list[Term]]:
    """In a fixed number of queries, however many cases."""
    now = timezone.now()
    found: dict[int, list[Term]] = {case.pk: [] for case in cases}
    for clock in _clocks(found):
        standing = tuple(clock.standing)
        found[clock.case_id].append(Term(clock.norm, clock.topic, light_of(clock, now), clock, standing, now))
    for case, topic, norm in awaited(found):
        found[case].append(Term(norm, topic, Light.WHITE, now=now))
    return {case: sorted(terms, key=_urgency) for case, terms in found.items()}


def dropped_of(case: Case) -> list[Clock]:
    dropped = Clock.objects.select_related("norm").filter(case=case, dropped_at__isnull=False)
    return list(dropped.order_by("-dropped_at", "-pk"))


def blocking(case: Case, met_by_closing: Iterable[str]) -> list[Clock]:
    """What runs on and is not met by closing the case."""
    running = Clock.objects.select_related("norm", "case").filter(case=case, met_at=None, dropped_at=None)
    return list(running.exclude(norm__ends__in=met_by_closing))


def light_of(clock: Clock, now: datetime) -> Light:
    """What stands still is not overdue: its end moves along."""
    due = now if clock.stands_still_since else clock.due_at - INSTANT
    return light(started=True, done_at=clock.met_at, due=due, now=now, stalled=clock.stuck_at is not None)


def worst(lights: Iterable[Light]) -> Light | None:
    return min(lights, key=WORST_FIRST.index, default=None)


def awaited(cases: Iterable[int]) -> list[tuple[int, str, Norm]]:
    """Norms that were announced and whose start has not come: case, topic and norm."""
    noted = NormEvent.objects.filter(case__in=list(cases), withdrawn_at=None)
    events = {(case, topic, event): region for case, topic, event, region in _rows(noted)}
    norms = Norm.objects.filter(in_force=True, region__in=set(events.values())).exclude(announced_by="")
    return [
        (case, topic, norm)
        for norm in norms
        for (case, topic, event), region in events.items()
        if (event, region) == (norm.announced_by, norm.region_id) and (case, topic, norm.starts) not in events
    ]


def _rows(noted):
    return noted.values_list("case", "topic", "event", "case__region")


def _clocks(cases: Iterable[int]):
    standing = Prefetch("suspensions", Suspension.objects.filter(removed_at=None), to_attr="standing")
    clocks = Clock.objects.filter(case__in=list(cases), dropped_at=None).select_related("norm")
    return clocks.prefetch_related(standing)


def _holds(suspension: Suspension, now: datetime) -> bool:
    return suspension.starts_at <= now and (suspension.ends_at is None or now < suspension.ends_at)


def _urgency(term: Term) -> tuple:
    due = term.clock.due_at.timestamp() if term.clock else 0
    return WORST_FIRST.index(term.light), due, term.norm.slug, term.topic
