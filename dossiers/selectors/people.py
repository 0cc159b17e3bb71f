"""The people of a case as this actor sees them: the one place that gives a name, or says that it is shielded.

Every page, list, print and export of a case takes its names from here. Whether the actor may see the case, routing
has answered first.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.models import CitizenNumber, Involvement, Person, PersonMerge
from dossiers.policies.people import (
    is_shielded,
    may_merge,
    may_see_bsn,
    may_unmerge,
    visible_involvements,
    visible_people,
)
from routing.models import Case

ORDER = list(Involvement.Role)


@dataclass(frozen=True, slots=True)
class InvolvementView:
    """Somebody in a case as this actor sees them; `person` is None when who it is is shielded from them."""

    involvement: Involvement
    person: Person | None
    name: str
    is_shielded: bool

    @property
    def role(self) -> str:
        return self.involvement.get_role_display()

    @property
    def note(self) -> str:
        return self.involvement.note if self.person else ""


def people_of(actor: Actor, case: Case) -> list[InvolvementView]:
    """Subjects first, then the family, who reported and the others; those who are no longer in it last."""
    rows = case.people.filter(person__merged_into__isnull=True)
    rows = rows.select_related("case__vtrecord", "person__municipality", "recorded_for")
    open_to = set(visible_involvements(actor).filter(case=case).values_list("pk", flat=True))
    views = [_view(row, row.pk in open_to) for row in rows]
    return sorted(views, key=_in_order)


def _in_order(view: InvolvementView) -> tuple:
    row = view.involvement
    return (row.until is not None, ORDER.index(row.role), row.since, row.pk)


def _view(row: Involvement, is_open: bool) -> InvolvementView:
    person = row.person if is_open else None
    return InvolvementView(row, person, shown_name(person) if person else _("afgeschermde melder"), is_shielded(row))


def shown_name(person: Person) -> str:
    return person.name or _("naam onbekend")


def mention(case: Case, person: Person | None) -> str:
    """The name where it stands beside the list of people, as in an action. Who was written there and is shielded
    since is named there to nobody."""
    if person is None:
        return ""
    rows = list(case.people.filter(person=person).select_related("case__vtrecord"))
    return _("afgeschermde melder") if rows and all(map(is_shielded, rows)) else shown_name(person)


def people_for_client(case: Case) -> list[Involvement]:
    """For what a client or the family may get to read: without reporters who are shielded, whoever makes it."""
    rows = case.people.filter(person__merged_into__isnull=True).select_related("person", "case__vtrecord")
    return [row for row in rows if not is_shielded(row)]


def person_in(actor: Actor, case: Case, pk: int) -> Person | None:
    """Somebody whom the actor sees in this case; after a merge, whom they went on as."""
    person = _in_case(actor, case).filter(pk=pk).first()
    if person is None:
        merged = Person.objects.filter(pk=pk, merged_into__isnull=False).first()
        person = _in_case(actor, case).filter(pk=_went_on_as(merged)).first() if merged else None
    return person


def _in_case(actor: Actor, case: Case) -> QuerySet[Person]:
    """By an involvement in this very case: seen elsewhere does not open a reporter who is shielded here."""
    here = visible_involvements(actor).filter(case=case).values("person")
    return Person.objects.filter(pk__in=here, merged_into__isnull=True).select_related("municipality", "changed_by")


def _went_on_as(person: Person) -> int:
    while person.merged_into_id:
        person = person.merged_into
    return person.pk


def involvements_here(actor: Actor, case: Case, person: Person) -> list[InvolvementView]:
    rows = visible_involvements(actor).filter(case=case, person=person).select_related("case__vtrecord", "person")
    return sorted((_view(row, is_open=True) for row in rows), key=_in_order)


def cases_of(actor: Actor, person: Person) -> list[int]:
    """Where else the actor may know them from."""
    found = visible_involvements(actor).filter(person=person).order_by("case")
    return list(found.values_list("case", flat=True).distinct())


def masked_bsn(actor: Actor, case: Case, person: Person) -> str:
    """Empty for who may not see it, and when there is none."""
    if not may_see_bsn(actor, case, person):
        return ""
    kept = CitizenNumber.objects.filter(person=person, ended_at__isnull=True).first()
    return kept.masked if kept else ""


@dataclass(frozen=True, slots=True)
class MergeView:
    merge: PersonMerge
    other_name: str
    may_undo: bool


def merges_of(actor: Actor, person: Person) -> list[MergeView]:
    """Who went on as this person, the latest first; only the latest can be undone. Who was a shielded reporter and no
    more is not named to whom they are shielded from."""
    rows = list(person.merges.filter(undone_at__isnull=True).select_related("other", "merged_by"))
    known = [row for row in rows if _brought(actor, row).exists()]
    return [MergeView(row, shown_name(row.other), row == rows[0] and may_unmerge(actor, row)) for row in known]


def _brought(actor: Actor, merge: PersonMerge) -> QuerySet[Involvement]:
    """What the other was in cases, as far as the actor sees it."""
    moved = Q(pk__in=merge.moved.get("involvement", []))
    return visible_involvements(actor).filter(moved | Q(person=merge.other_id))


def is_shielded_reporter(person: Person) -> bool:
    """Somewhere. For the warning to who may merge them."""
    return any(is_shielded(row) for row in person.involvements.select_related("case__vtrecord"))


def pair_to_merge(actor: Actor, kept: int, other: int) -> tuple[Person, Person] | None:
    """Both, when the actor may merge them; also when one has been merged since, so that the page can say so."""
    people = Person.objects.select_related("municipality").in_bulk([kept, other])
    if kept == other or len(people) != len({kept, other}) or not may_merge(actor, *people.values()):
        return None
    return people[kept], people[other]


def merge_for(actor: Actor, pk: int) -> PersonMerge | None:
    """A merge into somebody whom the actor sees."""
    return PersonMerge.objects.select_related("kept", "other").filter(pk=pk, kept__in=visible_people(actor)).first()


def merged_from(actor: Actor, one: int, two: int) -> Person | None:
    """Who two people became, for who sees that person; None when they are not one."""
    merge = PersonMerge.objects.filter(kept__in=(one, two), other__in=(one, two), undone_at__isnull=True).first()
    return visible_people(actor).filter(pk=_went_on_as(merge.kept)).first() if merge else None


def involvement_in(actor: Actor, case: Case, pk: int) -> Involvement | None:
    """For who sees whom it is about."""
    rows = visible_involvements(actor).filter(case=case, person__merged_into__isnull=True)
    return rows.select_related("person", "case").filter(pk=pk).first()
