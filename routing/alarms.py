"""Alarms: what must never pass unseen. Raised while answering (reads included) and while handing over."""

import logging

from partners.models import Region

from .models import Alarm, Case

logger = logging.getLogger(__name__)


def raise_alarm(region: Region, kind: str, message: str, case: Case | None = None) -> Alarm:
    """One open alarm per cause: a page that asks again every second must not bury the others."""
    logger.error("alarm %s in %s: %s", kind, region.slug, message)
    same = {"region": region, "kind": kind, "message": message, "case": case}
    return Alarm.objects.filter(acknowledged_at__isnull=True, **same).first() or Alarm.objects.create(**same)
