"""A youth protection measure in a case: who carries it out, and the dates on which its norms run."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Municipality
from routing.models import Case

from .people import Person


def _not_before(later: str, earlier: str) -> models.CheckConstraint:
    """`later` needs `earlier`, and comes on the same day or after it."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier), f"{earlier}__isnull": False}),
        name=f"{later}_not_before_{earlier}",
    )


def _only_with(name: str, date: str) -> models.CheckConstraint:
    """The date needs the text."""
    given = Q(**{f"{date}__isnull": True}) | ~Q(**{name: ""})
    return models.CheckConstraint(condition=given, name=f"{date}_with_{name}")


class Measure(models.Model):
    """Ordered by a court, carried out by a certified agency; first by a start team, then by a permanent guardian."""

    class Kind(models.TextChoices):
        SUPERVISION_ORDER = "supervision_order", _("ondertoezichtstelling (OTS)")
        GUARDIANSHIP = "guardianship", _("voogdij")
        PROBATION = "probation", _("jeugdreclassering")

    class Agency(models.TextChoices):
        DJGB = "djgb", _("De Jeugd- & Gezinsbeschermers (DJGB)")
        WSS = "wss", _("William Schrikker Stichting (WSS)")
        LJR = "ljr", _("Leger des Heils Jeugdbescherming & Reclassering (LJ&R)")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    agency = models.CharField(max_length=10, choices=Agency.choices)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="keeps the account"
    )
    noticed_on = models.DateField()
    ruled_on = models.DateField(null=True, blank=True)
    guardian = models.CharField(max_length=200, blank=True)
    guardian_linked_on = models.DateField(null=True, blank=True)
    plan_supported_on = models.DateField(null=True, blank=True)
    help_started_on = models.DateField(null=True, blank=True)
    start_team = models.CharField(max_length=200, blank=True)
    start_team_on = models.DateField(null=True, blank=True)
    permanent_guardian = models.CharField(max_length=200, blank=True)
    handed_over_on = models.DateField(null=True, blank=True, help_text="warm handover to the permanent guardian")
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["noticed_on", "id"]
        constraints = [
            _not_before("guardian_linked_on", "noticed_on"),
            _not_before("plan_supported_on", "ruled_on"),
            _not_before("help_started_on", "ruled_on"),
            _not_before("start_team_on", "noticed_on"),
            _not_before("handed_over_on", "start_team_on"),
            _not_before("ended_on", "noticed_on"),
            _only_with("guardian", "guardian_linked_on"),
            _only_with("start_team", "start_team_on"),
            _only_with("permanent_guardian", "handed_over_on"),
            _only_with("end_reason", "ended_on"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.noticed_on:%Y-%m-%d}"
