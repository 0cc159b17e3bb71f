"""The sweep: everything that is due by the clock, taken from the database by whoever comes first.

Beat ticks and a worker sweeps; a tick that was missed is caught up by the next, the greatest danger first. Each row is
its own transaction under a lock that others pass over, so any number of workers can sweep at once.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.services import log_access
from partners.models import Suspension
from routing.alarms import TELL_AGAIN_AFTER, raise_alarm
from routing.models import Addition, Alarm, Case, ClockTick, Handover

from . import notices
from .checks import handover_now
from .refusals import expire

logger = logging.getLogger(__name__)

State = Handover.State
# Well within the time limit of a task; the next tick goes on.
LONGEST_SECONDS = 40.0
MOST_AT_ONCE = 1000


def sweep(seconds: float = LONGEST_SECONDS) -> Counter[str]:
    """Does all that is due now, and says how much of each."""
    until, done = monotonic() + seconds, Counter[str]()
    for name, (due, handle) in _steps().items():
        for pk, case in list(due(timezone.now()).values_list("pk", "case")[:MOST_AT_ONCE]):
            if monotonic() > until:
                break
            done[name] += _handled(name, pk, case, handle)
    ClockTick.objects.update_or_create(pk=1, defaults={"swept_at": timezone.now()})
    return done


def _steps() -> dict[str, "Step"]:
    """Those of routing, then those of the apps above it, which the settings name."""
    return STEPS | {name: import_string(path) for name, path in settings.SWEEP_STEPS.items()}


def _handled(name: str, pk: int, case: int | None, handle: Callable[[int], bool]) -> bool:
    """One row; what goes wrong with it stays with it, under alarm, and is tried again at the next tick."""
    try:
        with transaction.atomic():
            return _is_ours(case) and handle(pk)
    except Exception as error:
        logger.exception("%s of %s failed", name, pk)
        if case is not None:
            region = Case.objects.select_related("region").get(pk=case).region
            raise_alarm(region, Alarm.Kind.EXCEPTION, f"{name}: {type(error).__name__}")
        return False


def _is_ours(case: int | None) -> bool:
    """Locks the case; somebody else who works on it goes first, and the next tick looks again."""
    return case is None or Case.objects.select_for_update(skip_locked=True).filter(pk=case).exists()


# --- Open offers -------------------------------------------------------------------------------


def overdue(now: datetime) -> QuerySet[Handover]:
    """Open offers whose clock ran out, or whose service a supervisor diverted meanwhile; greatest danger first.

    A hand-back goes to nobody else: its clock waits for the end of the diversion.
    """
    diverted = Suspension.objects.filter(service=OuterRef("service"), starts_at__lte=now)
    diverted = diverted.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    handed_on = Q(Exists(diverted), kind=Handover.Kind.OFFER)
    found = Handover.objects.filter(Q(due_at__lte=now) | handed_on, state=State.OFFERED)
    return found.order_by("danger_rank", "due_at", "pk")


def _expire(pk: int) -> bool:
    if not overdue(timezone.now()).filter(pk=pk).exists():
        return False
    expire(handover_now(pk))
    return True


def _to_remind(now: datetime) -> QuerySet[Handover]:
    waiting = Handover.objects.filter(state=State.OFFERED, remind_at__lte=now, reminded_at__isnull=True)
    return waiting.order_by("danger_rank", "remind_at", "pk")


def _remind(pk: int) -> bool:
    if not _to_remind(timezone.now()).filter(pk=pk).exists():
        return False
    handover = handover_now(pk)
    handover.reminded_at = timezone.now()
    handover.save()
    notices.reminder(handover)
    subject = str(handover.case_id)
    log_access(None, event="handover.reminded", action="E", record=handover, subject=subject, rule="clock")
    return True


# --- Alarms, additions and feedback -----------------------------------------------------------------


def _unacknowledged(now: datetime) -> QuerySet[Alarm]:
    return Alarm.objects.filter(acknowledged_at__isnull=True, due_at__lte=now).order_by("due_at", "pk")


def _tell_again(pk: int) -> bool:
    now = timezone.now()
    due = _unacknowledged(now).select_for_update(skip_locked=True, of=("self",)).select_related("region")
    alarm = due.filter(pk=pk).first()
    if alarm is None:
        return False
    alarm.due_at = now + TELL_AGAIN_AFTER
    alarm.save()
    notices.alarm(alarm)
    return True


def _neglected(now: datetime) -> QuerySet[Addition]:
    asked = Addition.objects.filter(due_at__lte=now, done_at__isnull=True, reminded_at__isnull=True)
    return asked.order_by("due_at", "pk")


def _ask_for_addition(pk: int) -> bool:
    # Who records it meanwhile holds this row and not its case: without its lock we would write over what they wrote.
    due = _neglected(timezone.now()).select_for_update(skip_locked=True, of=("self",))
    addition = due.select_related("case__region", "organisation").filter(pk=pk).first()
    if addition is None:
        return False
    addition.reminded_at = timezone.now()
    addition.save()
    notices.addition_due(addition)
    return True


def _without_feedback(now: datetime) -> QuerySet[Handover]:
    silent = Handover.objects.filter(feedback_due_at__lte=now, feedback_at__isnull=True)
    return silent.filter(feedback_reminded_at__isnull=True).order_by("feedback_due_at", "pk")


def _ask_for_feedback(pk: int) -> bool:
    if not _without_feedback(timezone.now()).filter(pk=pk).exists():
        return False
    handover = handover_now(pk)
    handover.feedback_reminded_at = timezone.now()
    handover.save()
    notices.feedback_due(handover)
    return True


Due = Callable[[datetime], QuerySet]
# What is due (rows with a `case`), and what is done with one of them under the lock of its case.
Step = tuple[Due, Callable[[int], bool]]
STEPS: dict[str, Step] = {
    # Somebody may be waiting for help: before everything else.
    "expired": (overdue, _expire),
    "alarms told again": (_unacknowledged, _tell_again),
    "reminded": (_to_remind, _remind),
    "additions asked for": (_neglected, _ask_for_addition),
    "feedback asked for": (_without_feedback, _ask_for_feedback),
}
