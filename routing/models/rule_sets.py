"""Rule sets, their proofs, and the gaps that somebody let through."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import DirectoryRevision, Region, Service, Suspension


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
    """What the coverage proof found of a rule set with a directory. Never changes; goes only with a draft (trigger)."""

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
