"""Users, API tokens, the access log (NEN 7513), the outbox and request replay protection."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in. Knows no organisation: memberships live in `partners`."""


class ApiToken(models.Model):
    """Proof of identity for the API; only its SHA-256 digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class AccessLogEntry(models.Model):
    """One event as NEN 7513 asks: who did what to which record, when, why, from where and under which rule.

    Rows are only ever added: a database trigger refuses every change, deletion and truncation.
    """

    class Action(models.TextChoices):
        CREATE = "C", _("aangemaakt")
        READ = "R", _("ingezien")
        UPDATE = "U", _("gewijzigd")
        DELETE = "D", _("verwijderd")
        EXECUTE = "E", _("uitgevoerd")

    class Outcome(models.TextChoices):
        ALLOWED = "allowed", _("toegestaan")
        REFUSED = "refused", _("geweigerd")

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    event = models.CharField(max_length=60, help_text="what happened, e.g. contact.confirmed")
    action = models.CharField(max_length=1, choices=Action.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.ALLOWED)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    on_behalf_of = models.CharField(max_length=80, blank=True, help_text="slug of the user's organisation")
    purpose = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=80, blank=True, help_text="IP address, or the command that ran")
    record_type = models.CharField(max_length=40, blank=True)
    record_id = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60, blank=True, help_text="case number: never a name or BSN")
    rule = models.CharField(max_length=40, blank=True, help_text="why it was allowed: own_case, team, role …")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.record_type} {self.record_id}"


class OutboxMessage(models.Model):
    """A notification written in the same transaction as its cause and delivered at least once."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")

    kind = models.CharField(max_length=40, help_text="e.g. handover.offered")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text="says that there is something, never who it is about")
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(delivered_at__isnull=True), name="outbox_undelivered")
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.recipient}"


class IdempotencyKey(models.Model):
    """The answer given to a request, so that its repetition gets the same answer and does nothing twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    request_digest = models.CharField(max_length=64)
    response_status = models.PositiveSmallIntegerField()
    response_body = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
