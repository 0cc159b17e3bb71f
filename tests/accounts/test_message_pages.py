"""The pages of messages: what was told, whether it arrived, why not, and sending it again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLogEntry, OutboxMessage
from accounts.paging import PAGE_SIZE
from accounts.services import AlreadyDelivered, deliver_due, enqueue, resend
from accounts.services.delivery import MOST_ATTEMPTS
from partners.actors import actor_of

from .conftest import make_due


@pytest.fixture
def manager(client, demo_users):
    client.force_login(demo_users["manager"])
    return client


@pytest.fixture
def given_up(offer) -> OutboxMessage:
    [message] = offer(email="balie@kenter.example")
    message.failed_at, message.attempts, message.last_error = timezone.now(), MOST_ATTEMPTS, "Dat lukte niet."
    message.save()
    return message


FILTERS = [
    # query                              cases          why
    ("", [4, 3, 2, 1], "newest first"),
    ("state=delivered", [1], "what has arrived"),
    ("state=failing", [2], "tried, and tried again"),
    ("state=given_up", [3], "no longer tried"),
    ("state=waiting", [4], "not tried yet"),
    ("kind=handover", [4, 3, 2, 1], "the beginning of a kind is enough"),
    ("kind=offered", [], "the middle is not"),
    ("organisation=kenter", [4, 3, 2], "whom it concerns"),
    ("case=3", [3], "one case"),
    ("case=3&state=delivered", [], "filters narrow each other"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "cases", "why"), FILTERS)
def test_the_list_finds_messages(manager, offer, query, cases, why):
    now = timezone.now()
    for case, state in enumerate(
        ({"delivered_at": now}, {"last_error": "x"}, {"failed_at": now, "last_error": "x"}, {}), start=1
    ):
        [message] = offer(case=case, email="a@kenter.example", organisation="kenter" if case > 1 else "parnassia")
        OutboxMessage.objects.filter(pk=message.pk).update(**state)
    page = manager.get(f"{reverse('messages')}?{query}")
    assert [message.case for message in page.context["found"]] == cases, why


BAD = ["case=nul", "case=0", "case=99999999999", "before=99999999999999999999", "state=kwijt", "organisation=a b"]


@pytest.mark.parametrize("query", BAD)
def test_bad_input_is_answered_at_its_field(manager, query):
    page = manager.get(f"{reverse('messages')}?{query}")
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [query.partition("=")[0]]


def test_older_messages_are_a_page_away_with_the_same_filter(manager, offer):
    for case in range(1, PAGE_SIZE + 4):
        offer(case=case, email="balie@kenter.example")
    newest = manager.get(reverse("messages"), {"organisation": "kenter"})
    older = manager.get(f"{reverse('messages')}?{newest.context['older']}")
    assert [message.case for message in older.context["found"]] == [3, 2, 1]
    assert "organisation=kenter" in newest.context["older"]
    assert older.context["older"] == ""


def test_a_manager_sees_the_own_region_and_the_administrator_all(client, demo_users, offer):
    [here] = offer(email="balie@kenter.example")
    [there] = offer(email="balie@icd-nhn.example", region="noord-holland-noord")
    nowhere = enqueue("note", "balie@kenter.example", "…", "…")
    for username, sees in (("manager", {here}), ("admin", {here, there, nowhere})):
        client.force_login(demo_users[username])
        assert set(client.get(reverse("messages")).context["found"]) == sees
        for message in (here, there, nowhere):
            status = 200 if message in sees else 404
            assert client.get(reverse("message", args=[message.pk])).status_code == status
            resent = client.post(reverse("message-resend", args=[message.pk])).status_code
            assert resent == (302 if message in sees else 404)


def test_a_page_shows_every_attempt_and_what_it_ended_in(manager, offer, receiver, listens):
    listens(receiver)
    receiver.behave("500", "200")
    [message] = offer()
    for _ in range(2):
        make_due()
        deliver_due("webhook")
    page = manager.get(reverse("message", args=[message.pk]))
    assert [attempt.outcome for attempt in page.context["tries"]] == ["delivered", "failed"]
    text = page.content.decode()
    assert all(
        words in text for words in ("antwoordcode 500", "500 Internal Server Error", "antwoordcode 200", "duurde")
    )
    assert str(message.key) in text


def test_what_was_given_up_is_sent_again_with_the_same_key(manager, given_up, mailoutbox):
    key = given_up.key
    manager.post(reverse("message-resend", args=[given_up.pk]))
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts, given_up.key) == ("failing", 0, key)
    assert deliver_due() == 1
    assert mailoutbox[0].extra_headers["X-Idempotency-Key"] == str(key)


def test_what_waits_long_is_sent_now(manager, offer):
    [message] = offer(email="balie@kenter.example")
    OutboxMessage.objects.update(due_at=timezone.now() + timedelta(minutes=50), last_error="x")
    manager.post(reverse("message-resend", args=[message.pk]))
    assert deliver_due() == 1


def test_what_has_arrived_is_not_sent_again(manager, offer, mirjam):
    [message] = offer(email="balie@kenter.example")
    deliver_due()
    with pytest.raises(AlreadyDelivered):
        resend(mirjam, message)
    page = manager.post(reverse("message-resend", args=[message.pk]), follow=True)
    assert "al bezorgd" in page.content.decode()
    assert "opnieuw/" not in page.content.decode(), "nor is there a button for it"
    assert deliver_due() == 0


def test_sending_again_is_logged_with_the_case(manager, given_up):
    manager.post(reverse("message-resend", args=[given_up.pk]))
    entry = AccessLogEntry.objects.get(event="message.resent")
    assert (entry.user.username, entry.record_id, entry.subject) == ("manager", str(given_up.pk), "7")


def test_only_who_may_sends_again(aad, mirjam, demo_users, given_up):
    with pytest.raises(PermissionDenied):
        resend(actor_of(demo_users["worker"]), given_up)


def test_only_one_page_is_the_current_one(client, demo_users):
    client.force_login(demo_users["admin"])
    for name, label in (("messages", "Berichten"), ("webhooks", "Webhooks")):
        navigation = client.get(reverse(name)).context["navigation"]
        assert [str(text) for _url, text, current in navigation if current] == [label]


def test_the_number_of_queries_does_not_grow_with_the_list(manager, offer, django_assert_max_num_queries):
    for case in range(1, PAGE_SIZE + 2):
        offer(case=case, email="balie@kenter.example")
    with django_assert_max_num_queries(8):
        manager.get(reverse("messages"))
