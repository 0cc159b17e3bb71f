"""The second language: whoever reads English can do the same work, and what others will read stays Dutch."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import OutboxMessage
from partners.actors import actor_of
from routing.core import Facts
from routing.models import Handover, RuleSet
from routing.selectors import answer
from routing.services import decline
from triage.services import log_contact, save_draft, start_draft

pytestmark = pytest.mark.django_db

HIT_CHILD = {
    "narrative": "De buurvrouw hoort dat een kind wordt geslagen.",
    "callback_number": "06 12345678",
    "danger": "no",
    "category": "hgkm",
    "age": "9",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "police",
}
# A Tuesday morning, the last minute before Kenter opens: the answer also says who it is one minute later.
BEFORE_OPENING = datetime(2026, 11, 24, 8, 29, tzinfo=ZoneInfo("Europe/Amsterdam"))
GIRL_OF_15 = Facts(
    category="ggz",
    age=15,
    municipality="GM0392",
    danger=False,
    provider="",
    hospital=False,
    suicidal=False,
    dissatisfied=False,
    new_crisis=False,
)
PAGES = [
    ("worker", "/balie/", "New call", "the desk"),
    ("worker", "/balie/{draft}/", "Read back and hand over", "a call"),
    ("worker", "/balie/{draft}/", '<legend lang="nl">Is er nu direct gevaar', "the questions are the region's"),
    ("police", "/wie-bel-ik/", "All services of Kennemerland", "the lookup"),
    ("police", "/wie-bel-ik/?category=hgkm", '<dd lang="nl">', "the sentence of the agreement is the region's"),
    ("vt", "/inbox/", "1 case is waiting for your answer", "the inbox, in the singular"),
    ("kenter", "/inbox/", "0 cases are waiting for your answer", "the inbox, in the plural"),
    ("vt", "/overdracht/{handover}/", "Decline with a reason", "a handover"),
    ("manager", "/vandaag/", "waiting for acceptance", "the board"),
    ("directory", "/afspraken/{rules}/", "Existing client: their own care provider", "the agreement"),
    ("directory", "/gids/", "Directory of Kennemerland", "the directory"),
    ("privacy", "/inzagelog/", "handover offered", "the access log"),
]


@pytest.fixture
def a_day(kennemerland, demo_users) -> dict[str, object]:
    """A call in progress and a case that waits for Veilig Thuis."""
    wilma = actor_of(demo_users["worker"])
    draft = save_draft(wilma, start_draft(wilma).pk, HIT_CHILD, revision=1)
    log_contact(wilma, HIT_CHILD)
    return {"draft": draft.pk, "handover": Handover.objects.get().pk, "rules": RuleSet.objects.get().pk}


@pytest.mark.parametrize(("username", "path", "text", "why"), PAGES)
def test_a_page_speaks_english(client, demo_users, a_day, username, path, text, why):
    client.force_login(demo_users[username])
    page = client.get(path.format(**a_day), headers={"Accept-Language": "en-GB,en;q=0.9"}).content.decode()
    assert '<html lang="en">' in page
    assert text.lower() in page.lower(), why


def test_a_choice_for_english_stays(client, demo_users, a_day):
    client.force_login(demo_users["worker"])
    client.post(reverse("set_language"), {"language": "en", "next": "/balie/"})
    assert "New call" in client.get("/balie/", headers={"Accept-Language": "nl"}).content.decode()


def test_a_message_about_a_handover_is_dutch_whoever_caused_it(a_day, demo_users):
    with override("en"):
        decline(actor_of(demo_users["vt"]), Handover.objects.get(), reason="capacity", note="")
    told = OutboxMessage.objects.filter(kind="handover.declined").get()
    assert "is geweigerd" in told.subject
    assert "geen capaciteit" in told.body


def test_an_answer_is_the_same_in_every_language(kennemerland):
    """It is read aloud, kept with the case and read by the next organisation."""
    dutch = answer("kennemerland", GIRL_OF_15, BEFORE_OPENING).document
    with override("en"):
        assert answer("kennemerland", GIRL_OF_15, BEFORE_OPENING).document == dutch
    assert "een minuut later" in str(dutch["what_if"])
