"""Users, API tokens, the access log (NEN 7513), the outbox, webhooks and request replay protection."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .audit_models import AuditEntry, AuditSeal

__all__ = [
    "AccessLogEntry",
    "ApiToken",
    "AuditEntry",
    "AuditSeal",
    "DeliveryAttempt",
    "IdempotencyKey",
    "OutboxMessage",
    "User",
    "WebhookEndpoint",
]


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
        # What happened to one case: its history, and what its client asks to see.
        indexes = [models.Index(fields=["subject", "id"], condition=~Q(subject=""), name="access_log_of_case")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.record_type} {self.record_id}"


class WebhookEndpoint(models.Model):
    """Where the own system of an organisation hears what concerns it. Its secret is derived, and stored nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.SlugField(help_text="slug of the organisation")
    url = models.CharField(max_length=500)
    active = models.BooleanField(default=True)
    salt = models.CharField(max_length=32, help_text="another salt, another secret: renewing ends the old one")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["owner", "created_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "url"], name="one_endpoint_per_address")]

    def __str__(self) -> str:
        return f"{self.owner} {self.id}"


class OutboxMessage(models.Model):
    """A notification written in the same transaction as its cause and delivered at least once.

    It says that there is something, never who it is about: a case number and a link.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        WEBHOOK = "webhook", _("webhook")

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        FAILING = "failing", _("lukt nog niet")
        DELIVERED = "delivered", _("bezorgd")
        GIVEN_UP = "given_up", _("opgegeven")

    # The same at every attempt: by it a receiver knows a message that it has had.
    key = models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
    kind = models.CharField(max_length=40, help_text="e.g. handover.offered")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    endpoint = models.ForeignKey(
        WebhookEndpoint, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    recipient = models.CharField(max_length=254, help_text="an address, or the host of the webhook")
    region = models.SlugField(blank=True, db_index=False, help_text="slug of the region whose managers see it")
    organisation = models.SlugField(blank=True, db_index=False, help_text="slug of the organisation that is told")
    case = models.PositiveIntegerField(null=True, help_text="case number")
    path = models.CharField(max_length=200, blank=True, help_text="the page that it is about, within this site")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True, help_text="of an e-mail; what a webhook gets is made when it is sent")
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="given up; somebody can have it sent again")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="since it was made, or sent again by somebody")
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "due_at", "id"],
                condition=Q(delivered_at__isnull=True, failed_at__isnull=True),
                name="outbox_due",
            ),
            models.Index(fields=["id"], condition=Q(failed_at__isnull=False), name="outbox_given_up"),
            models.Index(fields=["region", "id"], name="outbox_of_region"),
            models.Index(fields=["organisation", "id"], name="outbox_of_organisation"),
            models.Index(fields=["kind", "id"], name="outbox_of_kind"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="outbox_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(failed_at__isnull=True), name="delivered_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(channel="webhook", endpoint__isnull=False) | Q(channel="email", endpoint__isnull=True),
                name="only_a_webhook_has_an_endpoint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.recipient}"

    @property
    def link(self) -> str:
        return settings.SITE_URL + self.path if self.path else ""

    @property
    def state(self) -> State:
        if self.delivered_at:
            return self.State.DELIVERED
        if self.failed_at:
            return self.State.GIVEN_UP
        return self.State.FAILING if self.last_error else self.State.WAITING


class DeliveryAttempt(models.Model):
    """One try to deliver a message. Without an outcome it is under way, or its worker was killed."""

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("geen uitkomst")
        DELIVERED = "delivered", _("bezorgd")
        FAILED = "failed", _("mislukt")

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="tries")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.UNKNOWN)
    status_code = models.PositiveSmallIntegerField(null=True, help_text="of HTTP or SMTP")
    error = models.TextField(blank=True, help_text="in our own words: an answer may hold anything")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.started_at:%Y-%m-%d %H:%M:%S} {self.outcome or '?'}"

    @property
    def duration(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.ended_at else None


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
