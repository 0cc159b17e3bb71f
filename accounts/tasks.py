"""Background work: each task only calls a service, and may safely run twice."""

from celery import shared_task

from .models import OutboxMessage
from .services import deliver_due, run_alone

Channel = OutboxMessage.Channel


@shared_task
def deliver_mail() -> None:
    _deliver(Channel.EMAIL)


@shared_task
def deliver_webhooks() -> None:
    _deliver(Channel.WEBHOOK)


def _deliver(channel: str) -> None:
    with run_alone(channel) as alone:
        if alone:
            deliver_due(channel)
