"""The versions of everything in a case, by their keys: enough to filter and to page without reading a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.policies import Actor
from dossiers.history import TRACKED, Tracked
from routing.models import Case

ON_A_PAGE = 30
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks for; an empty field asks nothing. `before` is the moment that an older page starts below."""

    record: str = ""
    field: str = ""
    person: str = ""
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A version, by its keys: enough to filter and to page without reading the texts."""

    tracked: Tracked
    key: int
    previous: int | None
    at: datetime
    user: int | None


def steps_of(actor: Actor, case: Case) -> list[Step]:
    """Every version of everything in the case that this actor may see something of, in no order."""
    return [step for tracked in TRACKED for step in _steps(actor, case, tracked)]


def users_of(steps: Iterable[Step]) -> list[User]:
    users = {step.user for step in steps if step.user is not None}
    return list(User.objects.filter(pk__in=users).order_by("first_name", "username"))


def _steps(actor: Actor, case: Case, tracked: Tracked) -> Iterator[Step]:
    rows = tracked.model.history.filter(tracked.of(actor, case)).order_by("id", "history_date", "history_id")
    previous: tuple[Any, int] | None = None
    for pk, key, at, user in rows.values_list("id", "history_id", "history_date", "history_user"):
        yield Step(tracked, key, previous[1] if previous and previous[0] == pk else None, at, user)
        previous = pk, key


def fits(step: Step, wanted: Wanted) -> bool:
    if wanted.before is not None and step.at >= wanted.before:
        return False
    if wanted.record not in ("", step.tracked.name):
        return False
    return wanted.person in ("", SYSTEM if step.user is None else str(step.user))


def a_page(found: list[Step]) -> list[Step]:
    """What happened at one moment stays on one page: the next one starts below a moment."""
    end = ON_A_PAGE
    while 0 < end < len(found) and found[end].at == found[end - 1].at:
        end += 1
    return found[:end]
