"""Seeing a case that is not theirs, because somebody is in danger now: for a while, and always judged afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Organisation

from .cases import Case


class EmergencyAccess(models.Model):
    """Somebody broke the glass of a case. It lets them read, and add a note, until it ends."""

    class Reason(models.TextChoices):
        ACUTE_DANGER = "acute_danger", _("acuut gevaar")
        LEAD_UNREACHABLE = "lead_unreachable", _("wie de regie heeft, is niet te bereiken")
        OTHER = "other_reason", _("anders, namelijk")

    class Outcome(models.TextChoices):
        JUSTIFIED = "justified", _("terecht")
        NOT_JUSTIFIED = "not_justified", _("niet terecht")
        FOLLOW_UP = "follow_up", _("vraagt om een vervolg")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergency_accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField(blank=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    review_outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    review_note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["started_at", "id"]
        indexes = [
            models.Index(fields=["user", "case", "ends_at"], name="emergency_access_now"),
            models.Index(fields=["started_at"], condition=Q(reviewed_at__isnull=True), name="emergency_to_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="emergency_access_lasts"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, review_outcome="", reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review_outcome=""),
                name="emergency_access_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.user} {self.started_at:%Y-%m-%d %H:%M}"
