"""A case on offer to a service, and what a refusal for lack of capacity owes the commissioner."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Organisation, Region, Service

from .cases import Case, Decision


class Handover(models.Model):
    """A case offered to a service. Its states and their order stand in `routing.core.handover`.

    A chain is the offers that follow each other until somebody accepts: `first` names its first, `hop` counts.
    """

    class Kind(models.TextChoices):
        OFFER = "offer", _("overdracht")
        HAND_BACK = "hand_back", _("teruggave aan de eigen behandelaar")

    class State(models.TextChoices):
        OFFERED = "offered", _("aangeboden")
        ACCEPTED = "accepted", _("geaccepteerd")
        DECLINED = "declined", _("geweigerd")
        EXPIRED = "expired", _("verlopen")
        WITHDRAWN = "withdrawn", _("ingetrokken")
        RETURNED = "returned", _("teruggegeven")

    class DeclineReason(models.TextChoices):
        CAPACITY = "capacity", _("geen capaciteit")
        NOT_TARGET_GROUP = "not_target_group", _("niet onze doelgroep")
        ALREADY_CLOSED = "already_closed", _("wij zijn nu dicht")
        WRONG_NUMBER = "wrong_number", _("verkeerd nummer")
        NOT_RESPONSIBLE = "not_responsible", _("niet verantwoordelijk volgens de afspraken")
        MORE_INFORMATION = "more_information", _("te weinig informatie om te handelen")
        OTHER_HELP_ACTIVE = "other_help_active", _("andere hulp is al ter plaatse")
        NO_ANSWER = "no_answer", _("geen gehoor (telefonisch)")
        OTHER = "other", _("anders, namelijk")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="handover")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="handovers")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers_sent")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.OFFER)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    hop = models.PositiveSmallIntegerField(default=1, help_text="1 is the first organisation asked")

    situation = models.TextField(blank=True, help_text="the read-back (SBAR): what is going on")
    background = models.TextField(blank=True, help_text="who it is about and what is known")
    assessment = models.TextField(blank=True, help_text="what the sender makes of it")
    request = models.TextField(blank=True, help_text="what is asked of the receiver")
    callback_number = models.CharField(max_length=20, blank=True, help_text="E.164: where the caller can be reached")
    told_caller = models.TextField(blank=True, help_text="what the caller was told to expect")
    urgency = models.CharField(max_length=2, blank=True)
    danger_rank = models.PositiveSmallIntegerField(help_text="0 is dealt with first")

    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    remind_at = models.DateTimeField(null=True, help_text="half of the acceptance clock")
    reminded_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="the acceptance clock runs out; none by phone")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by_name = models.CharField(max_length=120, blank=True, help_text="who took it, on the phone")
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = models.TextField(blank=True)

    feedback_due_at = models.DateTimeField(null=True, help_text="when the sender should have heard how it went")
    feedback_reminded_at = models.DateTimeField(null=True)
    feedback = models.TextField(blank=True)
    feedback_at = models.DateTimeField(null=True)
    feedback_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="one_open_offer_per_case"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_only_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(feedback_at__isnull=True) | ~Q(feedback=""), name="feedback_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "offered_at"], condition=Q(state="offered"), name="handover_open_offers"),
            models.Index(fields=["danger_rank", "due_at"], condition=Q(state="offered"), name="handover_clock"),
            models.Index(
                fields=["feedback_due_at"],
                condition=Q(feedback_due_at__isnull=False, feedback_at__isnull=True),
                name="handover_feedback_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} -> {self.service} ({self.state})"


class CapacityReport(models.Model):
    """An organisation that cannot deliver owes its commissioner that message: one per refusal for lack of capacity.

    It names no person: kind of crisis, age band and municipality are what a commissioner counts by.
    """

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="capacity_report")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    commissioner = models.CharField(max_length=120, blank=True)
    commissioner_email = models.EmailField(blank=True, help_text="empty: somebody must tell them by hand")
    category = models.CharField(max_length=10, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="when it was written to the outbox, or told by hand")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["region", "made_at"], name="capacity_by_day")]

    def __str__(self) -> str:
        return f"{self.service} {self.made_at:%Y-%m-%d %H:%M}"
