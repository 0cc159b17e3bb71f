"""Who belongs with whom, as far as the actor sees both."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from accounts.policies import Actor
from dossiers.models import Household, HouseholdMember, Person, Relation
from dossiers.models.families import SEEN_FROM_THE_OTHER
from dossiers.policies.people import visible_involvements, visible_people
from routing.models import Case

from .people import shown_name


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation as it is said from the side of one of the two."""

    relation: Relation
    person: Person
    other: Person
    words: str

    @property
    def name(self) -> str:
        return shown_name(self.person)

    @property
    def other_name(self) -> str:
        return shown_name(self.other)


def relations_in(actor: Actor, case: Case) -> list[RelationView]:
    """Each relation of somebody in the case, once, from the side it was written from; those that ended last."""
    here = visible_involvements(actor).filter(case=case).values("person")
    rows = _seen(actor).filter(Q(person__in=here) | Q(other__in=here))
    return [_from(row, row.person_id) for row in rows]


def relations_of(actor: Actor, person: Person) -> list[RelationView]:
    """From the side of this person."""
    rows = _seen(actor).filter(Q(person=person) | Q(other=person))
    return [_from(row, person.pk) for row in rows]


def _seen(actor: Actor) -> QuerySet[Relation]:
    people = visible_people(actor)
    rows = Relation.objects.filter(person__in=people, other__in=people).select_related("person", "other")
    return rows.order_by(F("until").asc(nulls_first=True), "kind", "pk")


def _from(row: Relation, pk: int) -> RelationView:
    if row.person_id == pk:
        return RelationView(row, row.person, row.other, row.get_kind_display())
    words = SEEN_FROM_THE_OTHER.get(row.kind, row.get_kind_display())
    return RelationView(row, row.other, row.person, str(words))


def relation_in(actor: Actor, case: Case, pk: int) -> Relation | None:
    return next((view.relation for view in relations_in(actor, case) if view.relation.pk == pk), None)


@dataclass(frozen=True, slots=True)
class HouseholdView:
    household: Household
    members: list[tuple[HouseholdMember, str]]

    @property
    def is_current(self) -> bool:
        return any(member.until is None for member, _name in self.members)


def households_in(actor: Actor, case: Case) -> list[HouseholdView]:
    """Where people of the case live or lived, each with the members whom the actor sees."""
    here = visible_involvements(actor).filter(case=case, person__merged_into__isnull=True).values("person")
    rows = Household.objects.filter(members__person__in=here).distinct().select_related("municipality").order_by("pk")
    views = [HouseholdView(row, _members(actor, row)) for row in rows]
    return sorted(views, key=lambda view: not view.is_current)


def _members(actor: Actor, household: Household) -> list[tuple[HouseholdMember, str]]:
    rows = household.members.filter(person__in=visible_people(actor)).select_related("person")
    rows = rows.order_by(F("until").asc(nulls_first=True), "pk")
    return [(row, shown_name(row.person)) for row in rows]


def household_in(actor: Actor, case: Case, pk: int) -> Household | None:
    return next((view.household for view in households_in(actor, case) if view.household.pk == pk), None)


def member_in(actor: Actor, case: Case, pk: int) -> HouseholdMember | None:
    rows = (member for view in households_in(actor, case) for member, _name in view.members)
    return next((row for row in rows if row.pk == pk), None)
