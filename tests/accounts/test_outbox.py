"""A message leaves with its cause, at least once, and a failure is kept and tried again later."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import OutboxMessage
from accounts.services import deliver_due, enqueue
from accounts.tasks import deliver_outbox


@pytest.fixture
def message(db):
    return enqueue("handover.offered", "balie@kenter.example", "Nieuwe overdracht", "Er staat een overdracht klaar.")


@pytest.fixture
def dead_mail_server(settings):
    """A port that was free a moment ago: every connection to it is refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def test_what_is_due_is_sent_once(message):
    assert (deliver_due(), deliver_due()) == (1, 0)
    message.refresh_from_db()
    assert message.delivered_at is not None
    assert message.attempts == 1
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["balie@kenter.example"], "Nieuwe overdracht")]


def test_what_is_due_later_waits(db):
    enqueue("reminder", "balie@kenter.example", "Later", "…", due_at=timezone.now() + timedelta(hours=1))
    assert deliver_due() == 0


def test_no_more_than_the_limit_at_once(db):
    for number in range(3):
        enqueue("handover.offered", "balie@kenter.example", f"{number}", "…")
    assert (deliver_due(limit=2), deliver_due()) == (2, 1)
    assert [sent.subject for sent in mail.outbox] == ["0", "1", "2"]


def test_a_failure_is_kept_and_retried_later(message, dead_mail_server, settings):
    assert deliver_due() == 0
    message.refresh_from_db()
    assert message.delivered_at is None
    assert message.attempts == 1
    assert "ConnectionRefusedError" in message.last_error
    assert message.due_at > timezone.now()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboxMessage.objects.update(due_at=timezone.now())
    assert deliver_due() == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "")


def test_each_failure_waits_longer_up_to_an_hour(message, dead_mail_server):
    waits = []
    for _ in range(10):
        OutboxMessage.objects.update(due_at=timezone.now())
        deliver_due()
        message.refresh_from_db()
        waits.append(round((message.due_at - timezone.now()).total_seconds()))
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_one_bad_address_does_not_hold_up_the_others(message):
    nobody = enqueue("handover.offered", "", "Zonder adres", "…", due_at=timezone.now() - timedelta(minutes=1))
    assert deliver_due() == 1
    nobody.refresh_from_db()
    assert nobody.last_error == "ValueError: no recipient"


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_sends_nothing():
    with transaction.atomic():
        enqueue("handover.offered", "balie@kenter.example", "Nieuwe overdracht", "…")
        transaction.set_rollback(True)
    deliver_outbox()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_divide_the_work():
    for number in range(20):
        enqueue("handover.offered", "balie@kenter.example", f"{number}", "…")

    def work(_worker):
        try:
            return deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == 20
    assert sorted(int(sent.subject) for sent in mail.outbox) == list(range(20))


@pytest.mark.django_db(transaction=True)
def test_a_message_in_another_workers_hands_is_skipped(message):
    def meanwhile():
        try:
            return deliver_due()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        OutboxMessage.objects.select_for_update().get(pk=message.pk)
        assert other.submit(meanwhile).result() == 0
    assert deliver_due() == 1
