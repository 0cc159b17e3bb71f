"""What is done beside the lead: whom to consult, inform or point to, and the consultations held."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Organisation

from .cases import Case


class Consultation(models.Model):
    """Two or three parties sought contact about a case, with an outcome. It never moves the lead.

    Rows are only ever added.
    """

    class Outcome(models.TextChoices):
        ADVICE = "advice", _("advies gegeven, de regie blijft waar die is")
        JOINT = "joint", _("samen inzetten, de regie blijft waar die is")
        OTHER_LEAD = "other_lead", _("de regie past beter bij een ander: draag over")
        NOT_REACHED = "not_reached", _("niet bereikt")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who called")
    parties = models.ManyToManyField(Organisation, related_name="+", help_text="who was called: one or two")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    note = models.TextField(blank=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_at", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.held_at:%Y-%m-%d %H:%M}"


class Addition(models.Model):
    """What the agreement asks in addition: consult, inform or offer. A consultation held ticks off the first."""

    class Kind(models.TextChoices):
        CONSULT = "consult", _("overleg met")
        INFORM = "inform", _("informeer")
        IN_ADDITION = "in_addition", _("wijs ook op")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="additions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    obligatory = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, help_text="an obligatory one that is not done by then is asked for")
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, on_delete=models.PROTECT, related_name="settles")
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "organisation", "kind"], name="one_addition_per_kind")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, reminded_at__isnull=True, due_at__isnull=False),
                name="addition_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.organisation}"
