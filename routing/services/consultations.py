"""Consultations done, and alarms seen. Neither moves the lead."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from routing.models import Alarm, Consultation
from routing.policies import rule_for_case, visible_cases


@transaction.atomic
def mark_consulted(actor: Actor, consultation: Consultation, note: str = "") -> Consultation:
    """One action, logged. Done a second time it stays as the first one wrote it."""
    actor.must(Permission.SEE_CASE)
    if not visible_cases(actor).filter(pk=consultation.case_id).exists():
        raise PermissionDenied(_("U hebt geen toegang tot deze casus."))
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.done_at is None:
        consultation.done_at = timezone.now()
        consultation.done_by = actor.user
        consultation.note = note.strip()
        consultation.save()
        log_access(
            actor,
            event="consultation.done",
            action="U",
            record=consultation,
            subject=str(consultation.case_id),
            rule=rule_for_case(actor, consultation.case),
        )
    return consultation


@transaction.atomic
def acknowledge_alarm(actor: Actor, alarm: Alarm) -> Alarm:
    """Somebody has seen it; who did first stays."""
    actor.must(Permission.SEE_BOARD)
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.region_id != actor.region_id:
        raise PermissionDenied(_("Dit alarm hoort bij een andere regio."))
    if alarm.acknowledged_at is None:
        alarm.acknowledged_at = timezone.now()
        alarm.acknowledged_by = actor.user
        alarm.save()
        log_access(actor, event="alarm.acknowledged", action="U", record=alarm, rule="role")
    return alarm
