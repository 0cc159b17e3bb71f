"""Background work: each task only calls a service, and may safely run twice."""

from celery import shared_task

from .services import deliver_due


@shared_task
def deliver_outbox() -> None:
    deliver_due()
