"""Question sets, drafts of calls in progress, and confirmed contacts."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Municipality, Organisation, Region
from routing.models import Case, Decision

from .core.questions import LONGEST


class QuestionSet(models.Model):
    """A region's triage questions as data, per version; contacts remember which version was asked."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="question_sets")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["region", "-id"]
        constraints = [models.UniqueConstraint(fields=["region", "digest"], name="question_set_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.loaded_at:%Y-%m-%d}"


class Draft(models.Model):
    """A call in progress: everything exactly as typed, valid or not, saved on every change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, help_text="rises with each save; an older save never wins")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="confirmed, or ended as no report")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "started_at"], condition=models.Q(ended_at__isnull=True), name="open_drafts")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Contact(models.Model):
    """A confirmed call with what the figures need (asked at the call or never known)."""

    class Outcome(models.TextChoices):
        ROUTED = "routed", _("overgedragen")
        RECORDED = "recorded", _("vastgelegd, niet gerouteerd")
        NO_REPORT = "no_report", _("geen melding")

    draft_id = models.UUIDField(unique=True, help_text="a second confirmation of one draft finds this contact")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="contacts")
    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="contact")
    question_set = models.ForeignKey(QuestionSet, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    started_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    narrative = models.TextField(blank=True)
    callback_number = models.CharField(
        max_length=LONGEST["callback_number"], blank=True, db_index=True, help_text="E.164"
    )
    subject_name = models.CharField(max_length=LONGEST["subject_name"], blank=True)
    category = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=LONGEST["urgency"], blank=True)
    age = models.PositiveSmallIntegerField(null=True)
    born = models.DateField(null=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    caller_kind = models.CharField(max_length=LONGEST["caller_kind"], blank=True)
    purpose = models.CharField(max_length=LONGEST["purpose"], blank=True)
    reason = models.CharField(max_length=LONGEST["reason"], blank=True)
    topics = ArrayField(models.CharField(max_length=LONGEST["topics"]), default=list, blank=True)
    organisations_involved = ArrayField(
        models.SlugField(max_length=LONGEST["organisations_involved"]), default=list, blank=True
    )
    response = models.CharField(max_length=LONGEST["response"], blank=True, help_text="advice or dispatch")
    misdirected = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, help_text="everything as typed")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-confirmed_at", "-id"]
        indexes = [models.Index(fields=["region", "confirmed_at"], name="contact_by_day")]

    def __str__(self) -> str:
        return str(self.pk)
