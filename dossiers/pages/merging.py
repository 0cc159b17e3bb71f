"""Two people wrote in one record: what they chose or typed in the merge view, and the view itself.

The view works without a script: a text that somebody edits in it goes before the choices beside it.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from dossiers import services
from dossiers.core import Choice, Collision, Merge, merge_texts
from dossiers.core.changes import with_plain_newlines
from dossiers.forms import form_for
from dossiers.models import Record
from dossiers.record_words import LABELS, value_text
from routing.models import Case

from .case import CONFLICT

LARGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class MergedField:
    """One field of the view: `hidden` are the values that need no choice."""

    name: str
    label: str
    collides: bool
    changed: bool
    text: str = ""
    typed: str = ""
    passages: tuple[tuple[int, Collision], ...] = ()
    options: tuple[tuple[str, str, str], ...] = ()
    hidden: tuple[str, ...] = ()


def merge_page(request: HttpRequest, found: Case, kind: str, conflict: services.RecordChanged) -> HttpResponse:
    """Asks per passage which text it is to be, and carries along all that was typed."""
    context = {
        "case": found,
        "kind": kind,
        "conflict": conflict,
        "fields": [_field(conflict.theirs, merge, request.POST) for merge in conflict.merges.values()],
        "based_on": request.POST.get("version", "")[:LARGEST_NUMBER],
        "complete": "complete" in request.POST,
        "reopened_because": request.POST.get("reopened_because", ""),
    }
    return render(request, "dossiers/merge.html", context, status=CONFLICT)


def answers_of(record: Record, posted: QueryDict) -> QueryDict:
    """What the form of the record gets: as posted, or as it follows from the choices of the merge view."""
    if "based_on" not in posted:
        return posted
    given = posted.copy()
    base, theirs = (_version(record, posted.get(name, "")) for name in ("based_on", "version"))
    for name in form_for(record).fields:
        if f"typed-{name}" in posted:
            merge = merge_texts(_text(base, name), _plain(posted[f"typed-{name}"]), _text(theirs, name))
            given[name] = _chosen(merge, posted, name)
    return given


def _chosen(merge: Merge, posted: QueryDict, name: str) -> str:
    """By the choices, unless somebody edited the text that was offered."""
    typed = _plain(posted.get(name, ""))
    if typed.strip() != merge.text().strip():
        return typed
    asked = (posted.get(f"choice-{name}-{number}", "") for number in range(len(merge.collisions)))
    return merge.text(tuple(Choice(each) if each in list(Choice) else Choice.BOTH for each in asked))


def _field(theirs: Record, merge: services.FieldMerge, posted: QueryDict) -> MergedField:
    name, changed = merge.name, merge.theirs != merge.base
    label = str(LABELS[name])
    if merge.merge is not None and merge.collides:
        return MergedField(
            name,
            label,
            collides=True,
            changed=True,
            text=merge.merge.text(),
            typed=str(merge.mine),
            passages=tuple(enumerate(merge.merge.collisions)),
        )
    if merge.collides:
        mine, other = (
            (_raw(value), title, value_text(name, value) or _("niets"))
            for value, title in ((merge.mine, _("Uw keuze")), (merge.theirs, _("Hun keuze")))
        )
        return MergedField(name, label, collides=True, changed=True, options=(mine, other))
    values = merge.value if isinstance(merge.value, list) else [merge.value]
    hidden = tuple(_raw(value) for value in values)
    text = str(merge.value) if merge.merge is not None else ""
    return MergedField(name, label, collides=False, changed=changed, text=text, hidden=hidden)


def _raw(value: object) -> str:
    """As a browser sends it; an unticked box sends nothing."""
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(getattr(value, "pk", value))


def _version(record: Record, number: str) -> Record | None:
    well_formed = number.isascii() and number.isdigit() and len(number) <= LARGEST_NUMBER
    return services.version_of(record, int(number)) if well_formed else None


def _text(version: Record | None, name: str) -> str:
    return str(getattr(version, name, ""))


def _plain(text: str) -> str:
    return with_plain_newlines(text.replace("\x00", ""))
