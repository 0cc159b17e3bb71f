"""The access log of a merge: one row for each of the two, under the case in which the actor could."""

from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from dossiers.models import Person, PersonMerge
from dossiers.policies.people import visible_involvements, writable_cases
from routing.models import Case

from .people import log_person


def log_merge(actor: Actor, merge: PersonMerge, *, event: str) -> None:
    """After a merge the cases of the other are among those of who was kept: each row names one of them all the same."""
    for person in (merge.kept, merge.other):
        log_person(actor, person, _case_of(actor, merge, person), event=event, action="U")


def _case_of(actor: Actor, merge: PersonMerge, person: Person) -> Case:
    seen = visible_involvements(actor).filter(case__in=writable_cases(actor)).select_related("case")
    theirs = seen.filter(pk__in=merge.moved.get("involvement", [])) if person == merge.other else seen
    found = theirs.filter(person__in=(merge.kept_id, merge.other_id)).order_by("pk").first()
    found = found or seen.filter(person__in=(merge.kept_id, merge.other_id)).order_by("pk").first()
    return found.case


def log_compared(actor: Actor, *people: Person) -> None:
    """Both were shown side by side."""
    seen = visible_involvements(actor).filter(case__in=writable_cases(actor)).select_related("case")
    with house_language():
        detail = _("vergelijken voor het samenvoegen")
    for person in people:
        case = seen.filter(person=person).order_by("pk").first().case
        log_person(actor, person, case, event="person.read", action="R", detail=detail)
