"""Alarms seen by somebody: until then they are told again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from routing.models import Alarm


@transaction.atomic
def acknowledge_alarm(actor: Actor, alarm: Alarm) -> Alarm:
    """Somebody has seen it and acts on it; who did first stays."""
    actor.must(Permission.ACKNOWLEDGE_ALARM)
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.region_id != actor.region_id:
        raise PermissionDenied(_("Dit alarm hoort bij een andere regio."))
    if alarm.acknowledged_at is None:
        alarm.acknowledged_at = timezone.now()
        alarm.acknowledged_by = actor.user
        alarm.save()
        subject = str(alarm.case_id or "")
        log_access(actor, event="alarm.acknowledged", action="U", record=alarm, subject=subject, rule="role")
    return alarm
