"""Webhooks are added, renewed and switched by the administrator; their secrets are seen once and kept nowhere."""

import logging

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AccessLogEntry, OutboxMessage, WebhookEndpoint
from accounts.services import add_endpoint, deliver_due, enqueue, renew_secret, send_test, switch_endpoint
from accounts.services.signing import secret_of
from partners.models import Organisation

URL = "https://meldingen.kenter.example/crisisdienst"


@pytest.fixture
def kenter(aad) -> WebhookEndpoint:
    return add_endpoint(aad, owner="kenter", url=URL)[0]


@pytest.fixture
def administrator(client, demo_users):
    client.force_login(demo_users["admin"])
    return client


ADDRESSES = [
    # address                                     good   why
    (URL, True, "as it should be"),
    ("https://kenter.example:8443/a?b=c%20d", True, "a port and a query are the receiver's own business"),
    ("HTTPS://KENTER.example/", True, "case means nothing in a scheme or a host"),
    ("https://[2001:db8::1]/", True, "an IPv6 address is a host"),
    ("http://127.0.0.1:9000/", True, "a host that the environment names may do without TLS"),
    ("http://localhost/", True, "the same by name"),
    ("http://kenter.example/", False, "anybody on the way could read it"),
    ("http://localhost.kenter.example/", False, "another host that begins the same"),
    ("ftp://kenter.example/", False, "not HTTP"),
    ("javascript:alert(1)", False, "no host"),
    ("kenter.example", False, "no scheme"),
    ("//kenter.example/", False, "no scheme"),
    ("https://", False, "no host"),
    ("https:///pad", False, "no host"),
    ("https://kenter.example:poort/", False, "a port is a number"),
    ("https://kenter.example:99999/", False, "a number that no port has"),
    ("https://kenter.example:0/", False, "a port that nobody listens on"),
    ("https://[::1/", False, "half an address"),
    ("https://karin:geheim@kenter.example/", False, "a password would stand on the page"),
    ("https://karin@kenter.example/", False, "so may a name"),
    ("https://kenter.example/#deel", False, "a fragment is not sent"),
    ("https://kenter.example/#", False, "nor an empty one"),
    ("https://kenter.example/a b", False, "an address has no spaces"),
    ("https://kenter.example/\na", False, "a line break could add a header"),
    ("https://kenter.example\\@elders.example/", False, "who reads it otherwise goes elsewhere"),
    ("https://kenter.example/\x00", False, "the database keeps no NUL"),
    ("https://kenter.example/" + "a" * 480, False, "longer than the column"),
    ("", False, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "good", "why"), ADDRESSES)
def test_which_addresses_will_do(aad, address, good, why):
    try:
        add_endpoint(aad, owner="kenter", url=address)
    except ValidationError:
        assert not good, why
    else:
        assert good, why
    assert WebhookEndpoint.objects.count() == good, why


def test_an_address_is_given_once_to_an_organisation(aad, kenter):
    with pytest.raises(ValidationError, match="heeft dit adres al"):
        add_endpoint(aad, owner="kenter", url=URL)
    assert add_endpoint(aad, owner="parnassia", url=URL)[0].url == URL


def test_every_endpoint_and_every_renewal_has_a_secret_of_its_own(aad, kenter, settings):
    first = secret_of(kenter)
    renewed = renew_secret(aad, kenter)
    other = add_endpoint(aad, owner="parnassia", url=URL)[1]
    kenter.refresh_from_db()
    assert len({first, renewed, other}) == 3
    assert secret_of(kenter) == renewed
    settings.SECRET_KEY = "een andere sleutel van deze site, lang genoeg"
    assert secret_of(kenter) != renewed, "who has only the database has no secret"


CHANGES = [
    # what                                                              event                  why
    (lambda aad, kenter: renew_secret(aad, kenter), "endpoint.renewed", "a stolen secret ends here"),
    (lambda aad, kenter: switch_endpoint(aad, kenter, active=False), "endpoint.switched", "messages stop"),
    (lambda aad, kenter: send_test(aad, kenter), "endpoint.tested", "something was sent"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "event", "why"), CHANGES)
def test_a_change_is_logged_and_for_the_administrator_only(aad, mirjam, kenter, change, event, why):
    with pytest.raises(PermissionDenied):
        change(mirjam, kenter)
    assert not AccessLogEntry.objects.filter(event=event).exists()
    change(aad, kenter)
    entry = AccessLogEntry.objects.get(event=event)
    assert (entry.record_id, entry.purpose) == (str(kenter.pk), "administration: kenter"), why


def test_only_the_administrator_adds(mirjam):
    with pytest.raises(PermissionDenied):
        add_endpoint(mirjam, owner="kenter", url=URL)


def test_a_change_leaves_what_it_was_before(aad, kenter):
    switch_endpoint(aad, kenter, active=False)
    switch_endpoint(aad, kenter, active=False)
    assert list(kenter.history.values_list("active", flat=True)) == [False, True], "a second press changes nothing"


class TestThePage:
    def add(self, administrator, **typed):
        return administrator.post(reverse("webhooks"), {"organisation": "kenter", "url": URL} | typed)

    def test_shows_the_secret_once_and_lets_no_browser_keep_it(self, administrator):
        page = self.add(administrator)
        secret = secret_of(WebhookEndpoint.objects.get())
        assert secret in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert secret not in administrator.get(reverse("webhooks")).content.decode()

    BAD = [
        # typed                                 at the field      why
        ({"url": "http://kenter.example/"}, "url", "no TLS"),
        ({"url": ""}, "url", "nothing typed"),
        ({"url": "https://kenter.example/\x00"}, "url", "a NUL"),
        ({"organisation": "bestaat-niet"}, "organisation", "not in the directory"),
        ({"organisation": ""}, "organisation", "nothing chosen"),
    ]  # fmt: skip

    @pytest.mark.parametrize(("typed", "field", "why"), BAD)
    def test_answers_bad_input_at_its_field_and_loses_nothing(self, administrator, typed, field, why):
        page = self.add(administrator, **typed)
        assert page.status_code == 422, why
        assert list(page.context["form"].errors) == [field], why
        if field != "url":
            assert URL in page.content.decode(), why
        if field != "organisation":
            assert '<option value="kenter" selected>' in page.content.decode(), why
        assert not WebhookEndpoint.objects.exists(), why

    def test_says_it_when_the_organisation_has_this_address(self, administrator, kenter):
        page = self.add(administrator)
        assert page.status_code == 422
        assert "heeft dit adres al" in page.context["form"].errors["url"][0]

    def test_renews_and_shows_the_new_secret(self, administrator, kenter):
        old = secret_of(kenter)
        page = administrator.post(reverse("webhook-renew", args=[kenter.pk])).content.decode()
        kenter.refresh_from_db()
        assert secret_of(kenter) in page
        assert old not in page

    def test_switches_off_and_on(self, administrator, kenter):
        for to, active in (("off", False), ("off", False), ("on", True)):
            administrator.post(reverse("webhook-switch", args=[kenter.pk]), {"to": to})
            kenter.refresh_from_db()
            assert kenter.active is active

    def test_sends_a_test_and_shows_what_became_of_it(self, administrator, receiver, listens):
        endpoint = listens(receiver)
        page = administrator.post(reverse("webhook-test", args=[endpoint.pk]))
        message = OutboxMessage.objects.get(kind="webhook.test")
        assert page.url == reverse("message", args=[message.pk])
        assert deliver_due("webhook") == 1
        assert receiver.deliveries[0].verified
        assert "bezorgd" in administrator.get(page.url).content.decode()

    def test_sends_no_test_to_one_that_is_off(self, administrator, kenter, aad):
        switch_endpoint(aad, kenter, active=False)
        administrator.post(reverse("webhook-test", args=[kenter.pk]))
        assert not OutboxMessage.objects.exists()


class TestTheSecretIsNowhere:
    """After it was shown: searched for in all that the site shows, keeps and writes."""

    @pytest.fixture
    def busy(self, aad, receiver, listens, offer) -> WebhookEndpoint:
        """Everything was done that there is to do with a webhook, and what can go wrong went wrong."""
        endpoint = listens(receiver)
        receiver.behave("200", "500", "302", "garbage", "close", "200")
        send_test(aad, endpoint)
        for _ in range(5):
            offer()
            deliver_due("webhook")
        switch_endpoint(aad, endpoint, active=False)
        receiver.secret = renew_secret(aad, switch_endpoint(aad, endpoint, active=True))
        offer()
        deliver_due("webhook")
        endpoint.refresh_from_db()
        return endpoint

    @pytest.fixture
    def secrets(self, busy) -> set[str]:
        """The secret of now, and those before it."""
        kept = [WebhookEndpoint(pk=busy.pk, salt=each.salt) for each in busy.history.all()]
        return {secret_of(each) for each in [busy, *kept]}

    def test_in_the_database(self, secrets, tmp_path):
        dump = tmp_path / "alles.json"
        call_command("dumpdata", output=str(dump))
        assert "accounts.webhookendpoint" in dump.read_text()
        assert [secret for secret in secrets if secret in dump.read_text()] == []

    def test_on_a_page(self, secrets, busy, administrator, demo_users, client):
        messages = [reverse("message", args=[message.pk]) for message in OutboxMessage.objects.all()]
        seen = {path: administrator.get(path) for path in [reverse("webhooks"), reverse("messages"), *messages]}
        seen |= {path: administrator.get(path) for path in admin_pages(busy)}
        client.force_login(demo_users["privacy"])
        seen["log"] = client.get(reverse("access-log"))
        assert {path: page.status_code for path, page in seen.items() if page.status_code != 200} == {}
        texts = {path: page.content.decode() for path, page in seen.items()}
        assert [path for path, text in texts.items() for secret in secrets if secret in text] == []

    def test_in_what_is_logged_or_printed(self, secrets, busy, caplog, receiver, offer):
        with caplog.at_level(logging.DEBUG):
            offer()
            deliver_due("webhook")
        shown = f"{busy!r} {busy} {vars(busy)} {OutboxMessage.objects.last()!r} {caplog.text}"
        assert [secret for secret in secrets if secret in shown] == []
        assert receiver.url not in caplog.text

    def test_in_the_message_that_is_sent(self, secrets, busy, receiver):
        said = " ".join(f"{delivery.headers} {delivery.body}" for delivery in receiver.deliveries)
        assert [secret for secret in secrets if secret in said] == []


def admin_pages(endpoint: WebhookEndpoint) -> list[str]:
    history = endpoint.history.all()
    return [
        *(reverse(f"admin:accounts_{model}_changelist") for model in REGISTERED),
        reverse("admin:accounts_webhookendpoint_change", args=[endpoint.pk]),
        reverse("admin:accounts_webhookendpoint_history", args=[endpoint.pk]),
        *(reverse("admin:accounts_webhookendpoint_simple_history", args=[endpoint.pk, each.pk]) for each in history),
    ]


REGISTERED = [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "accounts"]


def test_an_admin_address_that_is_no_uuid_is_not_found(administrator):
    assert administrator.get("/admin/accounts/webhookendpoint/geen-uuid/history/").status_code == 404


def test_the_names_of_organisations_are_shown(administrator, kenter):
    Organisation.objects.filter(slug="kenter").update(name="Kenter Jeugdhulp")
    assert "Kenter Jeugdhulp" in administrator.get(reverse("webhooks")).content.decode()


def test_plain_mail_needs_no_webhook(db):
    assert enqueue("note", "balie@kenter.example", "…", "…").endpoint is None
