"""One region and one day. A handful of queries, however busy the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from partners.models import Phone, Region
from routing.models import Alarm, Case, Handover, LeadPeriod, Waiver
from routing.selectors import ClockState, clock_state, open_waivers
from routing.vocabulary import CATEGORY_LABELS
from triage.models import Contact

from .capacity import told_to_nobody
from .periods import days

State = Handover.State
OLDEST_TRUSTED = timedelta(days=90)
# More than this on one screen is read by nobody; the count above it stays complete.
MOST_ROWS = 25


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what is counted, and how often."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Board:
    region: Region
    day: date
    made_at: datetime
    contacts: int
    misdirected: int
    recorded: int
    open_cases: int
    waiting: int
    offers: list[Handover]
    accepted: int
    minutes_to_accept: int | None
    by_category: list[Bar]
    by_organisation: list[Bar]
    alarms: list[Alarm]
    waivers: list[Waiver]
    old_numbers: list[Phone]
    untold: int
    clock: ClockState


def board(actor: Actor, moment: datetime | None = None) -> Board:
    """Today in the actor's region. Raises PermissionDenied."""
    actor.must(Permission.SEE_BOARD)
    region = Region.objects.get(pk=actor.region_id)
    now = moment or timezone.now()
    today = now.astimezone(ZoneInfo(region.timezone)).date()
    contacts = Contact.objects.filter(region=region, confirmed_at__range=days(today, today, region)).order_by()
    offers = _waiting_offers(region)
    shown = list(offers[:MOST_ROWS])
    answered = _minutes_to_accept(region, today)
    return Board(
        region=region,
        day=today,
        made_at=now,
        **_totals(contacts),
        open_cases=_open_cases(region).count(),
        waiting=len(shown) if len(shown) < MOST_ROWS else offers.count(),
        offers=shown,
        accepted=len(answered),
        minutes_to_accept=round(median(answered)) if answered else None,
        by_category=_by_category(contacts),
        by_organisation=_by_organisation(contacts),
        alarms=list(open_alarms(actor)[:MOST_ROWS]),
        waivers=list(open_waivers(region, now)),
        old_numbers=_old_numbers(region, today),
        untold=told_to_nobody(actor).count(),
        clock=clock_state(),
    )


def open_alarms(actor: Actor) -> QuerySet[Alarm]:
    """What nobody has looked at yet in the actor's region, oldest first. Raises PermissionDenied."""
    actor.must(Permission.SEE_BOARD)
    return Alarm.objects.filter(region=actor.region_id, acknowledged_at__isnull=True).order_by("raised_at", "pk")


def _totals(contacts: QuerySet[Contact]) -> dict[str, int]:
    return contacts.aggregate(
        contacts=Count("pk"),
        misdirected=Count("pk", filter=Q(misdirected=True)),
        recorded=Count("pk", filter=Q(outcome=Contact.Outcome.RECORDED)),
    )


def _by_category(contacts: QuerySet[Contact]) -> list[Bar]:
    """Every category, also those without a contact: a zero is a finding."""
    counted = dict(contacts.values_list("category").annotate(Count("pk")))
    bars = [Bar(str(label), counted.pop(slug, 0)) for slug, label in CATEGORY_LABELS.items()]
    unknown = sum(counted.values())
    return _largest_first([*bars, *([Bar(_("Zonder categorie"), unknown)] if unknown else [])])


def _by_organisation(contacts: QuerySet[Contact]) -> list[Bar]:
    routed = contacts.filter(decision__service__isnull=False)
    counted = routed.values_list("decision__service__organisation__name").annotate(Count("pk"))
    return _largest_first(Bar(name, value) for name, value in counted)


def _largest_first(bars: Iterable[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: -bar.value)


def _open_cases(region: Region) -> QuerySet[Case]:
    """What this region answers for: by its agreement, because it took the call, or because its organisation leads."""
    led = LeadPeriod.objects.filter(case=OuterRef("pk"), ended_at__isnull=True, organisation__home_region=region)
    taken = Contact.objects.filter(case=OuterRef("pk"), region=region)
    return Case.objects.filter(Q(region=region) | Exists(led) | Exists(taken), closed_at__isnull=True)


def _waiting_offers(region: Region) -> QuerySet[Handover]:
    """Nobody has taken these yet: the longest waiting first."""
    offers = Handover.objects.filter(state=State.OFFERED)
    offers = offers.filter(Q(service__region=region) | Q(case__in=_open_cases(region)))
    return offers.select_related("service", "sender").order_by("offered_at", "pk")


def _minutes_to_accept(region: Region, day: date) -> list[float]:
    accepted = Handover.objects.filter(
        Q(service__region=region) | Q(sender__home_region=region),
        state__in=(State.ACCEPTED, State.RETURNED),
        answered_at__range=days(day, day, region),
    ).order_by()
    return [
        (answered - offered).total_seconds() / 60
        for offered, answered in accepted.values_list("offered_at", "answered_at")
    ]


def _old_numbers(region: Region, day: date) -> list[Phone]:
    phones = Phone.objects.filter(service__region=region, service__withdrawn=False, assured_on__lt=day - OLDEST_TRUSTED)
    return list(phones.select_related("service").order_by("assured_on"))
