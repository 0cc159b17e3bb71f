"""What two editors made of one record, field by field. The text both started from stands in the history."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dossiers.core import Merge, merge_choices, merge_texts, merge_value, values_collide
from dossiers.models import Record

LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field: what both started from, what each made of it, and what follows; `merge` is there for texts."""

    name: str
    base: object
    mine: object
    theirs: object
    value: object
    collides: bool
    merge: Merge | None = None

    @property
    def from_both(self) -> bool:
        """Whether it is neither the one nor the other."""
        return self.value not in (self.mine, self.theirs)


def merged_fields(record: Record, ours: Mapping[str, object], version: int) -> dict[str, FieldMerge]:
    """`record` as it is now, and what was edited from this version of it."""
    started_from = version_of(record, version)
    return {name: _merged(record, started_from, name, mine) for name, mine in ours.items()}


def version_of(record: Record, version: int) -> Record | None:
    """The record as it was saved with this number; None if there never was one."""
    if not 0 < version <= LARGEST:
        return None
    return record.history.filter(version=version).order_by("-history_id").first()


def _merged(record: Record, started_from: Record | None, name: str, mine: object) -> FieldMerge:
    field = record._meta.get_field(name)  # noqa: SLF001 - documented by Django
    theirs = getattr(record, name)
    if isinstance(field, models.TextField):
        base = getattr(started_from, name, "")
        merge = merge_texts(base, mine, theirs)
        return FieldMerge(name, base, mine, theirs, merge.text(), bool(merge.collisions), merge)
    if isinstance(field, ArrayField):
        base = getattr(started_from, name, [])
        kept = merge_choices(base, mine, theirs)
        in_order = [value for value, _label in field.base_field.choices if value in kept]
        return FieldMerge(name, base, mine, theirs, in_order, collides=False)
    base = getattr(started_from, name, field.get_default())
    return FieldMerge(
        name, base, mine, theirs, merge_value(base, mine, theirs), collides=values_collide(base, mine, theirs)
    )
