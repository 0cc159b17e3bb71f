"""What was written down of somebody when and by whom, with that of who went on as them. Never the BSN."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.comparison import told
from dossiers.models import Person

from .people import merges_of


@dataclass(frozen=True, slots=True)
class Change:
    """One moment: label, before and after of each group of fields that changed."""

    at: datetime
    who: str
    number: int
    words: str
    changes: list[tuple[str, str, str]]


def history_of_person(actor: Actor, person: Person) -> list[Change]:
    """The latest first."""
    others = [view.merge.other for view in merges_of(actor, person)]
    found = [change for each in (person, *others) for change in _changes(each)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _changes(person: Person) -> Iterator[Change]:
    rows = list(person.history.select_related("history_user").order_by("history_date", "history_id"))
    for before, after in pairwise([None, *rows]):
        changes = _different(before.instance if before else Person(), after.instance)
        words = _words(before, after)
        if changes or words:
            yield Change(after.history_date, _who(after), person.pk, words, changes)


def _different(before: Person, after: Person) -> list[tuple[str, str, str]]:
    pairs = zip(told(before), told(after), strict=True)
    return [(label, old, new) for (label, old), (_label, new) in pairs if old != new]


def _words(before: object, after: object) -> str:
    if before is None:
        return _("vastgelegd")
    if before.merged_into_id == after.merged_into_id:
        return ""
    return (
        _("ging op in persoon %(number)d") % {"number": after.merged_into_id}
        if after.merged_into_id
        else _("weer apart")
    )


def _who(row: object) -> str:
    """Of a change outside a request the person itself remembers who."""
    user = row.history_user or row.changed_by
    return (user.get_full_name() or user.username) if user else ""
