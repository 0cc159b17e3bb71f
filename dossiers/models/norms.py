"""What must follow what, how soon: the norms of a region, and the clocks that run by them on a case."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Region
from routing.models import Case, TsTzRange

RUNNING = Q(met_at__isnull=True, dropped_at__isnull=True)


class Norm(models.Model):
    """A norm as one region keeps it. Clocks remember which one they run by, so it is ended, never changed."""

    class Source(models.TextChoices):
        LAW = "law", _("wet")
        AGREEMENT = "agreement", _("afspraak")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="norms")
    slug = models.SlugField()
    name = models.CharField(max_length=80, blank=True, help_text="what people call it: Jeugdbeschermer gekoppeld")
    explanation = models.CharField(max_length=300, blank=True, help_text="for whom, and where it is written down")
    duration = models.CharField(max_length=30, help_text="5 working days, 10 weeks, 3 months, 72 h")
    starts = models.SlugField(help_text="code of the event that starts it")
    ends = models.SlugField(help_text="code of the event that meets it")
    announced_by = models.SlugField(blank=True, help_text="code of the event after which it is awaited; empty: of none")
    remind_before = models.CharField(max_length=30, blank=True, help_text="1 working day, 4 h; empty: no reminder")
    ambition = models.PositiveSmallIntegerField(null=True, help_text="percent that should be in time")
    moves = models.BooleanField(default=True, help_text="off: it ends on its day, also when that is a day off")
    source = models.CharField(max_length=10, choices=Source.choices)
    in_force = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["region", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "slug"], condition=Q(in_force=True), name="one_norm_in_force_per_slug"
            ),
            models.CheckConstraint(condition=Q(ambition__isnull=True) | Q(ambition__lte=100), name="ambition_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.slug}"

    @property
    def label(self) -> str:
        return self.name or self.slug


class NormEvent(models.Model):
    """That something happened which starts or meets norms: what clocks are computed from, and corrected by."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="norm_events")
    event = models.SlugField()
    topic = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    moved_because = models.CharField(max_length=200, blank=True, help_text="why its moment was corrected")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "event", "topic"], condition=Q(withdrawn_at__isnull=True), name="one_event_per_topic"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.event}"


class Clock(models.Model):
    """A norm that runs on a case, or on one thing in it (`topic`): since when, until when, and why until then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="clocks")
    topic = models.CharField(max_length=40, blank=True, help_text="what in the case it runs on: action-12, measure-3")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="from this instant it is too late; of a term: the midnight after it")
    because = models.TextField(help_text="why until then, as explained to people")
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)
    stands_still_since = models.DateTimeField(null=True, help_text="while a suspension has no end: nobody knows when")
    stuck_at = models.DateTimeField(null=True, help_text="somebody said that it does not get on")
    stuck_because = models.CharField(max_length=200, blank=True)
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="it no longer applies, or its start was a mistake")
    dropped_because = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "norm", "topic"], condition=Q(dropped_at__isnull=True), name="one_clock_per_norm"
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(dropped_at__isnull=True), name="met_or_dropped"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=RUNNING, name="running_clocks"),
            models.Index(fields=["case", "due_at"], condition=RUNNING, name="running_clocks_of_case"),
            models.Index(
                fields=["remind_at"], condition=RUNNING & Q(reminded_at__isnull=True), name="clocks_to_remind"
            ),
            models.Index(fields=["due_at"], condition=RUNNING & Q(overdue_told_at__isnull=True), name="clocks_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.norm.slug}"


class Suspension(models.Model):
    """A period in which a clock stands still; half-open, and open-ended until it runs again."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="suspensions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)
    resumed_because = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, help_text="it was entered by mistake, and counts for nothing")
    removed_because = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="clock_stands_still_for_a_while"
            ),
            ExclusionConstraint(
                name="suspensions_do_not_overlap",
                expressions=[
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    (F("clock"), RangeOperators.EQUAL),
                ],
                condition=Q(removed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.starts_at:%Y-%m-%d}"
