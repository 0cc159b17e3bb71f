"""Two people in two browsers: what one does, the other sees within three seconds; and what a lost line does."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from routing.alarms import raise_alarm
from routing.models import Alarm, Handover
from routing.services import withdraw
from tests.routing.conftest import routed, wilma

from .conftest import DESKTOP, PHONE
from .person import Person
from .test_accessibility import violations

__all__ = ["routed", "wilma"]

pytestmark = pytest.mark.browser

# Violence at home is for Veilig Thuis at any hour, so the real clock may run.
HGKM = {"category": "hgkm", "age": 8}
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
AT_ONCE = 3_000


@pytest.fixture
def wilma_s_page(visitor, sign_in) -> Page:
    page = visitor()
    sign_in(page, "worker")
    return page


@pytest.fixture
def vincent_s_page(visitor, sign_in) -> Page:
    page = visitor()
    sign_in(page, "vt")
    return page


def test_what_one_hands_over_the_other_sees_and_takes(wilma_s_page, vincent_s_page, visitor, sign_in, refused_by_csp):
    desk, switchboard = wilma_s_page, visitor()
    sign_in(switchboard, "manager")
    switchboard.goto("/centrale/")
    vincent_s_page.goto("/inbox/")
    worker = Person(desk)
    worker.start_call()
    worker.answer(HIT_CHILD)
    worker.saved()
    worker.read_back()
    worker.confirm()

    handover = Handover.objects.get()
    offer = vincent_s_page.locator(f"#aanbod-{handover.pk}")
    offer.wait_for(timeout=AT_ONCE)
    switchboard.locator(f"#rij-{handover.pk}").wait_for(timeout=AT_ONCE)
    expect(vincent_s_page).to_have_title(re.compile(r"^\(1\) Inbox"))
    expect(vincent_s_page.locator("[data-live-says]")).to_contain_text(f"Nieuw: casus {handover.case_id}")

    desk.goto("/inbox/")
    sent = desk.locator(f"#uit-{handover.pk}")
    expect(sent).to_contain_text("aangeboden")
    offer.get_by_role("button", name="Aannemen").click()
    expect(vincent_s_page.get_by_role("main")).to_contain_text("Regie: Veilig Thuis Kennemerland")
    expect(sent).to_contain_text("geaccepteerd", timeout=AT_ONCE)
    expect(switchboard.locator(f"#rij-{handover.pk}")).to_have_count(0, timeout=AT_ONCE)
    desk.goto(f"/casus/{handover.case_id}/")
    expect(desk.get_by_role("main")).to_contain_text("Regie: Veilig Thuis Kennemerland")
    assert refused_by_csp == []


def test_a_decline_without_reason_is_refused_at_the_field(vincent_s_page, wilma, routed):
    handover = routed(wilma, **HGKM)
    vincent_s_page.goto("/inbox/")
    refusal = vincent_s_page.locator(f"#weigeren-{handover.pk}")
    refusal.locator("summary").click()
    refusal.get_by_role("button", name="Weigeren").click()
    expect(vincent_s_page.locator("#id_reason_error")).to_have_text("Kies een reden.")
    handover.refresh_from_db()
    assert handover.state == "offered"


def test_what_is_typed_outlives_the_offer(vincent_s_page, wilma, routed):
    handover, page = routed(wilma, **HGKM), vincent_s_page
    page.goto("/inbox/")
    page.locator(f"#weigeren-{handover.pk} summary").click()
    note = page.locator(f"#weiger-{handover.pk}-note")
    note.press_sequentially("Wij zijn al")
    withdraw(wilma, handover, "Dubbel")
    expect(page.locator(f"#aanbod-{handover.pk}")).to_have_count(0, timeout=AT_ONCE)
    expect(page.get_by_role("heading", name="Intussen weg")).to_be_visible()
    expect(note).to_have_value("Wij zijn al")
    expect(note).to_be_focused()


def test_a_lost_connection_is_said_and_its_end_too(vincent_s_page):
    page = vincent_s_page
    page.goto("/inbox/")
    lost = page.locator("[data-lost-connection]")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_be_hidden()


def test_the_clock_ticks_and_moves_on_by_itself(vincent_s_page, wilma, routed):
    handover, page = routed(wilma, **HGKM), vincent_s_page
    now = timezone.now()
    Handover.objects.filter(pk=handover.pk).update(
        offered_at=now - timedelta(minutes=15), due_at=now + timedelta(seconds=8)
    )
    page.goto("/inbox/")
    clock = page.locator(f"#aanbod-{handover.pk} [data-clock]")
    expect(clock).to_contain_text(re.compile(r"nog 0:0\d"))
    expect(clock).to_contain_text("tijd is om", timeout=10_000)
    expect(clock).to_contain_text(re.compile(r"0:\d\d te laat"))
    expect(page.locator(f"#aanbod-{handover.pk}")).to_have_class(re.compile("board-row--over"))


def test_the_session_that_ended_leads_to_the_sign_in_page(vincent_s_page):
    vincent_s_page.goto("/inbox/")
    vincent_s_page.context.clear_cookies()
    vincent_s_page.wait_for_url(re.compile("/aanmelden/"))


def test_choices_are_kept_and_sound_is_off_until_switched_on(vincent_s_page):
    page = vincent_s_page
    page.goto("/inbox/")
    sound, badge = page.get_by_label("Geluid bij iets nieuws"), page.get_by_label("Aantal in de titel")
    expect(sound).not_to_be_checked()
    expect(badge).to_be_checked()
    sound.check()
    badge.uncheck()
    page.reload()
    expect(sound).to_be_checked()
    expect(badge).not_to_be_checked()


def test_the_switchboard_with_everything_on_it_is_usable_by_everybody(
    page: Page, sign_in, wilma, routed, kennemerland, axe_source
):
    now = timezone.now()
    for minutes in (14, 6, 1, -4):
        handover = routed(wilma, **HGKM)
        times = {"offered_at": now - timedelta(minutes=15 - minutes), "due_at": now + timedelta(minutes=minutes)}
        Handover.objects.filter(pk=handover.pk).update(**times)
    routed(wilma, category="somatic")
    raise_alarm(kennemerland, Alarm.Kind.EMERGENCY_UNANSWERED, "Casus 7: 112 niet bereikt.", handover.case)
    sign_in(page, "manager")
    page.goto("/centrale/")
    page.get_by_text("Een dienst omleiden").click()
    found = []
    for viewport in (DESKTOP, PHONE, PHONE | {"width": 320}):
        page.set_viewport_size(viewport)
        found += violations(page, axe_source)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"scrolls sideways at {viewport['width']} px")
    assert found == []
    page.get_by_role("button", name="Gezien, ik handel").click()
    expect(page.get_by_role("main")).to_contain_text("U handelt dit alarm af.")
