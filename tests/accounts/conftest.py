"""Messages and webhooks of the tests, and time that makes what waits due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutboxMessage, WebhookEndpoint
from accounts.services import add_endpoint, notify
from partners.actors import actor_of
from tests.receivers import WebhookReceiver

OFFERED = {"organisation": "kenter", "email": "", "subject": "Casus 7 wacht", "body": "Open uw inbox."}


@pytest.fixture
def aad(demo_users):
    """The administrator."""
    return actor_of(demo_users["admin"])


@pytest.fixture
def mirjam(demo_users):
    """The manager of Kennemerland."""
    return actor_of(demo_users["manager"])


@pytest.fixture
def listens(aad):
    """Makes a receiver the webhook of an organisation: it gets the secret, as its administrator would."""

    def _listens(receiver: WebhookReceiver, owner: str = "kenter") -> WebhookEndpoint:
        endpoint, receiver.secret = add_endpoint(aad, owner=owner, url=receiver.url)
        return endpoint

    return _listens


@pytest.fixture
def offer(db):
    """Tells Kenter that case 7 waits, with whatever the test wants otherwise."""

    def _offer(**otherwise) -> list[OutboxMessage]:
        about = {"case": 7, "path": "/inbox/", "region": "kennemerland"}
        return notify("handover.offered", **(OFFERED | about | otherwise))

    return _offer


@pytest.fixture
def impatient(settings):
    """Real time-outs, shorter."""
    settings.WEBHOOK_CONNECT_SECONDS = settings.EMAIL_TIMEOUT = 0.5
    settings.WEBHOOK_READ_SECONDS = 0.5
    settings.WEBHOOK_TOTAL_SECONDS = 0.8


def make_due() -> None:
    """As time would."""
    OutboxMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))
