"""Vincent takes a report to its end on his phone, without JavaScript, and records the measure that follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from partners.actors import actor_of
from routing.services import accept
from tests.routing.conftest import routed

from .conftest import PHONE

__all__ = ["routed"]

pytestmark = pytest.mark.browser


@pytest.fixture
def case(kennemerland, demo_users, routed) -> int:
    wilma, vincent = actor_of(demo_users["worker"]), actor_of(demo_users["vt"])
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case_id


@pytest.fixture
def phone(visitor, sign_in) -> Page:
    page = visitor(java_script_enabled=False)
    page.set_viewport_size(PHONE)
    sign_in(page, "vt")
    return page


def act(page: Page, name: str, said: str = "", **filled: str) -> None:
    """Opens the act, fills it in and sends it; the page answers with what was recorded."""
    details = page.locator("details").filter(has=page.locator("summary", has_text=name)).first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    for field, given in filled.items():
        control = details.locator(f"[name={field}]")
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(given)
        else:
            control.fill(given)
    details.get_by_role("button").click()
    expect(page.get_by_text(f"Vastgelegd: {said or name}.")).to_be_visible()


def test_a_report_to_its_end(phone, case):
    today, later = timezone.localdate(), timezone.localdate() + timedelta(days=14)
    phone.goto(reverse("case-vt", args=[case]))
    act(phone, "Veiligheid beoordelen", outcome="unsafe", note="Blauwe plekken.", children_seen="yes")
    act(phone, "Uitkomst van de triage vastleggen", note="Samen.", kind="local_team", carrier_name="wijkteam")
    act(phone, "Hoe staat het ermee?", "Vervolgstap bijwerken", status="accepted")
    act(phone, "Onderzoek beginnen", note="Letsel past niet.")
    act(phone, "Onderzoek besluiten", spoken_with="School.", findings="Vaker letsel.", conclusion="confirmed")
    act(phone, "Voorwaarde stellen", what="Niet alleen met vader.", who="moeder", until=f"{later}")
    act(phone, "Monitoring beginnen", planned_on=f"{later}")
    expect(phone.get_by_text("elk gepland vervolggesprek is gehouden of vervallen")).to_be_visible()
    act(phone, "Is eraan voldaan?", "Voorwaarde beoordelen", status="met", note="Gezien.")
    act(phone, "Is het doorgegaan?", "Vervolggesprek vastleggen", status="held", held_on=f"{today}", note="Gaat goed.")
    act(phone, "Dossier afsluiten", note="Veilig genoeg.")
    expect(phone.get_by_role("heading", name="Stand: afgesloten")).to_be_visible()


def test_a_measure(phone, case):
    today = timezone.localdate()
    phone.goto(reverse("case-measures", args=[case]))
    phone.locator("summary", has_text="Nieuwe maatregel").click()
    phone.get_by_label("Welke maatregel?").select_option("guardianship")
    phone.get_by_label("Welke gecertificeerde instelling?").select_option("wss")
    phone.get_by_label("Kennisgeving aan de instelling").fill(f"{today}")
    phone.get_by_label("Jeugdbeschermer gekoppeld").fill(f"{today - timedelta(days=1)}")
    phone.get_by_role("button", name="Maatregel vastleggen").click()
    expect(phone.get_by_text("Dit is vóór «Kennisgeving aan de instelling».")).to_be_visible()
    phone.get_by_label("Jeugdbeschermer gekoppeld").fill(f"{today}")
    phone.get_by_label("Jeugdbeschermer", exact=True).fill("J. de Beschermer")
    phone.get_by_role("button", name="Maatregel vastleggen").click()
    expect(phone.get_by_role("heading", name="Voogdij")).to_be_visible()
