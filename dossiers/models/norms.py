"""What must follow what, how soon: the norms of a region, and the clocks that run by them on a case."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Region
from routing.models import Case


class Norm(models.Model):
    """A norm as one region keeps it. Clocks remember which one they run by, so it is ended, never changed."""

    class Source(models.TextChoices):
        LAW = "law", _("wet")
        AGREEMENT = "agreement", _("afspraak")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="norms")
    slug = models.SlugField()
    duration = models.CharField(max_length=30, help_text="5 working days, 10 weeks, 3 months, 72 h")
    starts = models.SlugField(help_text="code of the event that starts it")
    ends = models.SlugField(help_text="code of the event that meets it")
    moves = models.BooleanField(default=True, help_text="off: it ends on its day, also when that is a day off")
    source = models.CharField(max_length=10, choices=Source.choices)
    in_force = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["region", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "slug"], condition=Q(in_force=True), name="one_norm_in_force_per_slug"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.slug}"


class Clock(models.Model):
    """A norm that runs on a case, or on one thing in it (`topic`): since when, until when, and why until then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="clocks")
    topic = models.CharField(max_length=40, blank=True, help_text="what in the case it runs on: action-12, measure-3")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="from this instant it is too late; of a term: the midnight after it")
    because = models.TextField(help_text="why until then, as explained to people")
    remind_at = models.DateTimeField(null=True)
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
            models.Index(
                fields=["due_at"], condition=Q(met_at__isnull=True, dropped_at__isnull=True), name="running_clocks"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.norm.slug}"


class Suspension(models.Model):
    """A period in which a clock stands still; half-open, and open-ended until it runs again."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="suspensions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="clock_stands_still_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.starts_at:%Y-%m-%d}"
