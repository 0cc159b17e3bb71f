"""Two people side by side, group of fields by group, with what is best to keep chosen beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Person
from .person_groups import FIELD_GROUPS

LABELS = {
    "given_name": gettext_lazy("Voornamen"),
    "surname": gettext_lazy("Achternaam"),
    "birth_name": gettext_lazy("Geboortenaam"),
    "birth": gettext_lazy("Geboren"),
    "died": gettext_lazy("Overleden"),
    "gender": gettext_lazy("Geslacht"),
    "phone": gettext_lazy("Telefoonnummer"),
    "email": gettext_lazy("E-mailadres"),
    "address": gettext_lazy("Adres"),
}
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Compared:
    group: str
    label: str
    kept: str
    other: str
    takes_other: bool

    @property
    def differs(self) -> bool:
        return self.kept != self.other


def compare(kept: Person, other: Person, take: Iterable[str] | None) -> list[Compared]:
    """`take` is what somebody chose already; without it, what the one who is kept does not have."""
    shown = [(group, in_words(kept, group), in_words(other, group)) for group in FIELD_GROUPS]
    chosen = set(take) if take is not None else {group for group, one, two in shown if two and not one}
    return [Compared(group, str(LABELS[group]), one, two, group in chosen) for group, one, two in shown]


def taken(given: Mapping[str, str]) -> list[str]:
    """The groups of which the other's were chosen."""
    return [group for group in FIELD_GROUPS if given.get(f"keep-{group}") == OTHER]


def in_words(person: Person, group: str) -> str:
    """Empty when nothing is known."""
    if group == "birth":
        about = _("ongeveer %(year)d") % {"year": person.born_year} if person.born_year else ""
        return date_format(person.born, "j F Y") if person.born else about
    if group == "died":
        return date_format(person.died, "j F Y") if person.died else ""
    if group == "address":
        return ", ".join(filter(None, (person.address, person.postcode, str(person.municipality or ""))))
    if group == "gender":
        return person.get_gender_display() if person.gender else ""
    return " ".join(filter(None, (getattr(person, name) for name in FIELD_GROUPS[group])))


def told(person: Person) -> list[tuple[str, str]]:
    """Label and value of every group."""
    return [(str(LABELS[group]), in_words(person, group)) for group in FIELD_GROUPS]
