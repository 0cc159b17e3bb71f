"""Delivering what is due: claim, send, record. At least once; twice is a nuisance, never is a lost handover.

No row lock is held while sending: a claim is a lease. Who is killed in between leaves an attempt without outcome, and
the message is due again when the lease ends, with the same key.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.language import house_language
from accounts.models import DeliveryAttempt, OutboxMessage

from . import email, webhook
from .outcome import Outcome, Send

Channel = OutboxMessage.Channel
SENDING = {Channel.EMAIL: email.sending, Channel.WEBHOOK: webhook.sending}
# So many that a run is ended by its time.
MOST_PER_RUN = 10_000
FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(hours=1)
# With these waits about half a day.
MOST_ATTEMPTS = 20
# Longer than any send: a task that takes longer than its limit is killed.
LEASE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) * 1.5


@dataclass
class Run:
    """One round over what is due. Who just failed is skipped: a receiver that hangs must not hold up the others."""

    channel: str
    failed: set[str | None] = field(default_factory=set)

    def due(self) -> QuerySet[OutboxMessage]:
        waiting = OutboxMessage.objects.filter(delivered_at__isnull=True, failed_at__isnull=True)
        due = waiting.filter(channel=self.channel, due_at__lte=timezone.now())
        return due.exclude(**{f"{self._destination}__in": self.failed}).order_by("due_at", "id")

    def skip(self, message: OutboxMessage) -> None:
        self.failed.add(getattr(message, self._destination))

    @property
    def _destination(self) -> str:
        return "endpoint_id" if self.channel == Channel.WEBHOOK else "recipient"


def deliver_due(channel: str = Channel.EMAIL, limit: int = MOST_PER_RUN) -> int:
    """Sends what is due over one channel and says how many were delivered. Stops itself well before it is killed."""
    run, delivered = Run(channel), 0
    ends_at = time.monotonic() + settings.OUTBOX_RUN_SECONDS
    with SENDING[run.channel]() as send:
        for _ in range(limit):
            attempt = _claim(run) if time.monotonic() < ends_at else None
            if attempt is None:
                break
            delivered += _deliver(attempt, run, send)
    return delivered


def _deliver(attempt: DeliveryAttempt, run: Run, send: Send) -> bool:
    with house_language():
        outcome = send(attempt.message)
    _record(attempt, outcome)
    if not outcome.delivered:
        run.skip(attempt.message)
    return outcome.delivered


@transaction.atomic
def _claim(run: Run) -> DeliveryAttempt | None:
    due, now = run.due().select_for_update(skip_locked=True), timezone.now()
    while (message := due.first()) and message.attempts >= MOST_ATTEMPTS:
        # Every attempt ended without outcome: whatever kills the worker would go on doing so.
        message.failed_at = now
        message.save()
    if message is None:
        return None
    message.attempts += 1
    message.due_at = now + LEASE
    message.save()
    return DeliveryAttempt.objects.create(message=message, started_at=now)


@transaction.atomic
def _record(attempt: DeliveryAttempt, outcome: Outcome) -> None:
    message = OutboxMessage.objects.select_for_update().get(pk=attempt.message_id)
    attempt.ended_at = timezone.now()
    attempt.outcome = DeliveryAttempt.Outcome.DELIVERED if outcome.delivered else DeliveryAttempt.Outcome.FAILED
    attempt.status_code, attempt.error = outcome.status_code, outcome.reason
    attempt.save()
    if outcome.delivered:
        _arrived(message, attempt)
    elif not message.delivered_at and not message.tries.filter(pk__gt=attempt.pk).exists():
        # Else another worker took it over after the lease, and its outcome counts.
        _failed(message, attempt)
    message.save()


def _arrived(message: OutboxMessage, attempt: DeliveryAttempt) -> None:
    message.delivered_at = message.delivered_at or attempt.ended_at
    message.failed_at, message.last_error = None, ""


def _failed(message: OutboxMessage, attempt: DeliveryAttempt) -> None:
    message.last_error = attempt.error
    message.due_at = attempt.ended_at + _wait_after(message.attempts)
    if message.attempts >= MOST_ATTEMPTS:
        message.failed_at = attempt.ended_at


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_RETRY * 2 ** min(max(attempts, 1) - 1, 10), LAST_RETRY)
