"""Rule sets, decisions, the thin case, handovers, the lead, consultations and alarms."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import DirectoryRevision, Organisation, Region, Service, Suspension


class RuleSet(models.Model):
    """A version of a region's agreement as rules. A published one never changes (database trigger).

    Which published one holds, time says and not a column: the latest whose `valid_from` has come. An earlier one is
    superseded by it, a later one is planned (`routing.selectors.Phase`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        PROVEN = "proven", _("getoetst")
        PUBLISHED = "published", _("gepubliceerd")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="rule_sets")
    version = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField(null=True, help_text="empty until published")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()
    changed_by = None

    class Meta:
        ordering = ["region", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "version"], name="rule_set_version_per_region"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(valid_from__isnull=False, published_at__isnull=False),
                name="published_from_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.version}"

    @property
    def _history_user(self):
        return self.changed_by


class StoredProof(models.Model):
    """What the coverage proof found of a rule set with a directory. Rows are only ever added (database trigger)."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="proofs")
    rules_digest = models.CharField(max_length=64)
    directory_revision = models.ForeignKey(DirectoryRevision, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    report = models.JSONField(help_text="gaps, conflicts, dead_rules ... as `check_rules` prints them")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.made_at:%Y-%m-%d %H:%M}"


class Waiver(models.Model):
    """A gap or conflict that somebody who may let through, with the reason. It stays visible until it is over.

    Given at a publication, at a change of the directory (`service`), or by a diversion (`suspension`).
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="waivers")
    directory_revision = models.ForeignKey(DirectoryRevision, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    suspension = models.ForeignKey(Suspension, null=True, on_delete=models.SET_NULL, related_name="+")
    cells = models.JSONField(help_text="the gaps and conflicts, as in a proof")
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(null=True, help_text="the end of the diversion")
    settled_at = models.DateTimeField(null=True, help_text="since when none of its cells is wrong any more")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="waived_only_with_reason")]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.made_at:%Y-%m-%d %H:%M}"


class Case(models.Model):
    """The thin case: a number, a region, open or closed. Who leads it stands in its lead periods."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

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


class Handover(models.Model):
    """A case offered to a service. Its states and their order stand in `routing.core.handover`."""

    class State(models.TextChoices):
        OFFERED = "offered", _("aangeboden")
        ACCEPTED = "accepted", _("geaccepteerd")
        DECLINED = "declined", _("geweigerd")
        EXPIRED = "expired", _("verlopen")
        WITHDRAWN = "withdrawn", _("ingetrokken")
        RETURNED = "returned", _("teruggegeven")

    class DeclineReason(models.TextChoices):
        CAPACITY = "capacity", _("geen capaciteit")
        NOT_RESPONSIBLE = "not_responsible", _("niet verantwoordelijk volgens de afspraken")
        MORE_INFORMATION = "more_information", _("te weinig informatie om te handelen")
        OTHER_HELP_ACTIVE = "other_help_active", _("andere hulp is al ter plaatse")
        NO_ANSWER = "no_answer", _("geen gehoor (telefonisch)")
        OTHER = "other", _("anders, namelijk")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="handover")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="handovers")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers_sent")
    summary = models.TextField(blank=True, help_text="the read-back: situation, background, assessment, request")
    urgency = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by_name = models.CharField(max_length=120, blank=True, help_text="who took it, on the phone")
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="one_open_offer_per_case"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_only_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "offered_at"], condition=Q(state="offered"), name="handover_open_offers")
        ]

    def __str__(self) -> str:
        return f"{self.case} -> {self.service} ({self.state})"


class TsTzRange(Func):
    function = "TSTZRANGE"


class LeadPeriod(models.Model):
    """Who holds the lead of a case, from when until when. Exactly one at any moment of an open case:
    never two (unique and exclusion constraint), never none (deferred constraint trigger)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lead_periods")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lead_periods")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    handover = models.ForeignKey(Handover, null=True, on_delete=models.PROTECT, related_name="+")

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


class Consultation(models.Model):
    """What to do in addition: consult, inform or offer. One action, logged; it never moves the lead."""

    class Kind(models.TextChoices):
        CONSULT = "consult", _("overleg met")
        INFORM = "inform", _("informeer")
        IN_ADDITION = "in_addition", _("wijs ook op")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    obligatory = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation", "kind"], name="one_consultation_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.organisation}"


class Alarm(models.Model):
    """Something that must never pass unseen: a conflict, a failed decision, an emergency not answered."""

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("twee regels spreken elkaar tegen")
        EXCEPTION = "exception", _("de beslissing mislukte")
        EMERGENCY_UNANSWERED = "emergency_unanswered", _("112 niet bereikt of geweigerd")
        DUTY_LEAD_UNANSWERED = "duty_lead_unanswered", _("de achterwacht is niet bereikt")
        CAPACITY_UNREPORTED = "capacity_unreported", _("geen capaciteit, en de opdrachtgever weet het niet")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="alarms")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    message = models.TextField()
    raised_at = models.DateTimeField(auto_now_add=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"{self.kind} {self.raised_at:%Y-%m-%d %H:%M}"
