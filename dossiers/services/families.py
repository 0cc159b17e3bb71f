"""The only writer of relations and households. Each takes the case in which it was learnt, for the access log."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.models import Household, HouseholdMember, Person, Relation
from dossiers.policies.people import visible_people
from routing.errors import InvalidEntry
from routing.models import Case

from .people import locked, log_person, must_see_in, must_write_people


@transaction.atomic
def add_relation(actor: Actor, case: Case, person: Person, other: Person, kind: str, note: str = "") -> Relation:
    """That `person` is the parent (partner, ...) of `other`."""
    must_write_people(actor, case)
    if person.pk == other.pk:
        raise InvalidEntry({"other": _("Kies twee verschillende personen.")})
    person, other = locked(person, other)
    for each in (person, other):
        must_see_in(actor, case, each)
    either_way = Q(person=person, other=other) | Q(person=other, other=person)
    if Relation.objects.filter(either_way, kind=kind, until__isnull=True).exists():
        raise InvalidEntry({"kind": _("Deze relatie staat er al.")})
    added = Relation.objects.create(person=person, other=other, kind=kind, note=note)
    log_person(actor, person, case, event="person.related", action="C")
    return added


@transaction.atomic
def end_relation(actor: Actor, case: Case, relation: Relation) -> Relation:
    must_write_people(actor, case)
    locked(relation.person, relation.other)
    _must_see_both(actor, relation)
    relation = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if relation.until is None:
        relation.until = max(timezone.localdate(), relation.since or date.min)
        relation.save()
        log_person(actor, relation.person, case, event="person.relation_ended", action="U")
    return relation


@transaction.atomic
def add_household(actor: Actor, case: Case, people: list[Person], where: Mapping[str, object]) -> Household:
    """People of the case who live together from today on."""
    must_write_people(actor, case)
    if not people:
        raise InvalidEntry({"people": _("Kies wie er wonen.")})
    locked(*people)
    household = Household.objects.create(**where)
    for person in people:
        join_household(actor, case, household, person)
    return household


@transaction.atomic
def change_household(
    actor: Actor, case: Case, household: Household, where: Mapping[str, object], version: int
) -> Household:
    """Another address for who lives there; from this version on."""
    must_write_people(actor, case)
    current = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if current.version != version:
        there = " ".join(filter(None, (current.address, current.postcode))) or _("geen adres")
        said = _("Intussen gewijzigd: er staat nu «%(address)s». Bewaar opnieuw als uw adres klopt.")
        raise InvalidEntry({"address": said % {"address": there}})
    for name, value in where.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    for member in current.members.filter(until__isnull=True, person__in=visible_people(actor)).select_related("person"):
        log_person(actor, member.person, case, event="person.address_changed", action="U")
    return current


@transaction.atomic
def join_household(actor: Actor, case: Case, household: Household, person: Person) -> HouseholdMember:
    must_write_people(actor, case)
    (person,) = locked(person)
    must_see_in(actor, case, person)
    if household.members.filter(person=person, until__isnull=True).exists():
        raise InvalidEntry({"person": _("Deze persoon woont hier al.")})
    member = HouseholdMember.objects.create(household=household, person=person, since=timezone.localdate())
    log_person(actor, person, case, event="person.moved_in", action="C")
    return member


@transaction.atomic
def leave_household(actor: Actor, case: Case, member: HouseholdMember) -> HouseholdMember:
    must_write_people(actor, case)
    locked(member.person)
    must_see_in(actor, case, member.person)
    member = HouseholdMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.until is None:
        member.until = max(timezone.localdate(), member.since)
        member.save()
        log_person(actor, member.person, case, event="person.moved_out", action="U")
    return member


def _must_see_both(actor: Actor, relation: Relation) -> None:
    pks = {relation.person_id, relation.other_id}
    if visible_people(actor).filter(pk__in=pks).count() != len(pks):
        raise PermissionDenied(_("U hebt geen toegang tot deze persoon."))
