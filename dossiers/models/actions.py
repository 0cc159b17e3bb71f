"""What is done in a case by somebody on somebody: going there, help at home, an order, a request to the RvdK."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Organisation
from routing.models import Case

from .people import Person


class Action(models.Model):
    """One action. What each kind asks for and allows stands in `dossiers.core.actions`."""

    class Kind(models.TextChoices):
        DISPATCH = "dispatch", _("uitruk")
        HOME_SUPPORT = "emergency_home_support", _("ambulante spoedhulp")
        RESTRAINING_ORDER = "restraining_order", _("tijdelijk huisverbod")
        CRISIS_ORDER = "crisis_order", _("crisismaatregel")
        CONTINUATION = "crisis_continuation", _("voortgezette crisismaatregel")
        CHILD_PROTECTION = "child_protection_urgent", _("spoedverzoek aan de Raad voor de Kinderbescherming")

    class Ending(models.TextChoices):
        DONE = "done", _("afgerond")
        LAPSED = "lapsed", _("afgelopen op de laatste dag")
        WITHDRAWN = "withdrawn", _("ingetrokken of gestopt")
        CONTINUED = "continued", _("overgegaan in de voortzetting")
        MISTAKE = "mistake", _("bij vergissing vastgelegd")

    class Outcome(models.TextChoices):
        AGREEMENTS_MADE = "agreements_made", _("afspraken gemaakt, iedereen blijft thuis")
        PLACED_ELSEWHERE = "placed_elsewhere", _("iemand verblijft nu elders")
        ADMITTED = "admitted", _("opgenomen")
        LEFT_TO_POLICE = "left_to_police", _("overgelaten aan de politie")
        NOBODY_THERE = "nobody_there", _("niemand aangetroffen")
        HELP_GOES_ON = "help_goes_on", _("hulp gaat verder na de spoedhulp")
        HANDED_OVER = "handed_over", _("overgedragen aan andere hulp")
        STOPPED_EARLY = "stopped_early", _("eerder gestopt")
        PROVISIONAL_SUPERVISION = "provisional_supervision", _("voorlopige ondertoezichtstelling")
        PROVISIONAL_GUARDIANSHIP = "provisional_guardianship", _("voorlopige voogdij")
        INVESTIGATION = "investigation", _("onderzoek zonder voorlopige maatregel")
        NO_MEASURE = "no_measure", _("geen maatregel")
        OTHER = "other", _("anders, namelijk")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who does it")
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who wrote it down")
    started_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True, help_text="the last day on which it holds")
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    end_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="rises with each save; guards against overwriting")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(kind="restraining_order", ended_at__isnull=True),
                name="one_restraining_order_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="action_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="action_ended_somehow",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lapses_on"],
                condition=Q(ended_at__isnull=True, lapses_on__isnull=False),
                name="action_lapses",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.started_at:%Y-%m-%d}"

    @property
    def _history_user(self):
        return self.changed_by

    @property
    def topic(self) -> str:
        """By which its clocks are told apart."""
        return f"action-{self.pk}"
