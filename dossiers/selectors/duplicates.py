"""Who may be the same person as the one that is asked for, among the people the actor may see and no others."""

from dataclasses import dataclass, replace

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, IntegerField, QuerySet, Value

from accounts.policies import Actor
from dossiers.core import Known, Likeness, keys_to_find, likeness
from dossiers.likeness_words import AGAINST, REASONS
from dossiers.models import CitizenNumber, Person
from dossiers.policies.people import known_people, may_search_bsn, visible_involvements
from routing.models import Case

from .people import cases_of, shown_name

# Of those that share a key, the most that are judged, and of those the most that are shown.
JUDGED = 200
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    person: Person
    name: str
    likeness: Likeness
    cases: list[int]
    is_here: bool

    @property
    def speaks_for(self) -> list[str]:
        return [str(REASONS[reason]) for reason in self.likeness.reasons if reason not in AGAINST]

    @property
    def speaks_against(self) -> list[str]:
        return [str(REASONS[reason]) for reason in self.likeness.reasons if reason in AGAINST]


def duplicates(actor: Actor, case: Case, asked: Known, *, but: Person | None = None) -> list[Candidate]:
    """The likeliest first. The BSN counts only for who may search by it in this case."""
    if not may_search_bsn(actor, case):
        asked = replace(asked, bsn="")
    found = {person.pk: person for person in sharing_keys(actor, asked)[:JUDGED]}
    found |= {person.pk: person for person in _by_bsn(actor, asked)}
    numbers = _numbers(asked, found)
    judged = [(person, likeness(asked, replace(person.known, bsn=numbers.get(pk, "")))) for pk, person in found.items()]
    likely = [(person, like) for person, like in judged if like.is_possible and person != but]
    likely.sort(key=lambda pair: (-pair[1].score, pair[0].pk))
    here = set(visible_involvements(actor).filter(case=case).values_list("person", flat=True))
    return [
        Candidate(person, shown_name(person), like, cases_of(actor, person), person.pk in here)
        for person, like in likely[:SHOWN]
    ]


def sharing_keys(actor: Actor, asked: Known) -> QuerySet[Person]:
    """By the index on search keys; who shares most keys first."""
    keys = keys_to_find(asked)
    if not keys:
        return Person.objects.none()
    shared = Func(
        F("search_keys"),
        Value(keys, output_field=ArrayField(CharField())),
        template="(SELECT count(*) FROM unnest(%(expressions)s))",
        arg_joiner=") AS key WHERE key = ANY(",
        output_field=IntegerField(),
    )
    people = known_people(actor).filter(pk__in=list(holding(keys))).select_related("municipality")
    return people.annotate(shared=shared).order_by("-shared", "pk")


def holding(keys: list[str]) -> QuerySet[Person, int]:
    """By the index, before anything else is asked: a handful of numbers, of which the next step shows nothing that
    the actor may not see."""
    return Person.objects.filter(search_keys__overlap=keys).values_list("pk", flat=True)


def _by_bsn(actor: Actor, asked: Known) -> QuerySet[Person]:
    if not asked.bsn:
        return Person.objects.none()
    has_it = CitizenNumber.objects.filter(number=asked.bsn, ended_at__isnull=True).values("person")
    return known_people(actor).filter(pk__in=has_it).select_related("municipality")


def _numbers(asked: Known, found: dict[int, Person]) -> dict[int, str]:
    if not asked.bsn:
        return {}
    return dict(CitizenNumber.objects.filter(person__in=found, ended_at__isnull=True).values_list("person", "number"))
