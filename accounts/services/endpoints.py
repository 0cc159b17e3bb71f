"""The webhooks of organisations: the only place that writes them. Their secrets are shown once, by who asked."""

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.models import OutboxMessage, WebhookEndpoint
from accounts.policies import Actor, Permission
from accounts.webhook_urls import check_webhook_url

from .access_log import log_access
from .outbox import note_for_endpoint
from .signing import secret_of


def add_endpoint(actor: Actor, *, owner: str, url: str) -> tuple[WebhookEndpoint, str]:
    """A new webhook and its secret, shown this once. Raises a ValidationError that says what is wrong with the URL.

    The caller has made sure that the owner, the slug of an organisation, exists.
    """
    actor.must(Permission.ADMINISTER)
    check_webhook_url(url)
    try:
        with transaction.atomic():
            endpoint = _create(actor, owner, url)
    except IntegrityError:
        raise ValidationError(_("Deze organisatie heeft dit adres al.")) from None
    return endpoint, secret_of(endpoint)


def _create(actor: Actor, owner: str, url: str) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.create(owner=owner, url=url, salt=_new_salt(), created_by=actor.user)
    log_access(actor, event="endpoint.added", action="C", record=endpoint, detail=owner)
    return endpoint


@transaction.atomic
def renew_secret(actor: Actor, endpoint: WebhookEndpoint) -> str:
    """Another secret, shown this once; the old one no longer holds, also for what is waiting."""
    actor.must(Permission.ADMINISTER)
    endpoint = _locked(endpoint)
    endpoint.salt = _new_salt()
    endpoint.save()
    log_access(actor, event="endpoint.renewed", action="U", record=endpoint, detail=endpoint.owner)
    return secret_of(endpoint)


@transaction.atomic
def switch_endpoint(actor: Actor, endpoint: WebhookEndpoint, *, active: bool) -> WebhookEndpoint:
    """While it is off nothing new is noted for it; what was waiting is tried until it is given up."""
    actor.must(Permission.ADMINISTER)
    endpoint = _locked(endpoint)
    if endpoint.active != active:
        endpoint.active = active
        endpoint.save()
        log_access(actor, event="endpoint.switched", action="U", record=endpoint, detail=endpoint.owner)
    return endpoint


@transaction.atomic
def send_test(actor: Actor, endpoint: WebhookEndpoint) -> OutboxMessage:
    actor.must(Permission.ADMINISTER)
    log_access(actor, event="endpoint.tested", action="E", record=endpoint, detail=endpoint.owner)
    with house_language():
        subject = _("Testbericht")
    about = {"organisation": endpoint.owner, "region": actor.region_slug, "path": "/"}
    return note_for_endpoint(endpoint, kind="webhook.test", subject=subject, **about)


def _locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    return WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)


def _new_salt() -> str:
    return secrets.token_hex(16)
