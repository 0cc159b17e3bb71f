"""The access log, the outbox and API tokens: the only place that writes them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .models import AccessLogEntry, ApiToken, OutboxMessage, User
from .policies import Actor

FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(hours=1)


def log_access(
    actor: Actor | None,
    *,
    event: str,
    action: str,
    record: Model | None = None,
    record_type: str = "",
    record_id: object = "",
    subject: str = "",
    rule: str = "",
    purpose: str = "",
    outcome: str = AccessLogEntry.Outcome.ALLOWED,
) -> AccessLogEntry:
    """Adds one NEN 7513 event. Without an actor it is the system's own doing; `record` names type and id at once."""
    if record is not None:
        record_type, record_id = type(record).__name__.lower(), record.pk
    return AccessLogEntry.objects.create(
        event=event,
        action=action,
        outcome=outcome,
        record_type=record_type,
        record_id=str(record_id),
        subject=subject,
        rule=rule or _rule_of_role(actor, outcome),
        purpose=purpose,
        **_who(actor),
    )


def _rule_of_role(actor: Actor | None, outcome: str) -> str:
    """What no closer rule allowed, the role did."""
    return "role" if actor is not None and actor.role and outcome == AccessLogEntry.Outcome.ALLOWED else ""


def _who(actor: Actor | None) -> dict:
    if actor is None:
        return {}
    return {
        "user": actor.user if actor.user.is_authenticated else None,
        "role": actor.role,
        "on_behalf_of": actor.organisation_slug,
        "source": actor.source,
    }


def enqueue(kind: str, recipient: str, subject: str, body: str, due_at: datetime | None = None) -> OutboxMessage:
    """Notes a message in the caller's transaction: it goes out if, and only if, its cause is kept."""
    return OutboxMessage.objects.create(
        kind=kind, recipient=recipient, subject=subject, body=body, due_at=due_at or timezone.now()
    )


def deliver_due(limit: int = 100) -> int:
    """Sends what is due, each message in its own transaction, and says how many were delivered."""
    delivered = 0
    for _ in range(limit):
        message = _deliver_next()
        if message is None:
            break
        delivered += message.delivered_at is not None
    return delivered


@transaction.atomic
def _deliver_next() -> OutboxMessage | None:
    # The row lock is held while sending. A crash in between leaves the message undelivered, so it is
    # sent again: twice is a nuisance, never is a lost handover.
    due = OutboxMessage.objects.filter(delivered_at__isnull=True, due_at__lte=timezone.now())
    message = due.select_for_update(skip_locked=True).order_by("due_at", "id").first()
    if message is None:
        return None
    message.attempts += 1
    try:
        _send(message)
    except (OSError, SMTPException, ValueError) as error:
        message.last_error = f"{type(error).__name__}: {error}"
        message.due_at = timezone.now() + _wait_after(message.attempts)
    else:
        message.last_error = ""
        message.delivered_at = timezone.now()
    message.save()
    return message


def _send(message: OutboxMessage) -> None:
    # Django counts a message without recipient as nothing sent, and raises nothing.
    if not send_mail(message.subject, message.body, None, [message.recipient]):
        raise ValueError("no recipient")


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LAST_RETRY)


@transaction.atomic
def issue_api_token(user: User) -> str:
    """A new token, shown this once: only its digest is kept. Earlier tokens stay valid."""
    token = secrets.token_urlsafe(32)
    issued = ApiToken.objects.create(user=user, digest=digest_of(token))
    log_access(None, event="api_token.issued", action="C", record=issued, subject=user.username)
    return token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
