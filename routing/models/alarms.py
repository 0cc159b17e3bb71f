"""What must never pass unseen, and the sign of life of the clock."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Region

from .cases import Case


class Alarm(models.Model):
    """Something that must never pass unseen: it is repeated to the crisis service until somebody acknowledges it."""

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("twee regels spreken elkaar tegen")
        EXCEPTION = "exception", _("de beslissing mislukte")
        EMERGENCY_UNANSWERED = "emergency_unanswered", _("112 niet bereikt of geweigerd")
        DUTY_LEAD_UNANSWERED = "duty_lead_unanswered", _("de achterwacht is niet bereikt")
        CHAIN_ENDED = "chain_ended", _("niemand nam aan, de achterwacht moet handelen")
        HAND_BACK_UNANSWERED = "hand_back_unanswered", _("de eigen behandelaar nam niet terug")
        CAPACITY_UNREPORTED = "capacity_unreported", _("geen capaciteit, en de opdrachtgever weet het niet")
        DIRECTORY_WRONG = "directory_wrong", _("de gids klopt misschien niet")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="alarms")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    message = models.TextField()
    raised_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(help_text="when it is told again, as long as nobody acknowledged it")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(acknowledged_at__isnull=True), name="alarm_unacknowledged")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.raised_at:%Y-%m-%d %H:%M}"


class ClockTick(models.Model):
    """When the sweep of everything that is due last went round: one row. Old, and no clock of ours runs out."""

    swept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.swept_at:%Y-%m-%d %H:%M:%S}"
