"""Events start and meet clocks: the norms of the region say which. The only writer of clocks."""

from datetime import datetime, time, timedelta

from django.db import transaction

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core import AMSTERDAM, Deadline, Unit, clock_end, parse_duration, term_end
from dossiers.deadline_words import in_words
from dossiers.models import Clock, Norm
from routing.models import Case


@transaction.atomic
def note_event(actor: Actor | None, case: Case, event: str, at: datetime, topic: str = "") -> None:
    """Tells the clocks of a case that something happened: it meets the norms that end with it, and starts those that
    start with it, in that order. `topic` keeps apart what can occur more than once in a case ("measure-3").

    A norm that already runs on this topic is left alone. In the transaction of what happened.
    """
    running = Clock.objects.select_for_update().filter(case=case, topic=topic, met_at=None, dropped_at=None)
    for clock in running.filter(norm__ends=event):
        clock.met_at = max(at, clock.started_at)
        clock.save()
        _log(actor, clock, "clock.met", "U")
    for norm in Norm.objects.filter(region=case.region, starts=event, in_force=True):
        if not Clock.objects.filter(case=case, norm=norm, topic=topic, dropped_at=None).exists():
            _log(actor, _start(case, norm, topic, at), "clock.started", "C")


def _start(case: Case, norm: Norm, topic: str, at: datetime) -> Clock:
    due_at, because = due(norm, at)
    return Clock.objects.create(case=case, norm=norm, topic=topic, started_at=at, due_at=due_at, because=because)


def due(norm: Norm, at: datetime) -> tuple[datetime, str]:
    """From which instant a norm that started then is too late, and the explanation; a term ends with its last day."""
    duration = parse_duration(norm.duration)
    if duration.unit is Unit.HOURS:
        began, deadline = at, clock_end(duration.amount, at)
    else:
        began = at.astimezone(AMSTERDAM).date()
        deadline = term_end(duration, began, moves=norm.moves)
    with house_language():
        return _as_instant(deadline), in_words(deadline, duration, began)


def _as_instant(deadline: Deadline) -> datetime:
    if isinstance(deadline.due, datetime):
        return deadline.due
    return datetime.combine(deadline.due + timedelta(days=1), time(), AMSTERDAM)


def _log(actor: Actor | None, clock: Clock, event: str, action: str) -> None:
    log_access(actor, event=event, action=action, record=clock, subject=str(clock.case_id), rule="own_case")
