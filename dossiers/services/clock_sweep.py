"""Steps of the sweep about clocks: a reminder before a norm is due, and that it is overdue; each told once.

Routing sweeps, and finds these in the settings. What is longest overdue comes first.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers.models import Clock
from routing.messages import Recipient, tell
from routing.models import LeadPeriod

from .clocks import log


def _overdue(now: datetime) -> QuerySet[Clock]:
    return _running().filter(due_at__lte=now, overdue_told_at=None).order_by("due_at", "pk")


def _to_remind(now: datetime) -> QuerySet[Clock]:
    """What is overdue needs no reminder that it will be."""
    due = _running().filter(remind_at__lte=now, due_at__gt=now, reminded_at=None)
    return due.order_by("remind_at", "pk")


def _running() -> QuerySet[Clock]:
    return Clock.objects.filter(met_at=None, dropped_at=None, stands_still_since=None)


def _tell_overdue(pk: int) -> bool:
    clock = _held(_overdue, pk)
    if clock is None:
        return False
    clock.overdue_told_at = timezone.now()
    clock.save()
    _tell("clock.overdue", clock, _("Termijn voorbij bij casus %(case)s"), _OVERDUE)
    log(None, clock, "clock.overdue", "E")
    return True


def _remind(pk: int) -> bool:
    clock = _held(_to_remind, pk)
    if clock is None:
        return False
    clock.reminded_at = timezone.now()
    clock.save()
    _tell("clock.reminder", clock, _("Termijn loopt bijna af bij casus %(case)s"), _REMINDER)
    log(None, clock, "clock.reminded", "E")
    return True


def _held(due: Callable[[datetime], QuerySet[Clock]], pk: int) -> Clock | None:
    """The clock as it is now; the sweep holds the lock of its case."""
    return due(timezone.now()).select_related("norm", "case__region").filter(pk=pk).first()


_OVERDUE = _("«%(norm)s» bij casus %(case)s had klaar moeten zijn. Open de casus om te zien wat er nog moet.")
_REMINDER = _("«%(norm)s» bij casus %(case)s moet binnenkort klaar zijn. Open de casus om te zien wanneer.")


def _tell(kind: str, clock: Clock, subject: Promise, body: Promise) -> None:
    """Whoever leads; of a closed case nobody does, and nobody is told."""
    lead = LeadPeriod.objects.select_related("organisation").filter(case=clock.case, ended_at=None).first()
    if lead is None:
        return
    words = {"case": clock.case_id, "region": clock.case.region.slug, "norm": clock.norm.label}
    tell(kind, Recipient.of(lead.organisation), subject, body, words, path=reverse("case-terms", args=[clock.case_id]))


OVERDUE = (_overdue, _tell_overdue)
REMIND = (_to_remind, _remind)
