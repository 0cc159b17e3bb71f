"""A message leaves with its cause, at least once, and a failure is kept and tried again later."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import DeliveryAttempt, OutboxMessage
from accounts.services import deliver_due, enqueue
from accounts.services.delivery import LEASE, MOST_ATTEMPTS, Run, _claim, _record
from accounts.services.outcome import Outcome, failed
from accounts.tasks import deliver_mail, deliver_webhooks

from .conftest import make_due

Channel = OutboxMessage.Channel


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


def test_after_half_a_day_it_is_given_up(message, dead_mail_server):
    for _ in range(MOST_ATTEMPTS + 1):
        make_due()
        deliver_due()
    message.refresh_from_db()
    assert message.attempts == MOST_ATTEMPTS == message.tries.count()
    assert (message.state, message.delivered_at) == ("given_up", None)
    assert message.failed_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_sends_nothing(receiver, listens, offer):
    listens(receiver)
    with transaction.atomic():
        enqueue("handover.offered", "balie@kenter.example", "Nieuwe overdracht", "…")
        offer(email="balie@kenter.example")
        transaction.set_rollback(True)
    deliver_mail()
    deliver_webhooks()
    assert (mail.outbox, receiver.deliveries) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_divide_the_work(receiver, listens, offer):
    listens(receiver)
    for number in range(20):
        offer(email="balie@kenter.example", subject=f"{number}", case=number + 1)

    def work(channel):
        try:
            return deliver_due(channel)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, [Channel.EMAIL, Channel.WEBHOOK] * 2)) == 40
    assert sorted(int(sent.subject) for sent in mail.outbox) == list(range(20))
    assert sorted(delivery.said["case"] for delivery in receiver.deliveries) == list(range(1, 21))
    assert len(receiver.by_key) == 20
    assert set(DeliveryAttempt.objects.values_list("outcome", flat=True)) == {"delivered"}


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


class TestAWorkerThatIsKilledWhileItSends:
    """What it leaves behind is what a claim has committed: an attempt without outcome."""

    @pytest.fixture
    def killed(self, message) -> DeliveryAttempt:
        return _claim(Run(Channel.EMAIL))

    def test_leaves_the_message_alone_until_the_lease_ends(self, killed):
        assert deliver_due() == 0
        with time_machine.travel(timezone.now() + LEASE, tick=False):
            assert deliver_due() == 1

    def test_leaves_an_attempt_without_outcome_and_the_next_has_the_same_key(self, killed, message):
        make_due()
        deliver_due()
        assert [attempt.outcome for attempt in message.tries.order_by("id")] == ["", "delivered"]
        assert killed.duration is None
        assert mail.outbox[0].extra_headers["X-Idempotency-Key"] == str(message.key)

    def test_is_given_up_too_when_every_attempt_is_killed(self, message):
        for _ in range(MOST_ATTEMPTS):
            make_due()
            assert _claim(Run(Channel.EMAIL))
        make_due()
        assert deliver_due() == 0
        message.refresh_from_db()
        assert (message.state, message.attempts, mail.outbox) == ("given_up", MOST_ATTEMPTS, [])

    LATE = [
        # the slow one says  the quick one says  in the end  why
        (Outcome(), failed("x"), "delivered", "what has arrived has arrived, whoever brought it"),
        (failed("x"), Outcome(), "delivered", "a failure that is told late undoes nothing"),
        (failed("traag"), failed("x"), "failing", "the last attempt says when the next is"),
    ]

    @pytest.mark.parametrize(("slow", "quick", "state", "why"), LATE)
    def test_or_is_only_slow_and_tells_its_outcome_after_another_took_over(
        self, killed, message, slow, quick, state, why
    ):
        make_due()
        _record(_claim(Run(Channel.EMAIL)), quick)
        _record(killed, slow)
        message.refresh_from_db()
        assert message.state == state, why
        assert message.last_error == ("" if state == "delivered" else "x"), why
        killed.refresh_from_db()
        assert killed.error == slow.reason, why


def test_the_lease_is_longer_than_a_task_may_take():
    assert timedelta(seconds=django_settings.CELERY_TASK_TIME_LIMIT) < LEASE
    longest = django_settings.OUTBOX_RUN_SECONDS + django_settings.WEBHOOK_TOTAL_SECONDS
    assert longest < django_settings.CELERY_TASK_TIME_LIMIT


def test_every_tick_names_a_task_and_expires_before_the_next():
    """Else they would pile up in the broker while no worker runs."""
    current_app.loader.import_default_modules()
    for entry in django_settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
        assert 0 < entry["options"]["expires"] <= entry["schedule"]
