"""Who is on duty when: teams with their cover norm, shifts, and swaps to which both agree."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .directory import Organisation


class Team(models.Model):
    """Those of an organisation who share a roster, and how many of them must be on duty at any moment."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    workers_needed = models.PositiveSmallIntegerField(default=2, help_text="crisis workers on duty, day and night")
    leads_needed = models.PositiveSmallIntegerField(default=1, help_text="duty leads on duty, day and night")
    history = HistoricalRecords()

    class Meta:
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_team_per_name")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Somebody on duty for a team in one role, half-open."""

    class Role(models.TextChoices):
        WORKER = "worker", _("crisismedewerker")
        DUTY_LEAD = "duty_lead", _("regiehouder van dienst")
        BACKUP = "backup", _("achterwacht")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="shifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.WORKER)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["team", "ends_at"], condition=Q(removed_at__isnull=True), name="shifts_of_team"),
            models.Index(fields=["user", "ends_at"], condition=Q(removed_at__isnull=True), name="shifts_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.user_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Swap(models.Model):
    """Somebody asks a colleague to take a shift; it moves only when the colleague agrees."""

    class State(models.TextChoices):
        ASKED = "asked", _("gevraagd")
        AGREED = "agreed", _("overgenomen")
        REFUSED = "refused", _("kan niet")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="swaps")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shift"], condition=Q(state="asked"), name="one_open_swap_per_shift"),
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="swap_with_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.shift}: {self.state}"


class RosterFeed(models.Model):
    """The secret address of somebody's own calendar; only its SHA-256 digest is kept. A new one ends the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
