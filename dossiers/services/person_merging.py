"""Two people turn out to be one, and, when that was a mistake, two again. Nothing is deleted on either way."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.core.life import wrong_life
from dossiers.core.person_merging import chosen_fields, restored_fields
from dossiers.models import CitizenNumber, Person, PersonMerge
from dossiers.person_groups import FIELD_GROUPS
from dossiers.policies.people import may_merge, may_unmerge
from routing.errors import RoutingError

from . import merged_rows as rows
from .merge_log import log_merge

MERGED_FIELDS = tuple(name for names in FIELD_GROUPS.values() for name in names)
DATES = ("born", "died")


class MergeRefused(RoutingError):
    """The message says why, and what to do first."""

    code = "merge_refused"


def merge_people(
    actor: Actor, kept: Person, other: Person, take: Iterable[str], versions: tuple[int, int]
) -> PersonMerge:
    """`other` goes on as `kept`, who takes these groups of fields over from `other`. `versions` are those that were
    compared, of kept and other."""
    try:
        return _merge(actor, kept, other, take, versions)
    except IntegrityError:
        # Somebody merged a relative of theirs at the same moment.
        raise MergeRefused(_("De gegevens zijn intussen gewijzigd. Vergelijk ze opnieuw.")) from None


@transaction.atomic
def _merge(actor: Actor, kept: Person, other: Person, take: Iterable[str], versions: tuple[int, int]) -> PersonMerge:
    kept, other = _both(kept, other)
    if not may_merge(actor, kept, other):
        raise PermissionDenied(_("U kunt alleen mensen samenvoegen uit casussen waarin u schrijft."))
    if (kept.version, other.version) != versions:
        raise MergeRefused(_("De gegevens zijn intussen gewijzigd. Vergelijk ze opnieuw."))
    _must_be_able_to_be_one(kept, other)
    before, after = chosen_fields(_values(kept), _values(other), _names(take))
    _must_be_possible(_values(kept) | after)
    moved, shielded = rows.move(other, kept)
    _write(actor, kept, after)
    other.merged_into = kept
    _write(actor, other, {})
    merge = PersonMerge.objects.create(
        kept=kept,
        other=other,
        moved=moved,
        shielded=shielded,
        before=_plain(before),
        after=_plain(after),
        merged_at=timezone.now(),
        merged_by=actor.user,
    )
    log_merge(actor, merge, event="person.merged")
    return merge


@transaction.atomic
def unmerge_people(actor: Actor, merge: PersonMerge) -> PersonMerge:
    """Everything that moved goes back; what came since, and fields that were changed since, stay with who was kept."""
    kept, other = _rows(merge.kept_id, merge.other_id)
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _must_be_last(merge, kept)
    if not may_unmerge(actor, merge):
        raise PermissionDenied(_("U kunt alleen mensen samenvoegen uit casussen waarin u schrijft."))
    problem = rows.problem_with_return(merge)
    if problem:
        raise MergeRefused(problem)
    values = restored_fields(_values(kept), _read(merge.before), _read(merge.after))
    _must_be_possible(_values(kept) | values)
    rows.move_back(merge)
    _write(actor, kept, values)
    other.merged_into = None
    _write(actor, other, {})
    merge.undone_at, merge.undone_by = timezone.now(), actor.user
    merge.save()
    log_merge(actor, merge, event="person.unmerged")
    return merge


def _both(kept: Person, other: Person) -> tuple[Person, Person]:
    if kept.pk == other.pk:
        raise MergeRefused(_("Dit is één en dezelfde persoon."))
    kept, other = _rows(kept.pk, other.pk)
    if kept.merged_into_id or other.merged_into_id:
        raise MergeRefused(_("Deze personen zijn intussen al samengevoegd. Ververs de pagina."))
    return kept, other


def _rows(kept: int, other: int) -> tuple[Person, Person]:
    """Locked in the order of their numbers, so that two who merge the same pair wait and never block each other."""
    found = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=(kept, other)).order_by("pk")
    current = {person.pk: person for person in found}
    return current[kept], current[other]


def _must_be_able_to_be_one(kept: Person, other: Person) -> None:
    numbers = CitizenNumber.objects.filter(person__in=(kept, other), ended_at__isnull=True)
    if numbers.count() > 1:
        raise MergeRefused(_("Deze personen hebben elk een eigen BSN: het zijn twee mensen, of één BSN klopt niet."))


def _must_be_last(merge: PersonMerge, kept: Person) -> None:
    if merge.undone_at is not None:
        raise MergeRefused(_("Deze samenvoeging is al ongedaan gemaakt."))
    if kept.merged_into_id:
        raise MergeRefused(_("Deze persoon is daarna zelf samengevoegd. Maak eerst die samenvoeging ongedaan."))
    later = PersonMerge.objects.filter(kept=kept, undone_at__isnull=True, pk__gt=merge.pk)
    if later.exists():
        raise MergeRefused(_("Daarna is nog iemand met deze persoon samengevoegd. Maak eerst die ongedaan."))


def _must_be_possible(values: Mapping[str, object]) -> None:
    if wrong_life(values["born"], values["born_year"], values["died"], timezone.localdate()):
        raise MergeRefused(_("Zo is deze persoon overleden voor de geboorte. Kies andere gegevens."))


def _names(take: Iterable[str]) -> list[str]:
    return [name for group in take for name in FIELD_GROUPS[group]]


def _values(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in MERGED_FIELDS}


def _write(actor: Actor, person: Person, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.version += 1
    person.changed_by = actor.user
    person.save()


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(values: Mapping[str, object]) -> dict[str, object]:
    return {name: date.fromisoformat(value) if name in DATES and value else value for name, value in values.items()}
