"""The Celery application: a task is one more interface that loads by id and calls a service."""

import os

import kombu
from celery import Celery
from celery.app.amqp import AMQP

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crisisdienst.settings")


class PromptConnection(kombu.Connection):
    """Asks every second whether Redis is back. Celery has no setting for it, and by itself waits ever longer.

    After an outage of a minute that is half a minute more in which no clock runs out.
    """

    def ensure_connection(self, *args, **kwargs):
        return super().ensure_connection(*args, **{"interval_start": 1, "interval_step": 0} | kwargs)


class PromptAMQP(AMQP):
    Connection = PromptConnection


app = Celery("crisisdienst", amqp=PromptAMQP)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
