"""Events start and meet clocks: the norms of the region say which. Corrections of an event correct its clocks."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.models import Clock, Norm, NormEvent
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .clocks import compute_again, lock, log, start, within_calendar


@transaction.atomic
def note_event(actor: Actor | None, case: Case, event: str, at: datetime, topic: str = "") -> None:
    """Tells the clocks of a case that something happened: it meets the norms that end with it, and starts those that
    start with it, in that order. `topic` keeps apart what can occur more than once in a case ("measure-3").

    Noted once per topic: a second time changes nothing, `move_event` corrects the moment. What ended before it began
    is met from its start. In the transaction of what happened; the caller has checked that the actor may.
    """
    case = lock(case)
    noted, is_new = NormEvent.objects.get_or_create(
        case=case,
        event=event,
        topic=topic,
        withdrawn_at=None,
        defaults={"at": at, "noted_by": actor.user if actor else None},
    )
    if not is_new:
        return
    for clock in _clocks(case, topic).filter(norm__ends=event, met_at=None):
        _meet(actor, clock, at)
    for norm in Norm.objects.filter(region=case.region, starts=event, in_force=True):
        if not _clocks(case, topic).filter(norm__slug=norm.slug).exists():
            _start(actor, case, norm, noted)


@transaction.atomic
def move_event(
    actor: Actor | None, case: Case, event: str, at: datetime, topic: str = "", *, because: str = ""
) -> None:
    """Corrects when something happened, and with it the clocks that it started and met. Raises InvalidEntry at `at`.

    `because` is kept with the event, and in its history.
    """
    case = lock(case)
    noted = _noted(case, event, topic)
    if noted.at == at:
        return
    noted.at, noted.moved_because = at, because
    noted.save()
    _log_event(actor, noted, "norm_event.moved")
    for clock in _clocks(case, topic).filter(norm__starts=event):
        clock.started_at = at
        within_calendar(partial(compute_again, clock), "at")
        _meet_again(clock)
        clock.save()
        log(actor, clock, "clock.moved", "U")
    for clock in _clocks(case, topic).filter(norm__ends=event):
        _meet_again(clock)
        clock.save()
        log(actor, clock, "clock.moved", "U")


@transaction.atomic
def drop_clocks(actor: Actor | None, case: Case, event: str, because: str, topic: str = "") -> None:
    """Takes an event back that did not happen or no longer counts: what it started is dropped unless it was met, and
    what it met runs again. Noted anew, it starts its clocks again. Without that event there is nothing to do."""
    case = lock(case)
    noted = NormEvent.objects.filter(case=case, event=event, topic=topic, withdrawn_at=None).first()
    if noted is None:
        return
    noted.withdrawn_at, noted.withdrawn_because = timezone.now(), because[:200]
    noted.save()
    _log_event(actor, noted, "norm_event.withdrawn")
    for clock in _clocks(case, topic).filter(norm__ends=event, met_at__isnull=False):
        clock.met_at = None
        clock.save()
        log(actor, clock, "clock.reopened", "U")
    for clock in _clocks(case, topic).filter(norm__starts=event, met_at=None):
        drop(actor, clock, because)


def drop(actor: Actor | None, clock: Clock, because: str) -> None:
    """It no longer applies; whoever calls this holds the lock of the case."""
    clock.dropped_at, clock.dropped_because = timezone.now(), because.strip()[:200]
    clock.save()
    log(actor, clock, "clock.dropped", "U")


def _clocks(case: Case, topic: str):
    return Clock.objects.select_related("norm", "case").filter(case=case, topic=topic, dropped_at=None)


def _start(actor: Actor | None, case: Case, norm: Norm, noted: NormEvent) -> None:
    clock = within_calendar(lambda: start(case, norm, noted.topic, noted.at), "at")
    log(actor, clock, "clock.started", "C")
    ended = NormEvent.objects.filter(case=case, event=norm.ends, topic=noted.topic, withdrawn_at=None).first()
    if ended is not None:
        _meet(actor, clock, ended.at)


def _meet(actor: Actor | None, clock: Clock, at: datetime) -> None:
    clock.met_at = max(at, clock.started_at)
    clock.save()
    log(actor, clock, "clock.met", "U")


def _meet_again(clock: Clock) -> None:
    """The moment of what met it, and not before it started."""
    if clock.met_at is None:
        return
    ended = NormEvent.objects.filter(case=clock.case, event=clock.norm.ends, topic=clock.topic, withdrawn_at=None)
    at = ended.values_list("at", flat=True).first() or clock.met_at
    clock.met_at = max(at, clock.started_at)


def _noted(case: Case, event: str, topic: str) -> NormEvent:
    noted = NormEvent.objects.filter(case=case, event=event, topic=topic, withdrawn_at=None).first()
    if noted is None:
        raise InvalidEntry({"at": _("Deze gebeurtenis is bij deze casus niet vastgelegd.")})
    return noted


def _log_event(actor: Actor | None, noted: NormEvent, event: str) -> None:
    rule = rule_for_case(actor, noted.case) if actor else "clock"
    log_access(actor, event=event, action="U", record=noted, subject=str(noted.case_id), rule=rule, detail=noted.event)
