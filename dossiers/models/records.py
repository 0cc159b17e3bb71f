"""The two depths of recording of one case, side by side: a short ICD note and a VT dossier."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from dossiers.core import ADVICE, START
from dossiers.vt_words import STATE_CHOICES
from partners.models import Organisation
from routing.models import Case, Handover

from .outflow import Agreement, Outcome, Step, Stuck

_ADVICE = sorted(state.value for state in ADVICE)


class Record(models.Model):
    """What both kinds of record have: opened once per case by an accepted handover, and a text under history."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="%(class)s")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    situation = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.case}"


class IcdRecord(Record):
    """The crisis note of the ICD: a process under 24 hours with little administration."""

    actions = models.TextField(blank=True)
    steps = ArrayField(models.CharField(max_length=20, choices=Step.choices), default=list, blank=True)
    agreements = models.TextField(blank=True)
    agreed = ArrayField(models.CharField(max_length=20, choices=Agreement.choices), default=list, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    handed_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handed_to_name = models.CharField(max_length=120, blank=True, help_text="who is not in the directory")
    stuck = models.CharField(max_length=20, choices=Stuck.choices, blank=True, help_text="empty: nothing holds it up")
    stuck_note = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_because = models.TextField(blank=True, help_text="why it was opened again the last time")
    promoted_from = models.ForeignKey("VtRecord", null=True, on_delete=models.PROTECT, related_name="promoted_to")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | ~Q(outcome=""), name="completed_with_an_outcome"
            )
        ]


class VtRecord(Record):
    """The dossier of Veilig Thuis; advice (`advice`) is not a report (`report`)."""

    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("VT-dossier", "melding")
        ADVICE = "advice", _("advies")

    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.REPORT, help_text="follows from the state")
    state = models.CharField(max_length=30, choices=STATE_CHOICES, default=START.value)
    safety = models.TextField(blank=True, help_text="what is known of safety now")
    reporter_shielded = models.BooleanField(default=False)
    promoted_from = models.ForeignKey(IcdRecord, null=True, on_delete=models.PROTECT, related_name="promoted_to")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="advice", state__in=_ADVICE) | (Q(kind="report") & ~Q(state__in=_ADVICE)),
                name="kind_fits_the_state",
            )
        ]
