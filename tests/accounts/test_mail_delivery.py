"""E-mail over a real mail server: what it says, and what it can do to us."""

from email import message_from_bytes
from email.policy import default

import pytest

from accounts.models import OutboxMessage
from accounts.services import deliver_due, enqueue
from tests.receivers import silent_server

from .conftest import make_due

pytestmark = pytest.mark.django_db


def test_a_mail_says_that_there_is_something_and_where(mail_server, offer):
    [message] = offer(email="balie@kenter.example")
    assert deliver_due() == 1
    [(address, content)] = mail_server.mails
    mail = message_from_bytes(content, policy=default)
    assert (address, mail["Subject"]) == ("balie@kenter.example", "Casus 7 wacht")
    assert mail.get_content().splitlines() == ["Open uw inbox.", "", "https://crisisdienst.test/inbox/"]
    assert mail["X-Idempotency-Key"] == str(message.key)
    assert mail["Message-ID"] == f"<{message.key}@crisisdienst.test>"


ANSWERS = [
    # the mail server says     why
    ("451 4.7.1 Later", "greylisting: the same mail is taken a while later"),
    ("550 5.1.1 Onbekend", "a mailbox may exist again once somebody fixed the address"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "why"), ANSWERS)
def test_a_refused_mail_is_tried_again_as_the_same_mail(mail_server, answer, why):
    mail_server.refuse(answer)
    message = enqueue("handover.offered", "balie@kenter.example", "Casus 7", "…")
    assert deliver_due() == 0, why
    attempt = message.tries.get()
    assert (attempt.outcome, attempt.status_code) == ("failed", int(answer[:3])), why
    assert answer[4:] in attempt.error, why

    mail_server.refuse("250 OK")
    make_due()
    assert deliver_due() == 1, why
    assert message_from_bytes(mail_server.mails[0][1])["X-Idempotency-Key"] == str(message.key)


def test_a_mail_server_that_says_nothing_costs_its_time_and_is_tried_again(settings, impatient):
    with silent_server() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        message = enqueue("handover.offered", "balie@kenter.example", "Casus 7", "…")
        assert deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.tries.get().outcome) == ("failing", "failed")
    assert "timed out" in message.last_error


def test_an_address_that_just_failed_is_left_for_later(mail_server):
    mail_server.refuse("451 Later")
    for address in ("balie@kenter.example", "balie@kenter.example", "balie@ggz.example"):
        enqueue("handover.offered", address, "Casus", "…")
    deliver_due()
    assert list(OutboxMessage.objects.order_by("id").values_list("attempts", flat=True)) == [1, 0, 1]


def test_a_subject_of_two_lines_cannot_add_a_header(mail_server):
    message = enqueue("handover.offered", "balie@kenter.example", "Casus 7\nBcc: iedereen@elders.example", "…")
    assert deliver_due() == 0
    message.refresh_from_db()
    assert "BadHeaderError" in message.last_error
    assert mail_server.mails == []
