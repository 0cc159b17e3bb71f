"""Reads of the call desk: drafts, contacts, the question set, and the world that answers are read against."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.policies import Actor
from partners.models import Organisation, Region, Service
from partners.selectors import current_municipalities
from routing.core import ELSEWHERE
from routing.core.hours import Hours, intervals_on
from routing.vocabulary import ELSEWHERE_LABEL

from . import policies
from .core import Known, QuestionSet, question_set_of
from .errors import NoQuestionSet
from .models import Contact, Draft
from .models import QuestionSet as QuestionSetRow

# Only for what registration answers derive; who is responsible depends on each service's own hours.
OFFICE_HOURS = Hours(weekly=tuple((day, 510, 1020) for day in range(5)), on_holidays="closed")
SAME_CRISIS = timedelta(hours=6)
RECENT = timedelta(days=90)
SHOWN = 5
# Somebody who rings again within these days is counted for whoever looks at it next.
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LoadedQuestions:
    row: QuestionSetRow
    questions: QuestionSet


def region_of(actor: Actor) -> Region:
    """Where this person works."""
    region = Region.objects.filter(pk=actor.region_id).first()
    if region is None:
        raise Http404
    return region


def current_questions(region: Region) -> LoadedQuestions:
    rows = QuestionSetRow.objects.filter(region=region).defer("document")
    row = rows.order_by("-loaded_at", "-id").first()
    if row is None:
        raise NoQuestionSet(region.name)
    return LoadedQuestions(row, _compiled(row.pk))


# A stored question set never changes, so its compiled form holds for as long as the process lives.
@lru_cache(maxsize=32)
def _compiled(pk: int) -> QuestionSet:
    return question_set_of(QuestionSetRow.objects.values_list("document", flat=True).get(pk=pk))


def known_world(region: Region, moment: datetime) -> Known:
    local = moment.astimezone(ZoneInfo(region.timezone))
    today, minute = local.date(), local.hour * 60 + local.minute
    own_clients = Service.objects.filter(own_client_line=True, withdrawn=False)
    organisations = dict(Organisation.objects.values_list("slug", "name"))
    with_own_clients = set(own_clients.values_list("organisation__slug", flat=True))
    return Known(
        today=today,
        municipalities={
            **dict(current_municipalities(today).order_by("name").values_list("code", "name")),
            ELSEWHERE: str(ELSEWHERE_LABEL),
        },
        providers={slug: name for slug, name in organisations.items() if slug in with_own_clients},
        organisations=organisations,
        office_hours=any(opens <= minute < closes for opens, closes in intervals_on(today, OFFICE_HOURS)),
    )


def open_drafts(actor: Actor) -> QuerySet[Draft]:
    return policies.own_drafts(actor).filter(ended_at__isnull=True).order_by("started_at")


def own_draft(actor: Actor, pk: UUID) -> Draft:
    draft = policies.own_drafts(actor).select_related("region").filter(pk=pk).first()
    if draft is None:
        raise Http404
    return draft


def contact_of_draft(draft: Draft) -> Contact | None:
    return Contact.objects.filter(draft_id=draft.pk).first()


def contact_for(actor: Actor, pk: int) -> Contact:
    contacts = policies.visible_contacts(actor).select_related(
        "region", "organisation", "taken_by", "municipality", "provider", "decision", "question_set"
    )
    contact = contacts.filter(pk=pk).first()
    if contact is None:
        raise Http404
    return contact


def earlier_contacts(actor: Actor, number: str) -> list[Contact]:
    """Earlier contacts with this number (E.164) at the actor's own organisation, newest first."""
    if not number:
        return []
    since = timezone.now() - RECENT
    own = policies.visible_contacts(actor).exclude(outcome=Contact.Outcome.NO_REPORT)
    return list(own.filter(callback_number=number, confirmed_at__gte=since)[:SHOWN])


@dataclass(frozen=True, slots=True)
class SameNumber:
    """Earlier contacts with one number, newest first; `lately` counts those of the last days."""

    contacts: tuple[Contact, ...] = ()
    lately: int = 0
    days: int = LATELY.days


def same_number(actor: Actor, number: str, before: datetime) -> SameNumber:
    """What the actor's own organisation heard from this number (E.164) before a moment."""
    if not number:
        return SameNumber()
    own = policies.visible_contacts(actor).exclude(outcome=Contact.Outcome.NO_REPORT)
    earlier = own.filter(callback_number=number, confirmed_at__lt=before, confirmed_at__gte=before - RECENT)
    return SameNumber(tuple(earlier[:SHOWN]), earlier.filter(confirmed_at__gte=before - LATELY).count())


def possible_duplicates(actor: Actor, *, category: str, municipality: str, age: int | None) -> list[Contact]:
    """Contacts of the last hours about somebody of this age, in this place, with this kind of crisis."""
    if not category or not municipality or age is None:
        return []
    recent = policies.visible_contacts(actor).filter(confirmed_at__gte=timezone.now() - SAME_CRISIS)
    return list(recent.filter(category=category, municipality__code=municipality, age=age)[:SHOWN])


def services_to_choose(region: Region, organisations: list[str] | None = None) -> QuerySet[Service]:
    """What the triagist may choose instead of the answer; with organisations: only theirs."""
    services = Service.objects.filter(region=region, withdrawn=False).select_related("organisation")
    return services if organisations is None else services.filter(organisation__slug__in=organisations)
