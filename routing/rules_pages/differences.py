"""What differs between two versions of an agreement, or of a service, said field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .words import FIELDS, Names

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LABELS = {ADDED: _("erbij"), REMOVED: _("eraf"), CHANGED: _("gewijzigd")}
SECTIONS = (("rules", _("regel")), ("also", _("daarnaast")))

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that was added, removed or changed; for an added or removed one `fields` say what it is."""

    section: str
    slug: str
    what: str
    fields: list[Field]

    @property
    def label(self) -> str:
        return str(LABELS[self.what])


def between(before: Document, after: Document, names: Names) -> list[Difference]:
    """Everything that a person would call a difference; the order of rules is none."""
    found: list[Difference] = []
    for section, label in SECTIONS:
        old, new = _by_slug(before.get(section, ())), _by_slug(after.get(section, ()))
        differing = [slug for slug in dict.fromkeys([*old, *new]) if old.get(slug) != new.get(slug)]
        found += [_difference(str(label), slug, old.get(slug), new.get(slug), names) for slug in differing]
    return found + _impossible(before, after, names)


def _by_slug(items: Iterable[Document]) -> dict[str, Document]:
    return {item["slug"]: item for item in items}


def _difference(section: str, slug: str, old: Document | None, new: Document | None, names: Names) -> Difference:
    what = ADDED if old is None else REMOVED if new is None else CHANGED
    fields = [
        Field(
            str(label),
            names.field(name, (old or {}).get(name)) if old else "",
            names.field(name, (new or {}).get(name)) if new else "",
        )
        for name, label in FIELDS.items()
        if name != "slug" and (old or {}).get(name) != (new or {}).get(name)
    ]
    return Difference(section, slug, what, fields)


def _impossible(before: Document, after: Document, names: Names) -> list[Difference]:
    """What cannot occur has no name of its own, so a change is one that went and one that came."""
    old, new = before.get("impossible", ()), after.get("impossible", ())
    section = str(_("onmogelijk"))
    gone = [_difference(section, "", each, None, names) for each in old if each not in new]
    return gone + [_difference(section, "", None, each, names) for each in new if each not in old]
