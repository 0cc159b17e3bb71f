"""The actions of a case, those that run first, and how long one may last in its region."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.policies import Actor
from dossiers.core import NORMS, BeyondCalendar, day_of, parse_duration, term_end
from dossiers.models import Action, Norm, Person
from dossiers.policies import may_change
from partners.models import Organisation, Service
from routing.models import Case

from .people import people_for_client


def actions_of(case: Case) -> QuerySet[Action]:
    """What runs first, soonest to lapse on top; then what is over, the last first."""
    found = Action.objects.filter(case=case).select_related("organisation", "keeper", "person", "changed_by", "case")
    return found.order_by(F("ended_at").desc(nulls_first=True), F("lapses_on").asc(nulls_last=True), "started_at", "pk")


def open_actions_of(case: Case) -> QuerySet[Action]:
    return actions_of(case).filter(ended_at__isnull=True)


def action_of(actor: Actor, case: Case, pk: int) -> Action | None:
    """With `may_change`: whether this actor may."""
    action = actions_of(case).filter(pk=pk).first()
    if action is not None:
        action.may_change = may_change(actor, action)
    return action


def has_lapsed(action: Action) -> bool:
    """Over by its last day, also when nobody has written that down yet."""
    return action.lapses_on is not None and action.lapses_on < timezone.localdate()


def longest_of(case: Case, slug: str, started_at: datetime) -> date | None:
    """The last day that a norm allows: as the region keeps it, else as it is shipped; None without a norm."""
    if not slug:
        return None
    kept = Norm.objects.filter(region=case.region_id, slug=slug, in_force=True).first()
    duration, moves = (parse_duration(kept.duration), kept.moves) if kept else (NORMS[slug].duration, NORMS[slug].moves)
    try:
        return term_end(duration, day_of(started_at), moves=moves).due
    except BeyondCalendar:
        return None


def people_to_choose(case: Case, also: int | None = None) -> QuerySet[Person]:
    """Who is in the case now, and who is in an action already. A shielded reporter is on no list to choose from."""
    here = [row.person_id for row in people_for_client(case) if row.until is None]
    found = Person.objects.filter(Q(pk__in=here) | Q(pk=also))
    return found.order_by("surname", "given_name", "pk")


def organisations_to_choose(actor: Actor, case: Case) -> QuerySet[Organisation]:
    """Everybody in the directory of the region, and the own organisation."""
    listed = Service.objects.filter(region=case.region_id, withdrawn=False).values("organisation")
    return Organisation.objects.filter(Q(pk__in=listed) | Q(pk=actor.organisation_id))
