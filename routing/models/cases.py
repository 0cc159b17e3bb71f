"""The thin case, the decisions about it, who led it when, and what was noted meanwhile."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import DirectoryRevision, Organisation, Region, Service

from .rule_sets import RuleSet


class Case(models.Model):
    """The thin case: a number, a region, open or closed. Who leads it stands in its lead periods."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closing_note = models.TextField(blank=True, help_text="how the crisis ended")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | ~Q(closing_note=""), name="closed_with_a_note")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Decision(models.Model):
    """Who was responsible, on which facts, by which rules and directory. Rows are only ever added."""

    class ChosenReason(models.TextChoices):
        """Why a person chose another service than the answer says."""

        NOT_KNOWABLE = "not_knowable", _("niet te achterhalen, dit past het best")
        MIXED_PICTURE = "mixed_picture", _("gemengd beeld: dit weegt het zwaarst")
        AGREED = "agreed", _("afgesproken met deze organisatie")
        KNOWN_THERE = "known_there", _("daar al bekend of betrokken")
        OTHER = "other", _("anders, namelijk")

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="decisions")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="decisions")
    directory_revision = models.ForeignKey(DirectoryRevision, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField(help_text="the moment decided for")
    facts = models.JSONField()
    refused = ArrayField(models.SlugField(), default=list, blank=True)
    rule = models.CharField(max_length=120, blank=True, help_text="tier/slug")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.JSONField(help_text="the complete answer as shown")
    chosen_reason = models.CharField(max_length=40, blank=True, help_text="code, when a person chose otherwise")
    chosen_note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["region", "moment"], name="decision_by_moment")]

    def __str__(self) -> str:
        return f"{self.pk} {self.rule}"


class TsTzRange(Func):
    function = "TSTZRANGE"


class LeadPeriod(models.Model):
    """Who holds the lead of a case, from when until when. Exactly one at any moment of an open case:
    never two (unique and exclusion constraint), never none (deferred constraint trigger)."""

    class Why(models.TextChoices):
        """Why the lead came here."""

        TAKEN = "taken", _("nam de melding aan")
        ACCEPTED = "accepted", _("nam de overdracht aan")
        ACCEPTED_BY_PHONE = "accepted_by_phone", _("nam de overdracht telefonisch aan")
        HANDED_BACK = "handed_back", _("kreeg de eigen cliënt terug na de crisis")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lead_periods")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lead_periods")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, choices=Why.choices)
    handover = models.ForeignKey("routing.Handover", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_current_lead"),
            ExclusionConstraint(
                name="lead_periods_do_not_overlap",
                expressions=[
                    (TsTzRange("started_at", "ended_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    (F("case"), RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.organisation}"


class CaseNote(models.Model):
    """What somebody adds to a case at any time, also while it is on offer. Rows are only ever added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.written_at:%Y-%m-%d %H:%M}"
