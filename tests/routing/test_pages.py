"""The pages of the partner desk, as the server renders them."""

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from routing.models import Handover
from routing.services import accept, decline

pytestmark = pytest.mark.usefixtures("tuesday_morning")


@pytest.fixture
def as_karin(client, karin):
    client.force_login(karin.user)
    return client


def test_the_inbox_shows_what_waits(as_karin, wilma, routed):
    handover = routed(wilma)
    page = as_karin.get(reverse("inbox"))
    assert page.status_code == 200
    assert f"Casus {handover.case_id}" in page.content.decode()
    assert "Wacht minder dan 1 min" in page.content.decode()


def test_the_inbox_tells_what_it_is_about_and_nothing_of_a_person(as_karin, wilma, routed):
    handover = routed(wilma)
    page = as_karin.get(reverse("inbox")).content.decode()
    assert "Psychisch (GGZ) · 12-17 jaar · Haarlem" in page
    assert handover.situation not in page

    assert handover.situation in as_karin.get(reverse("handover", args=[handover.pk])).content.decode()
    read = AccessLogEntry.objects.get(event="handover.read")
    assert (read.user.username, read.record_id, read.rule) == ("kenter", str(handover.pk), "asked")


def test_the_poll_gets_the_lists_only(as_karin, wilma, routed):
    routed(wilma)
    page = as_karin.get(reverse("inbox"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "hx-preserve" in page


def test_accepting_opens_the_case(as_karin, wilma, routed):
    handover = routed(wilma)
    response = as_karin.post(reverse("handover-accept", args=[handover.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("case", args=[handover.case_id])
    assert "Kenter" in response.content.decode()


def test_declining_offers_it_to_the_next(as_karin, wilma, routed):
    handover = routed(wilma)
    page = as_karin.post(reverse("handover-decline", args=[handover.pk]), {"reason": "capacity"}, follow=True)
    assert "GGZ inGeest" in page.content.decode()
    assert Handover.objects.get(state="offered").service.slug == "ggz-ingeest"


@pytest.mark.parametrize(
    ("given", "message"), [({}, "Kies een reden."), ({"reason": "other", "note": ""}, "waarom u weigert")]
)
def test_a_decline_without_reason_says_so_and_changes_nothing(as_karin, wilma, routed, given, message):
    handover = routed(wilma)
    page = as_karin.post(reverse("handover-decline", args=[handover.pk]), given)
    assert page.status_code == 422
    assert message in page.content.decode()
    handover.refresh_from_db()
    assert handover.state == "offered"


def test_a_decline_that_came_too_late_loses_no_text(as_karin, wilma, karin, routed):
    handover = accept(karin, routed(wilma))
    page = as_karin.post(
        reverse("handover-decline", args=[handover.pk]), {"reason": "other", "note": "Twee collega's ziek"}
    )
    assert page.status_code == 409
    assert "Twee collega" in page.content.decode()


def test_the_handover_says_why_and_who_is_next(as_karin, wilma, routed):
    page = as_karin.get(reverse("handover", args=[routed(wilma).pk])).content.decode()
    assert "binnen de uren van Kenter" in page
    assert "GGZ inGeest" in page


def test_the_duty_lead_is_not_offered_a_refusal(client, wilma, vincent, karin, ingrid, routed):
    last = decline(ingrid, decline(karin, routed(vincent), "capacity"), "capacity")
    client.force_login(wilma.user)
    for page in (reverse("inbox"), reverse("handover", args=[last.pk])):
        shown = client.get(page).content.decode()
        assert "achterwacht" in shown
        assert reverse("handover-decline", args=[last.pk]) not in shown


def test_the_sender_records_the_phone(client, wilma, routed):
    handover = routed(wilma, category="somatic")
    client.force_login(wilma.user)
    assert "Antwoord aan de telefoon vastleggen" in client.get(reverse("inbox")).content.decode()
    client.post(reverse("handover-phone", args=[handover.pk]), {"accepted_by_name": "dr. Jansen"})
    handover.refresh_from_db()
    assert (handover.state, handover.accepted_by_name) == ("accepted", "dr. Jansen")


def test_nobody_at_the_gp_picks_up(client, wilma, routed):
    """By day the huisartsenpost is closed, so the duty lead is next: here the sender's own."""
    handover = routed(wilma, category="somatic")
    client.force_login(wilma.user)
    client.post(reverse("handover-phone", args=[handover.pk]), {"no_answer": "true"})
    following = Handover.objects.get(state="accepted")
    assert following.service.slug == "icd-kennemerland-duty"


def test_withdrawing_needs_a_reason(client, wilma, routed):
    handover = routed(wilma)
    client.force_login(wilma.user)
    assert client.post(reverse("handover-withdraw", args=[handover.pk])).status_code == 422
    client.post(reverse("handover-withdraw", args=[handover.pk]), {"reason": "Dubbel"})
    handover.refresh_from_db()
    assert handover.state == "withdrawn"


@pytest.mark.parametrize("name", ["handover", "handover-accept", "handover-decline", "handover-phone"])
def test_another_organisation_finds_nothing_and_the_attempt_is_logged(client, vincent, wilma, routed, name):
    handover = routed(wilma)
    client.force_login(vincent.user)
    method = client.get if name == "handover" else client.post
    assert method(reverse(name, args=[handover.pk])).status_code == 404
    assert AccessLogEntry.objects.filter(event="handover.refused", outcome="refused").exists()


def test_the_first_line_has_no_inbox(client, kennemerland, demo_users):
    client.force_login(demo_users["police"])
    assert client.get(reverse("inbox")).status_code == 403
