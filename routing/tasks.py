"""Background work of routing: the task only calls a service, and may safely run twice or side by side."""

from celery import shared_task

from .services import sweep


@shared_task
def sweep_due() -> None:
    sweep()
