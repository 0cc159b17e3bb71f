"""The way that a Veilig Thuis dossier took, and what was assessed and found on it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dossiers.vt_words import ACT_CHOICES, STATE_CHOICES
from partners.models import Organisation

from .records import VtRecord

User = settings.AUTH_USER_MODEL


class VtStep(models.Model):
    """One act and the states before and after it, which may be the same. Rows are only ever added."""

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=30, choices=STATE_CHOICES)
    act = models.CharField(max_length=30, choices=ACT_CHOICES)
    after = models.CharField(max_length=30, choices=STATE_CHOICES)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.record}: {self.act}"


class SafetyAssessment(models.Model):
    """How safe it was that day; a later one stands beside it. Rows are only ever added."""

    class Outcome(models.TextChoices):
        ACUTE = "acute", _("acuut onveilig")
        UNSAFE = "unsafe", _("onveilig")
        SAFE_ENOUGH = "safe_enough", _("veilig genoeg")

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="assessments")
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    text = models.TextField()
    children_seen = models.BooleanField()
    done_at_once = models.TextField(blank=True, help_text="what was done at once, in acute danger")
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="acute") | ~Q(done_at_once=""), name="acute_danger_says_what_was_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.outcome}"


class Investigation(models.Model):
    """An investigation by Veilig Thuis; one at a time."""

    class Conclusion(models.TextChoices):
        CONFIRMED = "confirmed", _("bevestigd")
        REFUTED = "refuted", _("weerlegd")
        NOT_ESTABLISHED = "not_established", _("niet vastgesteld")
        LEFT_TO_BOARD = "left_to_board", _("overgelaten aan de Raad")

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="investigations")
    opened_at = models.DateTimeField()
    spoken_with = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    conclusion = models.CharField(max_length=15, choices=Conclusion.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(decided_at__isnull=True), name="one_investigation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, conclusion="")
                | (Q(decided_at__isnull=False, decided_at__gte=F("opened_at")) & ~Q(conclusion="")),
                name="decided_with_a_conclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.opened_at:%Y-%m-%d}"
