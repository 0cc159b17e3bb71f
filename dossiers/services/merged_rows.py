"""The rows that hang on a person, on their way to another and back. The locks and the permission are the merge's."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from dossiers.core.person_merging import Plan, Row, plan_move
from dossiers.models import CitizenNumber, HouseholdMember, Involvement, Person, PersonMerge, Relation

# Kind of row -> its model, and by which field it hangs on the person.
HANGS_BY: dict[str, tuple[type[Model], str]] = {
    "involvement": (Involvement, "person"),
    "member": (HouseholdMember, "person"),
    "relation.person": (Relation, "person"),
    "relation.other": (Relation, "other"),
    "citizen_number": (CitizenNumber, "person"),
}


def move(other: Person, kept: Person) -> tuple[dict[str, list[int]], list[int]]:
    """What moved, by kind; and which rows of `kept` became shielded because those that stayed behind were."""
    plan = plan_move(rows_of(other), rows_of(kept), kept.pk)
    for kind, pks in plan.by_kind().items():
        _hang(kind, pks, kept)
    return plan.by_kind(), _shield(plan)


def move_back(merge: PersonMerge) -> None:
    for kind, pks in merge.moved.items():
        _hang(kind, pks, merge.other)
    for involvement in Involvement.objects.filter(pk__in=merge.shielded, shielded=True):
        involvement.shielded = False
        involvement.save()


def problem_with_return(merge: PersonMerge) -> str:
    """Why what moved cannot go back; empty when it can."""
    for kind, pks in merge.moved.items():
        model, field = HANGS_BY[kind]
        if model.objects.filter(pk__in=pks, **{field: merge.kept_id}).count() != len(pks):
            return _("Wat bij de samenvoeging meeging, hoort intussen bij iemand anders. Herstel dat eerst.")
    numbers = CitizenNumber.objects.filter(pk__in=merge.moved.get("citizen_number", []))
    if numbers.filter(ended_at__gt=merge.merged_at).exists():
        return _("Het BSN is na de samenvoeging gewijzigd. Ongedaan maken kan daarom niet meer.")
    returning = [row for row in rows_of(merge.kept) if row.pk in merge.moved.get(row.kind, [])]
    if plan_move(returning, rows_of(merge.other), merge.other_id).stays:
        return _("Een relatie die meeging is intussen gewijzigd en zou nu dubbel zijn. Beëindig die eerst.")
    return ""


def rows_of(person: Person) -> list[Row]:
    return [*_involvements(person), *_memberships(person), *_relations(person), *_numbers(person)]


def _involvements(person: Person) -> Iterator[Row]:
    """What somebody is in a case they are once; who reported, each organisation writes down for itself."""
    for row in person.involvements.all():
        by = row.recorded_for_id if row.role == Involvement.Role.REPORTER else None
        yield Row("involvement", row.pk, ("involvement", row.case_id, row.role, by), row.until is None)


def _memberships(person: Person) -> Iterator[Row]:
    for row in person.households.all():
        yield Row("member", row.pk, ("member", row.household_id), row.until is None)


def _relations(person: Person) -> Iterator[Row]:
    """The same whichever side it was written from: two people are partners once."""
    for kind, related, far in (
        ("relation.person", person.relations, "other_id"),
        ("relation.other", person.relations_of_others, "person_id"),
    ):
        for row in related.all():
            end = getattr(row, far)
            yield Row(kind, row.pk, ("relation", end, row.kind), row.until is None, far_end=end)


def _numbers(person: Person) -> Iterator[Row]:
    for row in person.citizen_numbers.all():
        yield Row("citizen_number", row.pk, ("citizen_number",), row.ended_at is None)


def _hang(kind: str, pks: list[int], person: Person) -> None:
    """Row by row, for each keeps its history."""
    model, field = HANGS_BY[kind]
    for row in model.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"):
        setattr(row, field, person)
        row.save()


def _shield(plan: Plan) -> list[int]:
    """A reporter who was shielded as one of the two is shielded as both."""
    pairs = {row.pk: there.pk for row, there in plan.stays if row.kind == "involvement" and there}
    shielded = Involvement.objects.filter(pk__in=pairs, shielded=True).values_list("pk", flat=True)
    found = list(Involvement.objects.filter(pk__in=[pairs[pk] for pk in shielded], shielded=False))
    for involvement in found:
        involvement.shielded = True
        involvement.save()
    return [involvement.pk for involvement in found]
