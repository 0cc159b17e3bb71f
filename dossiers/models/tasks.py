"""Who works around a case, and what is asked of whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from partners.models import Organisation
from routing.models import Case


class Participant(models.Model):
    """A professional around the case: of an organisation of the directory, or of one that stands in none."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participants")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=120, blank=True, help_text="one that no directory lists")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="E.164")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="the last day")
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who wrote it down")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""), name="participant_is_of_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="participant_ends_after_the_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.name}"

    @property
    def _history_user(self):
        return self.changed_by

    @property
    def works_at(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name


class Task(models.Model):
    """What is asked of an organisation, or of one of its people, until when, and how it was done."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    text = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who does it")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who asked it")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "due_on"], condition=Q(done_at__isnull=True), name="open_tasks")
        ]

    def __str__(self) -> str:
        return f"{self.case}: task {self.pk}"

    @property
    def _history_user(self):
        return self.changed_by
