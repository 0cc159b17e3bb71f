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


def offers(*addresses: str) -> list[OutboxMessage]:
    return [enqueue("handover.offered", address, "Casus 7", "…") for address in addresses]


MANNERS = [
    # the server ends a connection  connections  why
    (None, 1, "a round is one visit"),
    ("", 3, "it hangs up after each mail, which says nothing of the next"),
    ("421 4.7.0 Genoeg", 3, "it says first that it wants no more on this connection"),
]


@pytest.mark.parametrize(("goodbye", "connections", "why"), MANNERS)
def test_a_round_is_one_connection_if_the_server_lets_it(mail_server, goodbye, connections, why):
    if goodbye is not None:
        mail_server.take_one_per_connection(goodbye)
    messages = offers("balie@kenter.example", "balie@kenter.example", "balie@ggz.example")
    assert deliver_due() == 3, why
    assert mail_server.keys == [str(message.key) for message in messages], why
    assert mail_server.connections == connections, why
    assert [message.tries.get().outcome for message in messages] == ["delivered"] * 3, why


FAILING = [
    # address                      the server says   connections  why
    ("weg@kenter.example", "550 Onbekend", 2, "what a refusal left behind is not in the way of the next mail"),
    ("weg@kenter.example", "421 Te druk", 3, "it may mean the connection, so that is tried anew, once"),
    ("stil@kenter.example", "hang", 2, "it had its time, and the round has not much of that"),
    ("", "", 2, "there is nobody to send it to"),
    ("twee\nregels@kenter.example", "", 2, "an address that adds a header is not said at all"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "answer", "connections", "why"), FAILING)
def test_a_mail_that_fails_costs_the_others_of_its_round_nothing(
    mail_server, impatient, address, answer, connections, why
):
    if answer:
        mail_server.refuse(answer, address)
    first, failing, last, later = offers("balie@kenter.example", address, "balie@ggz.example", address)
    assert deliver_due() == 2, why
    assert mail_server.keys == [str(first.key), str(last.key)], why
    assert (failing.tries.get().outcome, later.tries.count()) == ("failed", 0), why
    code = answer[:3]
    assert failing.tries.get().status_code == (int(code) if code.isdecimal() else None), why
    assert mail_server.connections == connections, why


def test_a_subject_of_two_lines_cannot_add_a_header(mail_server):
    message = enqueue("handover.offered", "balie@kenter.example", "Casus 7\nBcc: iedereen@elders.example", "…")
    assert deliver_due() == 0
    message.refresh_from_db()
    assert "BadHeaderError" in message.last_error
    assert mail_server.mails == []
