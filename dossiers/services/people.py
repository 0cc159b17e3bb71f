"""The only writer of people and of what each is in a case."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core.life import wrong_life
from dossiers.likeness_words import WRONG_LIFE
from dossiers.models import Involvement, Person
from dossiers.policies.people import known_people, visible_involvements, writable_cases
from routing.errors import InvalidEntry, RoutingError
from routing.models import Case
from routing.policies import rule_for_case

PERSON_FIELDS = (
    *("given_name", "infix", "surname", "birth_name", "born", "born_year", "died", "gender"),
    *("phone", "email", "address", "postcode", "municipality"),
)
PRESSED_TWICE = timedelta(seconds=30)


class PersonChanged(Exception):
    """Somebody saved this person in the meantime: `theirs` is what stands there now."""

    def __init__(self, theirs: Person) -> None:
        self.message = _("Deze gegevens zijn intussen gewijzigd. Vergelijk ze en bewaar opnieuw.")
        super().__init__(self.message)
        self.theirs = theirs


class PersonMerged(RoutingError):
    """It went on as somebody else."""

    code = "person_merged"

    def __init__(self) -> None:
        super().__init__(_("Deze persoon is intussen samengevoegd met een ander. Ververs de pagina."))


@transaction.atomic
def add_person(actor: Actor, case: Case, fields: Mapping[str, object], involved: Mapping[str, object]) -> Person:
    """A new person in this case; `involved` has role, shielded and note."""
    must_write_people(actor, case)
    values = _checked(fields)
    if not any(values.values()) and not involved.get("note"):
        raise InvalidEntry({"surname": _("Vul iets in waaraan deze persoon te herkennen is, of een toelichting.")})
    # Of who presses twice, the second waits here and finds the first.
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    pressed = _just_added(actor, case, values, involved)
    if pressed is not None:
        return pressed
    person = Person(**values, changed_by=actor.user)
    person.save()
    log_person(actor, person, case, event="person.created", action="C")
    _involve(actor, case, person, involved)
    return person


def _just_added(
    actor: Actor, case: Case, values: Mapping[str, object], involved: Mapping[str, object]
) -> Person | None:
    """The very same, by the same user, a moment ago."""
    same = {f"person__{name}": value for name, value in values.items()}
    row = case.people.filter(
        **same,
        person__changed_by=actor.user,
        person__version=1,
        role=involved["role"],
        note=involved.get("note", ""),
        since__gte=timezone.now() - PRESSED_TWICE,
    )
    found = row.select_related("person").first()
    return found.person if found else None


@transaction.atomic
def link_person(actor: Actor, case: Case, person: Person, involved: Mapping[str, object]) -> Involvement:
    """Somebody who is known already, in this case too."""
    must_write_people(actor, case)
    (current,) = locked(person)
    if not known_people(actor).filter(pk=person.pk).exists():
        raise PermissionDenied(_("U hebt geen toegang tot deze persoon."))
    return _involve(actor, case, current, involved)


def _involve(actor: Actor, case: Case, person: Person, involved: Mapping[str, object]) -> Involvement:
    role = involved["role"]
    current = case.people.filter(person=person, role=role, until__isnull=True)
    if role == Involvement.Role.REPORTER:
        current = current.filter(recorded_for=actor.organisation_id)
    if current.exists():
        raise InvalidEntry({"role": _("Deze persoon staat zo al in de casus.")})
    added = Involvement.objects.create(
        case=case,
        person=person,
        role=role,
        shielded=bool(involved.get("shielded")) and role == Involvement.Role.REPORTER,
        note=involved.get("note", ""),
        recorded_for_id=actor.organisation_id,
        since=timezone.now(),
    )
    log_person(actor, person, case, event="person.involved", action="C")
    return added


@transaction.atomic
def change_person(actor: Actor, case: Case, person: Person, fields: Mapping[str, object], version: int) -> Person:
    """Saves from this version on; raises PersonChanged when another was first, PersonMerged after a merge."""
    must_write_people(actor, case)
    (current,) = locked(person)
    must_see_in(actor, case, current)
    if current.version != version:
        raise PersonChanged(current)
    for name, value in _checked(fields).items():
        setattr(current, name, value)
    current.version += 1
    current.changed_by = actor.user
    current.save()
    log_person(actor, current, case, event="person.changed", action="U")
    return current


@transaction.atomic
def change_involvement(actor: Actor, involvement: Involvement, *, shielded: bool, note: str) -> Involvement:
    must_write_people(actor, involvement.case)
    locked(involvement.person)
    must_see_in(actor, involvement.case, involvement.person)
    involvement = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
    involvement.shielded = shielded and involvement.role == Involvement.Role.REPORTER
    involvement.note = note
    involvement.save()
    log_person(actor, involvement.person, involvement.case, event="person.involvement_changed", action="U")
    return involvement


@transaction.atomic
def end_involvement(actor: Actor, involvement: Involvement) -> Involvement:
    """They are no longer this in the case; that they were stays."""
    must_write_people(actor, involvement.case)
    locked(involvement.person)
    must_see_in(actor, involvement.case, involvement.person)
    involvement = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
    if involvement.until is None:
        involvement.until = timezone.now()
        involvement.save()
        log_person(actor, involvement.person, involvement.case, event="person.involvement_ended", action="U")
    return involvement


# --- What the writers of people share -------------------------------------------------------------


def locked(*people: Person) -> list[Person]:
    """As they are now, held until the end of the transaction, in the order of their numbers whatever was asked."""
    pks = sorted({person.pk for person in people})
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    current = {row.pk: row for row in rows}
    if any(row.merged_into_id for row in current.values()):
        raise PersonMerged
    return [current[person.pk] for person in people]


def must_write_people(actor: Actor, case: Case) -> None:
    """Asked of the database: the case may have been closed since it was read."""
    if not writable_cases(actor).filter(pk=case.pk).exists():
        raise PermissionDenied(_("U kunt de mensen van deze casus lezen, niet wijzigen."))


def must_see_in(actor: Actor, case: Case, person: Person) -> None:
    if not visible_involvements(actor).filter(case=case, person=person).exists():
        raise PermissionDenied(_("U hebt geen toegang tot deze persoon."))


def log_person(actor: Actor, person: Person, case: Case, *, event: str, action: str, detail: str = "") -> None:
    rule = rule_for_case(actor, case)
    log_access(actor, event=event, action=action, record=person, subject=str(case.pk), rule=rule, detail=detail)


def _checked(fields: Mapping[str, object]) -> dict[str, object]:
    values = {name: fields[name] for name in PERSON_FIELDS if name in fields}
    today = timezone.localdate()
    wrong = wrong_life(values.get("born"), values.get("born_year"), values.get("died"), today)
    if wrong:
        raise InvalidEntry({field: str(WRONG_LIFE[code]) for field, code in wrong.items()})
    return values
