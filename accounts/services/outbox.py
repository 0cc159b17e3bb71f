"""What partners are told, noted in the transaction of its cause: it goes out if, and only if, that is kept."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import OutboxMessage, WebhookEndpoint
from accounts.policies import Actor, Permission
from accounts.selectors import messages

from .access_log import log_access


class AlreadyDelivered(Exception):
    """The receiver has it: sending it again would tell them of something that is over."""


def enqueue(kind: str, recipient: str, subject: str, body: str, due_at: datetime | None = None) -> OutboxMessage:
    """Notes a plain e-mail in the caller's transaction."""
    return _note(kind=kind, recipient=recipient, subject=subject, body=body, due_at=due_at or timezone.now())


@transaction.atomic
def notify(
    kind: str,
    *,
    organisation: str,
    email: str,
    subject: str,
    body: str,
    case: int | None = None,
    path: str = "",
    region: str = "",
) -> list[OutboxMessage]:
    """Tells an organisation, in the caller's transaction: by e-mail when there is an address, and at each webhook.

    A message says that there is something and where, never who it is about. `path` is the page, within this site.
    """
    about = {"organisation": organisation, "case": case, "path": path, "region": region}
    told = [_note(kind=kind, recipient=email, subject=subject, body=_with_link(body, path), **about)] if email else []
    endpoints = WebhookEndpoint.objects.filter(owner=organisation, active=True)
    return told + [note_for_endpoint(endpoint, kind=kind, subject=subject, **about) for endpoint in endpoints]


def note_for_endpoint(endpoint: WebhookEndpoint, **about: Any) -> OutboxMessage:
    # The host alone: a path or a query can hold a token of the receiver.
    host = urlsplit(endpoint.url).hostname or ""
    return _note(channel=OutboxMessage.Channel.WEBHOOK, endpoint=endpoint, recipient=host, **about)


@transaction.atomic
def resend(actor: Actor, message: OutboxMessage) -> OutboxMessage:
    """Makes it due now, with its tries counted anew; also one that was given up. Raises AlreadyDelivered."""
    actor.must(Permission.SEE_MESSAGES)
    message = messages(actor).select_for_update(of=("self",)).get(pk=message.pk)
    if message.delivered_at:
        raise AlreadyDelivered
    message.failed_at, message.attempts, message.due_at = None, 0, timezone.now()
    message.save()
    log_access(actor, event="message.resent", action="E", record=message, subject=str(message.case or ""))
    return message


def _note(**fields: Any) -> OutboxMessage:
    return OutboxMessage.objects.create(**{"due_at": timezone.now()} | fields)


def _with_link(body: str, path: str) -> str:
    return f"{body}\n\n{settings.SITE_URL}{path}" if path else body
