"""The secret of a webhook: derived when it is needed, so that no table, log or backup holds it."""

import hashlib
import hmac

from django.utils.crypto import salted_hmac

from accounts.models import WebhookEndpoint


def secret_of(endpoint: WebhookEndpoint) -> str:
    derived = salted_hmac("accounts.webhook_secret", f"{endpoint.pk}:{endpoint.salt}", algorithm="sha256")
    return derived.hexdigest()


def signature(endpoint: WebhookEndpoint, timestamp: str, body: bytes) -> str:
    """With the moment in it, so that a receiver can refuse what somebody caught and sends again later."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret_of(endpoint).encode(), signed, hashlib.sha256).hexdigest()
