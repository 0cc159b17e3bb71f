"""Background work: each task only calls a service, and may safely run twice."""

from celery import shared_task

from .models import OutboxMessage
from .services import deliver_due, run_alone, seal_entries

Channel = OutboxMessage.Channel


@shared_task
def deliver_mail() -> None:
    _deliver(Channel.EMAIL)


@shared_task
def deliver_webhooks() -> None:
    _deliver(Channel.WEBHOOK)


@shared_task
def seal_audit() -> None:
    with run_alone("audit") as alone:
        if alone:
            seal_entries()


def _deliver(channel: str) -> None:
    with run_alone(channel) as alone:
        if alone:
            deliver_due(channel)
