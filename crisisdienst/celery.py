"""The Celery application: a task is one more interface that loads by id and calls a service."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crisisdienst.settings")
app = Celery("crisisdienst")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
