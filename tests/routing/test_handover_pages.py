"""The page of one handover: its clock, a hand-back worded as one, and how it went told to the sender."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from routing.countdown import countdown
from routing.models import Handover
from routing.readback import ReadBack
from routing.services import accept, give_feedback, hand_back, sweep

from .conftest import TUESDAY_MORNING

pytestmark = pytest.mark.usefixtures("tuesday_morning")

KENTERS_CLIENT = {"category": "hgkm", "age": 16, "provider": "kenter", "related": False}


def page_of(client, handover) -> str:
    return unescape(client.get(reverse("handover", args=[handover.pk])).content.decode())


@pytest.fixture
def as_karin(client, karin):
    client.force_login(karin.user)
    return client


@pytest.fixture
def taken(wilma, vincent, routed) -> Handover:
    """Veilig Thuis took it from the ICD."""
    return accept(vincent, routed(wilma, **KENTERS_CLIENT))


@pytest.fixture
def given_back(taken, vincent) -> Handover:
    return hand_back(vincent, taken.case, ReadBack(situation="Weer rustig.", request="Neemt u terug?"))


# --- The clock -------------------------------------------------------------------------------------

LEFT = [
    # seconds until the time is up, words, why
    (12 * 60 + 5, "nog 12 minuten", "whole minutes, never more than there are"),
    (119, "nog 1 minuut", "one of them"),
    (59, "nog minder dan 1 minuut", "no minute left is not no time left"),
    (-1, "zojuist verlopen", "the sweep has yet to come by"),
    (-130, "2 minuten te laat", "it should have come by long ago"),
    (4 * 3600, "nog 4 u 0 min", "a hand-back has half a working day"),
]


@pytest.mark.parametrize(("seconds", "words", "why"), LEFT, ids=[row[2] for row in LEFT])
def test_the_time_that_is_left_in_words(seconds, words, why):
    due_at = TUESDAY_MORNING + timedelta(seconds=seconds)
    waiting = Handover(offered_at=TUESDAY_MORNING - timedelta(hours=1), due_at=due_at)
    assert countdown(waiting, TUESDAY_MORNING).text == words, why


def test_by_phone_no_clock_runs():
    assert countdown(Handover(offered_at=TUESDAY_MORNING), TUESDAY_MORNING) is None


def test_the_receiver_sees_the_clock_and_who_is_next(as_karin, wilma, routed):
    page = page_of(as_karin, routed(wilma))
    assert "cd-time-left" in page
    assert "Zonder antwoord vragen wij om 10:25 de volgende: GGZ inGeest" in page


def test_after_the_clock_the_page_says_so_and_the_next_is_the_second_hop(client, wilma, ingrid, routed):
    offered = routed(wilma)
    with time_machine.travel(TUESDAY_MORNING + timedelta(minutes=16), tick=True):
        sweep()
        following = Handover.objects.get(state="offered")
        client.force_login(wilma.user)
        expired = page_of(client, offered)
        client.force_login(ingrid.user)
        second = page_of(client, following)
    assert "antwoordde niet op tijd" in expired
    assert "De casus is toen aan de volgende aangeboden." in expired
    assert "2e organisatie die gevraagd is" in second


def test_a_wrong_number_that_is_helped_is_told_in_the_background(client, karin, wilma, routed):
    offered = routed(wilma)
    offered.background = "15 jaar. Verkeerd verbonden, toch geholpen"
    offered.save()
    client.force_login(karin.user)
    assert "Verkeerd verbonden, toch geholpen" in page_of(client, offered)


# --- A hand-back -------------------------------------------------------------------------------------


def test_a_hand_back_names_nobody_who_is_next(as_karin, given_back):
    page = page_of(as_karin, given_back)
    assert f"Teruggave van casus {given_back.case_id}" in page
    assert "geeft deze casus na de crisis terug aan" in page
    assert "is de eigen behandelaar" in page
    assert "Daarna" not in page
    assert "doorgeven aan de volgende" not in page


def test_a_refused_hand_back_is_not_said_to_go_on(as_karin, given_back):
    address = reverse("handover-decline", args=[given_back.pk])
    page = unescape(as_karin.post(address, {"reason": "not_target_group"}, follow=True).content.decode())
    assert f"neemt casus {given_back.case_id} niet terug" in page
    assert "is nu aangeboden aan" not in page


# --- How it went -----------------------------------------------------------------------------------


def tell(client, handover, text):
    return client.post(reverse("handover-feedback", args=[handover.pk]), {"feedback": text}, follow=True)


def test_the_receiver_tells_how_it_went_and_the_sender_reads_it(client, wilma, vincent, taken):
    client.force_login(vincent.user)
    assert "hoort graag hoe het ging" in page_of(client, taken)
    assert "Teruggekoppeld aan" in tell(client, taken, "Kind is veilig bij oma. 😟").content.decode()
    client.force_login(wilma.user)
    page = page_of(client, taken)
    assert "Kind is veilig bij oma. 😟" in page
    assert vincent.user.get_full_name() in page
    assert reverse("handover-feedback", args=[taken.pk]) not in page


@pytest.mark.parametrize("text", ["", "   ", "\x00"], ids=["nothing", "spaces", "a zero byte"])
def test_nothing_is_no_feedback(client, vincent, taken, text):
    client.force_login(vincent.user)
    page = tell(client, taken, text)
    assert page.status_code == 422
    taken.refresh_from_db()
    assert taken.feedback_at is None


def test_the_sender_waits_and_sees_that_it_is_late(client, wilma, taken):
    client.force_login(wilma.user)
    page = page_of(client, taken)
    assert "hoort graag hoe het ging" in page
    assert "Te laat" not in page
    assert reverse("handover-feedback", args=[taken.pk]) not in page
    taken.feedback_due_at = timezone.now() - timedelta(minutes=1)
    taken.save()
    assert "Te laat" in page_of(client, taken)


def test_feedback_is_given_once_and_what_was_typed_stays(client, vincent, taken):
    give_feedback(vincent, taken, "Goed.")
    client.force_login(vincent.user)
    again = tell(client, taken, "Nog eens, met meer.")
    assert again.status_code == 409
    assert "Nog eens, met meer." in again.content.decode()


def test_only_who_took_it_tells(client, wilma, ingrid, taken):
    for actor, status in ((wilma, 403), (ingrid, 404)):
        client.force_login(actor.user)
        assert tell(client, taken, "Goed.").status_code == status
