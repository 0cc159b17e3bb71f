"""Alarms: what must never pass unseen. Raised while answering (reads included) and while handing over."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from partners.models import Region

from .messages import tell_duty_lead
from .models import Alarm, Case

logger = logging.getLogger(__name__)

TELL_AGAIN_AFTER = timedelta(minutes=10)


def raise_alarm(region: Region, kind: str, message: str, case: Case | None = None) -> Alarm:
    """One open alarm per cause: a page that asks again every second must not bury the others.

    The duty lead hears of it at once, and again every ten minutes until somebody acknowledges it.
    """
    logger.error("alarm %s in %s: %s", kind, region.slug, message)
    same = {"region": region, "kind": kind, "message": message, "case": case}
    known = Alarm.objects.filter(acknowledged_at__isnull=True, **same).first()
    return known or _raise(same)


@transaction.atomic
def _raise(cause: dict) -> Alarm:
    alarm = Alarm.objects.create(**cause, due_at=timezone.now() + TELL_AGAIN_AFTER)
    tell_duty_lead(alarm)
    return alarm
