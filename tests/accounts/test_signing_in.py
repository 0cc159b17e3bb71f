"""Signing in, being sent to one's own work, and being kept out."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AccessLogEntry, User
from partners.actors import actor_of
from partners.demo import PASSWORD
from partners.models import Membership

pytestmark = pytest.mark.django_db

HOMES = [
    # who          where their work is
    ("worker", "/balie/"),
    ("vt", "/balie/"),
    ("kenter", "/inbox/"),
    ("ingeest", "/inbox/"),
    ("police", "/wie-bel-ik/"),
    ("manager", "/vandaag/"),
    ("directory", "/wie-bel-ik/"),
    ("privacy", "/inzagelog/"),
    ("admin", "/admin/"),
]


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("login"), {"username": username, "password": password})


@pytest.mark.parametrize(("username", "home"), HOMES)
def test_everybody_arrives_at_their_own_work(client, demo_users, username, home):
    assert sign_in(client, username).url == reverse("home")
    assert client.get(reverse("home")).url == home


def test_signing_in_and_out_is_logged(client, demo_users):
    sign_in(client, "vt")
    assert client.post(reverse("logout")).url == reverse("login")
    events = AccessLogEntry.objects.filter(user=demo_users["vt"]).order_by("id").values_list("event", "role")
    assert list(events) == [("account.signed_in", "vt_worker"), ("account.signed_out", "vt_worker")]


def test_signing_out_takes_a_button_not_a_link(client, demo_users):
    client.force_login(demo_users["vt"])
    assert client.get(reverse("logout")).status_code == 405


def test_a_wrong_password_is_refused_in_plain_words_and_logged(client, demo_users):
    page = sign_in(client, "vt", "verkeerd")
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert AccessLogEntry.objects.get().event == "account.sign_in_refused"


def test_after_signing_in_one_returns_to_the_page_asked_for(client, demo_users):
    asked = client.get(reverse("access-log"))
    assert asked.url == f"{reverse('login')}?next=/inzagelog/"
    answer = client.post(asked.url, {"username": "privacy", "password": PASSWORD, "next": "/inzagelog/"})
    assert answer.url == "/inzagelog/"


def test_but_never_to_another_site(client, demo_users):
    answer = client.post(reverse("login"), {"username": "vt", "password": PASSWORD, "next": "https://elders.example/"})
    assert answer.url == reverse("home")


def test_ten_wrong_passwords_lock_the_name_out(client, demo_users):
    for _ in range(9):
        assert sign_in(client, "vt", "verkeerd").status_code == 200
    locked = sign_in(client, "vt", "verkeerd")
    assert locked.status_code == 429
    assert "accounts/locked_out.html" in [template.name for template in locked.templates]
    assert sign_in(client, "vt").status_code == 429, "the right password no longer helps"


def test_a_lockout_is_of_one_name_at_one_address(client, demo_users):
    for _ in range(10):
        sign_in(client, "vt", "verkeerd")
    assert sign_in(client, "kenter").status_code == 302
    elsewhere = {"username": "vt", "password": PASSWORD}
    assert client.post(reverse("login"), elsewhere, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_without_a_valid_membership_a_page_says_what_to_do(client, stranger):
    client.force_login(stranger)
    page = client.get(reverse("home"))
    assert page.status_code == 403
    assert "Vraag uw beheerder" in page.content.decode()


MEMBERSHIPS = [
    # from          until         role today        why
    ("2020-01-01", None, "vt_worker", "until further notice"),
    ("2020-01-01", "today", "vt_worker", "the last day counts"),
    ("2020-01-01", "yesterday", "", "it has ended"),
    ("today", None, "vt_worker", "the first day counts"),
    ("tomorrow", None, "", "it has not begun"),
]  # fmt: skip


@pytest.mark.parametrize(("since", "until", "role", "why"), MEMBERSHIPS)
def test_a_membership_holds_from_its_first_day_to_its_last(demo_users, time_machine, since, until, role, why):
    # Ten past midnight in Amsterdam: in UTC it is still the day before.
    time_machine.move_to("2026-06-15T00:10:00+02:00", tick=False)
    days = {"yesterday": "2026-06-14", "today": "2026-06-15", "tomorrow": "2026-06-16"}
    Membership.objects.filter(user=demo_users["vt"]).update(
        valid_from=days.get(since, since), valid_until=days.get(until, until)
    )
    assert actor_of(demo_users["vt"]).role == role, why


def test_the_navigation_holds_the_pages_of_the_role(client, demo_users):
    client.force_login(demo_users["privacy"])
    navigation = client.get(reverse("access-log")).context["navigation"]
    assert [(url, current) for url, _label, current in navigation] == [
        ("/inzagelog/", True),
        ("/noodknop/beoordelen/", False),
    ]


def test_the_language_can_be_switched_before_signing_in(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/aanmelden/"})
    assert client.get(reverse("login")).headers["Content-Language"] == "en"


def test_the_address_behind_our_proxy_is_the_one_our_proxy_saw(client, demo_users, settings):
    settings.BEHIND_TLS = True
    client.post(
        reverse("login"),
        {"username": "vt", "password": "verkeerd"},
        headers={"X-Forwarded-For": "127.0.0.1, 192.0.2.44"},
    )
    assert AccessLogEntry.objects.get().source == "192.0.2.44"


def test_demo_accounts_are_made_once_and_printed(demo_users, capsys, settings):
    settings.DEMO_ACCOUNTS = True
    before = dict(User.objects.values_list("username", "password"))
    call_command("demo_accounts")
    assert dict(User.objects.values_list("username", "password")) == before
    assert Membership.objects.count() == 9
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        [username, PASSWORD] for username, _home in HOMES
    ]


def test_demo_accounts_are_refused_on_a_real_site(settings):
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(CommandError, match="DEMO_ACCOUNTS"):
        call_command("demo_accounts")


def test_demo_accounts_need_the_region(settings):
    settings.DEMO_ACCOUNTS = True
    with pytest.raises(CommandError, match="load_region"):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_a_name_longer_than_any_is_refused_like_another(client):
    refused = sign_in(client, "x" * 300)

    assert refused.status_code == 200
    assert refused.context["form"].errors
