"""A webhook gets a signed POST that it can check, at least once; nothing that it does holds up or harms the rest."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import DeliveryAttempt, OutboxMessage
from accounts.services import deliver_due, renew_secret, switch_endpoint
from accounts.tasks import deliver_mail, deliver_webhooks

from .conftest import make_due

Channel = OutboxMessage.Channel


def test_a_message_is_signed_and_says_only_that_there_is_something(receiver, listens, offer):
    listens(receiver)
    [message] = offer()
    assert deliver_due(Channel.WEBHOOK) == 1
    [delivery] = receiver.deliveries
    assert delivery.verified
    assert delivery.key == str(message.key)
    assert delivery.headers["Content-Type"] == "application/json"
    assert delivery.said == {
        "id": str(message.key),
        "event": "handover.offered",
        "case": 7,
        "link": "https://crisisdienst.test/inbox/",
        "at": message.created_at.isoformat(timespec="seconds"),
    }
    attempt = message.tries.get()
    assert (attempt.outcome, attempt.status_code, attempt.error) == ("delivered", 200, "")


def test_only_the_webhooks_of_who_is_told_that_are_on_get_it(receivers, listens, offer, aad):
    of_kenter, off, of_parnassia = receivers
    listens(of_kenter)
    listens(of_parnassia, owner="parnassia")
    switch_endpoint(aad, listens(off), active=False)
    assert [message.channel for message in offer()] == ["webhook"]
    deliver_due(Channel.WEBHOOK)
    assert [len(each.deliveries) for each in receivers] == [1, 0, 0]


def test_without_a_case_and_a_page_there_is_none_in_it(receiver, listens, offer):
    listens(receiver)
    offer(case=None, path="")
    deliver_due(Channel.WEBHOOK)
    assert (receiver.deliveries[0].said["case"], receiver.deliveries[0].said["link"]) == (None, None)


MANNERS = [
    # the receiver        delivered, status, what is kept of it                             why
    ("200", True, 200, "", "what it has, it has"),
    ("204", True, 204, "", "any 2xx is good"),
    ("302", False, 302, "verwijst door (302 Found)", "who else would get it is nobody's choice but ours"),
    ("404", False, 404, "antwoordt 404 Not Found", "an address that went"),
    ("500", False, 500, "antwoordt 500 Internal Server Error", "it may be better later"),
    ("799", False, 799, "antwoordt 799.", "a number without a name"),
    ("hang", False, None, "geen antwoord binnen de tijd", "it took the message, and perhaps has it"),
    ("drip", False, None, "Na 0.8 s was er nog geen heel antwoord", "a byte now and then resets any time-out"),
    ("continue", False, None, "Na 0.8 s was er nog geen heel antwoord", "nor may it ask us on and on to continue"),
    ("drip-body", True, 200, "", "the head says enough: the body is not waited for"),
    ("close", False, None, "brak af voordat er een antwoord was", "it may have crashed while it handled it"),
    ("garbage", False, None, "geen geldig antwoord", "not HTTP at all"),
    ("twice", False, 500, "antwoordt 500", "the first answer counts, the second answers nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("manner", "delivered", "status", "kept", "why"), MANNERS)
def test_what_a_receiver_does_with_it(receiver, listens, offer, impatient, manner, delivered, status, kept, why):
    receiver.behave(manner)
    listens(receiver)
    [message] = offer()
    began = time.monotonic()
    assert deliver_due(Channel.WEBHOOK) == delivered, why
    assert time.monotonic() - began < 5, why
    attempt = message.tries.get()
    assert (attempt.outcome == "delivered", attempt.status_code) == (delivered, status), why
    assert kept in attempt.error, why
    assert bool(kept) == bool(attempt.error), why
    message.refresh_from_db()
    assert message.last_error == attempt.error
    assert len(receiver.deliveries) == 1, "one attempt, one delivery: a redirect is not followed either"


def test_the_second_answer_on_a_connection_is_not_that_to_the_next_message(receiver, listens, offer):
    receiver.behave("twice", "500")
    listens(receiver)
    offer()
    deliver_due(Channel.WEBHOOK)
    make_due()
    assert deliver_due(Channel.WEBHOOK) == 0


@pytest.mark.parametrize("manner", ["200", "302", "404", "garbage"])
def test_what_a_receiver_answers_is_kept_nowhere(receiver, listens, offer, manner):
    receiver.behave(manner)
    listens(receiver)
    [message] = offer()
    deliver_due(Channel.WEBHOOK)
    message.refresh_from_db()
    assert "geheim" not in f"{vars(message)} {vars(message.tries.get())}"


def test_an_address_where_nobody_listens(receivers, listens, offer):
    endpoint = listens(receivers[0])
    endpoint.url = "http://127.0.0.1:1/?token=van-de-ontvanger"
    endpoint.save()
    [message] = offer()
    deliver_due(Channel.WEBHOOK)
    message.refresh_from_db()
    assert message.last_error == "De verbinding is geweigerd.", "the library's own words name the whole address"


def test_a_receiver_that_does_not_speak_tls(receiver, listens, offer):
    endpoint = listens(receiver)
    endpoint.url = receiver.url.replace("http://", "https://")
    endpoint.save()
    [message] = offer()
    deliver_due(Channel.WEBHOOK)
    message.refresh_from_db()
    assert "Geen veilige verbinding" in message.last_error


def test_an_address_that_is_no_longer_allowed_gets_nothing(receiver, listens, offer, settings):
    listens(receiver)
    [message] = offer()
    settings.WEBHOOK_PLAIN_HTTP_HOSTS = []
    deliver_due(Channel.WEBHOOK)
    message.refresh_from_db()
    assert (message.last_error, receiver.deliveries) == ("Het adres begint met https://.", [])


def test_every_attempt_has_the_same_key_and_body_and_a_fresh_signature(receiver, listens, offer):
    receiver.behave("500", "close", "200")
    listens(receiver)
    [message] = offer()
    for _ in range(3):
        make_due()
        deliver_due(Channel.WEBHOOK)
    assert {(delivery.key, delivery.body) for delivery in receiver.deliveries} == {
        (str(message.key), receiver.deliveries[0].body)
    }
    assert all(delivery.verified for delivery in receiver.deliveries)
    assert [attempt.outcome for attempt in message.tries.order_by("id")] == ["failed", "failed", "delivered"]


def test_a_renewed_secret_signs_also_what_was_waiting(receiver, listens, offer, aad):
    endpoint, old = listens(receiver), receiver.secret
    offer()
    receiver.secret = renew_secret(aad, endpoint)
    deliver_due(Channel.WEBHOOK)
    assert receiver.secret != old
    assert receiver.deliveries[0].verified


def test_what_waits_for_a_webhook_that_is_off_goes_out_when_it_is_on_again(receiver, listens, offer, aad):
    endpoint = listens(receiver)
    [message] = offer()
    switch_endpoint(aad, endpoint, active=False)
    assert deliver_due(Channel.WEBHOOK) == 0
    message.refresh_from_db()
    assert (message.last_error, receiver.deliveries) == ("Dit adres staat uit.", [])

    switch_endpoint(aad, endpoint, active=True)
    make_due()
    assert deliver_due(Channel.WEBHOOK) == 1


class TestAReceiverThatHangs:
    def test_costs_a_run_one_attempt_and_the_others_get_theirs(self, receivers, listens, offer, impatient):
        slow, quick, _other = receivers
        slow.behave("hang")
        listens(slow, owner="ggz-ingeest")
        listens(quick)
        for _ in range(3):
            offer(organisation="ggz-ingeest")
        for _ in range(3):
            offer()
        assert deliver_due(Channel.WEBHOOK) == 3
        assert (len(slow.deliveries), len(quick.by_key)) == (1, 3)
        assert DeliveryAttempt.objects.filter(outcome="failed").count() == 1

    def test_does_not_make_a_run_last_until_it_is_killed(self, receivers, listens, offer, impatient, settings):
        settings.OUTBOX_RUN_SECONDS = 0.7
        for each in receivers:
            each.behave("hang")
            listens(each)
        offer()
        deliver_due(Channel.WEBHOOK)
        assert DeliveryAttempt.objects.count() == 2, "the third would have begun after the end of the run"

    @pytest.mark.django_db(transaction=True)
    def test_does_not_hold_up_mail_nor_take_a_second_process(self, receiver, listens, offer, mailoutbox):
        receiver.behave("hang")
        listens(receiver)
        offer(email="balie@kenter.example")
        offer()
        with ThreadPoolExecutor(1) as other:
            hanging = other.submit(_in_a_process, deliver_webhooks)
            receiver.wait_for(1)
            deliver_webhooks()
            assert len(receiver.deliveries) == 1, "the second run saw that one is under way"
            deliver_mail()
            assert len(mailoutbox) == 1
            receiver.stopped.set()
            hanging.result()
        make_due()
        receiver.behave("200")
        deliver_webhooks()
        assert len(receiver.by_key) == 2, "the run that ended left no lock behind"


def _in_a_process(task) -> None:
    try:
        task()
    finally:
        connection.close()
