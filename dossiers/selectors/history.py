"""Who changed what in a case, when and why. Whether the actor may see the case, routing has answered first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Field, Model, TextField

from accounts.models import AccessLogEntry, User
from accounts.policies import Actor
from accounts.selectors import acts_on
from dossiers.core.differences import Piece, differences
from dossiers.history import Tracked
from dossiers.history_words import EMPTY, Values, label_of
from partners.models import Organisation
from routing.models import Case

from .history_steps import ON_A_PAGE, Step, Wanted, a_page, fits
from .sight import Sight

# The line in the access log is of the same transaction.
TOGETHER = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stood there and stands there now; of a text the pieces. Withheld: only that it changed."""

    name: str
    label: str
    before: str = EMPTY
    after: str = EMPTY
    pieces: tuple[Piece, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one record: by whom (None: the system), in which role and for whom, and why."""

    at: datetime
    kind: str
    title: str
    number: Any
    user: User | None
    organisation: str
    act: AccessLogEntry | None
    reason: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A page of it, newest first; `older` is the moment that the next page starts below."""

    changes: tuple[Change, ...]
    older: datetime | None


def history(actor: Actor, case: Case, steps: Iterable[Step], wanted: Wanted) -> History:
    """Whole pages until there is enough to show: of many versions a single field may have stayed the same."""
    left = sorted((step for step in steps if fits(step, wanted)), key=lambda step: step.at, reverse=True)
    changes: list[Change] = []
    sight = Sight(actor, case)
    older = None
    while left and len(changes) < ON_A_PAGE:
        page = a_page(left)
        left = left[len(page) :]
        changes += _changes(sight, page, wanted.field)
        older = page[-1].at if left else None
    return History(tuple(changes), older)


# --- In full ----------------------------------------------------------------------------------------


def _changes(sight: Sight, page: list[Step], field: str) -> Iterator[Change]:
    versions, acts, values = _versions(page), _acts(sight.case, page), Values(sight.actor)
    names = dict(Organisation.objects.values_list("slug", "name"))
    for step in page:
        row = versions[step.tracked, step.key]
        earlier = versions.get((step.tracked, step.previous))
        lines = tuple(line for line in _lines(sight, step.tracked, earlier, row, values) if field in ("", line.name))
        if not lines:
            continue
        act = _act_of(row, step.tracked, acts)
        yield Change(
            at=row.history_date,
            kind=row.history_type,
            title=str(step.tracked.title),
            number=row.id,
            user=row.history_user,
            organisation=names.get(act.on_behalf_of, act.on_behalf_of) if act else "",
            act=act,
            reason=row.history_change_reason or "",
            lines=lines,
        )


def _versions(page: list[Step]) -> dict[tuple[Tracked, int | None], Any]:
    """Each version on the page and the one before it: one query per model."""
    wanted: dict[Tracked, set[int]] = {}
    for step in page:
        wanted.setdefault(step.tracked, set()).update(filter(None, (step.key, step.previous)))
    return {
        (tracked, row.history_id): row
        for tracked, keys in wanted.items()
        for row in _in_full(tracked).filter(history_id__in=keys)
    }


def _in_full(tracked: Tracked) -> Any:
    related = ["handover__service"] if any(field.name == "handover" for field in tracked.fields) else []
    return tracked.model.history.select_related("history_user", *related)


def _lines(sight: Sight, tracked: Tracked, earlier: Any, row: Any, values: Values) -> Iterator[Line]:
    for field in tracked.fields:
        was, now = (getattr(each, field.attname) if each else None for each in (earlier, row))
        if (was or None) != (now or None) and sight.sees(row, field.name):
            yield _line(sight, field, earlier, row, values)


def _line(sight: Sight, field: Field, earlier: Model | None, row: Model, values: Values) -> Line:
    label = label_of(field)
    if not sight.sees_earlier(row, field.name):
        return Line(field.name, label, withheld=True)
    before, after = (values.in_words(field, each) if each else EMPTY for each in (earlier, row))
    if isinstance(field, TextField) and not field.flatchoices and before != EMPTY:
        return Line(field.name, label, pieces=differences(before, "" if after == EMPTY else after))
    return Line(field.name, label, before, after)


# --- Why ----------------------------------------------------------------------------------------------


def _acts(case: Case, page: Iterable[Step]) -> list[AccessLogEntry]:
    moments = [step.at for step in page]
    if not moments:
        return []
    return list(acts_on(str(case.pk), min(moments) - TOGETHER, max(moments) + TOGETHER))


def _act_of(row: Any, tracked: Tracked, acts: list[AccessLogEntry]) -> AccessLogEntry | None:
    """What the access log says was done: to this very record, else by this person, at that moment."""
    near = [act for act in acts if act.user_id == row.history_user_id and abs(act.at - row.history_date) <= TOGETHER]
    own = [act for act in near if (act.record_type, act.record_id) == (tracked.name, str(row.id))]
    return min(own or near, key=lambda act: abs(act.at - row.history_date), default=None)
