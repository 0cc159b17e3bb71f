"""What is to happen in a Veilig Thuis dossier, and who carries it: next steps, conditions, follow-up, transfer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.models import Organisation

from .records import VtRecord

User = settings.AUTH_USER_MODEL


class Carried(models.Model):
    """Something that one party carries: an organisation of the directory, or somebody by name."""

    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    carrier_name = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def carrier(self) -> str:
        return self.organisation.name if self.organisation else self.carrier_name


def one_carrier(name: str) -> models.CheckConstraint:
    by_organisation = Q(organisation__isnull=False, carrier_name="")
    return models.CheckConstraint(
        condition=by_organisation | (Q(organisation__isnull=True) & ~Q(carrier_name="")), name=name
    )


class NextStep(Carried):
    """What triage asks next, and of whom."""

    class Kind(models.TextChoices):
        LOCAL_TEAM = "local_team", _("lokaal team")
        OWN_NETWORK = "own_network", _("eigen netwerk")
        INVESTIGATION = "investigation", _("onderzoek door Veilig Thuis")
        GGZ = "ggz", _("GGZ")
        POLICE_ZSM = "police_zsm", _("politie of ZSM")
        BOARD = "board", _("Raad voor de Kinderbescherming")
        MDA = "mda", _("MDA++")
        OTHER = "other", pgettext_lazy("vervolgstap", "anders")

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("vervolgstap", "gevraagd")
        ACCEPTED = "accepted", pgettext_lazy("vervolgstap", "aangenomen")
        DONE = "done", pgettext_lazy("vervolgstap", "gedaan")
        DROPPED = "dropped", pgettext_lazy("vervolgstap", "vervallen")

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="next_steps")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    what = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    status_note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [one_carrier("one_carrier_per_next_step")]

    def __str__(self) -> str:
        return f"{self.record}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.ASKED, self.Status.ACCEPTED)


class Condition(models.Model):
    """What must hold, who sees to it, and until when."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("voorwaarde", "loopt")
        MET = "met", _("voldaan")
        BROKEN = "broken", _("niet voldaan")

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="conditions")
    what = models.TextField()
    who = models.CharField(max_length=200)
    until = models.DateField()
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
    status_note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status="open") | ~Q(status_note=""), name="judged_with_a_note")
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.who}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class FollowUp(models.Model):
    """A moment at which Veilig Thuis looks how it goes, while conditions run and in monitoring."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("gepland")
        HELD = "held", _("gehouden")
        DROPPED = "dropped", pgettext_lazy("vervolggesprek", "vervallen")

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="follow_ups")
    planned_on = models.DateField()
    what = models.TextField(blank=True)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.PLANNED)
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="held", held_on__isnull=False, held_by__isnull=False)
                | (~Q(status="held") & Q(held_on__isnull=True, held_by__isnull=True)),
                name="held_says_when_and_by_whom",
            ),
            models.CheckConstraint(condition=Q(status="planned") | ~Q(note=""), name="followed_up_with_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.planned_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.PLANNED


class VtTransfer(Carried):
    """To whom the dossier went, agreed with whom and when; the lead moves by a handover. Rows are only ever added."""

    record = models.ForeignKey(VtRecord, on_delete=models.PROTECT, related_name="transfers")
    agreed_with = models.CharField(max_length=200)
    agreed_on = models.DateField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [one_carrier("one_receiver_per_transfer")]

    def __str__(self) -> str:
        return f"{self.record}: {self.carrier}"
