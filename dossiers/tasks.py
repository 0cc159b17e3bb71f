"""Background work of the dossiers: the task only calls a service, and may safely run twice or side by side."""

from celery import shared_task

from .services import lapse_overdue


@shared_task
def lapse_actions() -> None:
    lapse_overdue()
