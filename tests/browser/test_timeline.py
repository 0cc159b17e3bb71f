"""A case in a real browser: an order is imposed, a task is asked, and both stand on the timeline and on paper."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import AccessLogEntry
from dossiers.models import Person
from routing.services import accept
from tests.routing.conftest import routed, vincent, wilma

from .conftest import DESKTOP, PHONE
from .test_accessibility import violations

__all__ = ["routed", "vincent", "wilma"]

pytestmark = pytest.mark.browser


@pytest.fixture
def case(wilma, vincent, routed):
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    jan = Person.objects.create(given_name="Jan", surname="Bakker", born=date(1985, 5, 1))
    case.people.create(person=jan, role="family", since=timezone.now())
    return case


def test_from_an_order_to_the_timeline(page: Page, sign_in, case, axe_source, refused_by_csp):
    sign_in(page, "vt")
    found = []
    page.goto(f"/casus/{case.pk}/acties/")
    found += looked_at(page, axe_source)
    page.get_by_role("link", name="Tijdelijk huisverbod").click()
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.locator("#actie-person_error")).to_contain_text("Kies op wie dit betrekking heeft")
    found += looked_at(page, axe_source)
    page.get_by_label("Wie betreft het?").select_option(label="Jan Bakker")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("loopt af")
    page.get_by_role("link", name="Tijdelijk huisverbod", exact=False).last.click()
    for section in ("Beëindigen", "Verlengen", "Wijzigen"):
        page.locator("summary", has_text=section).click()
    found += looked_at(page, axe_source)
    page.goto(f"/casus/{case.pk}/taken/")
    page.get_by_label("Wat moet er gebeuren?").fill("Bel de school.")
    page.get_by_role("button", name="Taak vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("Bel de school.")
    for address in ("", "taken/", "professionals/", "tijdlijn/"):
        page.goto(f"/casus/{case.pk}/{address}")
        found += looked_at(page, axe_source)
    page.goto("/taken/")
    found += looked_at(page, axe_source)
    assert found + refused_by_csp == []


def test_the_timeline_is_filtered_without_javascript(visitor, sign_in, case):
    page = visitor(java_script_enabled=False)
    sign_in(page, "vt")
    page.goto(f"/casus/{case.pk}/tijdlijn/")
    everything = page.locator(".cd-timeline__entry").count()
    page.locator("summary", has_text="Filteren").click()
    page.get_by_label("Soort").select_option(label="regie")
    page.get_by_role("button", name="Tonen").click()
    expect(page.get_by_role("main")).to_contain_text(f"2 van {everything} gebeurtenissen")
    assert page.locator(".cd-timeline__entry").count() == 2


def test_who_printed_stands_on_paper(page: Page, sign_in, case, axe_source, refused_by_csp):
    page.add_init_script("window.print = () => { document.title = 'afgedrukt' }")
    sign_in(page, "vt")
    page.goto(f"/casus/{case.pk}/tijdlijn/")
    page.get_by_role("link", name="Afdrukken").click()
    expect(page).to_have_title("afgedrukt")
    expect(page.locator(".cd-paper__foot")).to_contain_text("Afgedrukt door Vincent")
    page.emulate_media(media="print")
    expect(page.locator(".cd-header")).to_be_hidden()
    expect(page.locator(".cd-paper__foot")).to_be_visible()
    assert AccessLogEntry.objects.filter(event="case.printed", subject=str(case.pk)).count() == 1
    assert refused_by_csp == []


def looked_at(page: Page, axe_source: str) -> list[str]:
    """What axe finds, and sideways scrolling, on a wide and a narrow screen."""
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found += [f"{page.url} {size['width']}: {problem}" for problem in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} {size['width']}: scrolls sideways")
    page.set_viewport_size(DESKTOP)
    return found
