"""A person's steps with the people of a case: looked for, added, related, merged and taken apart, on any screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from routing.models import Case
from routing.services import accept
from tests.routing.conftest import routed, vincent, wilma

from .conftest import DESKTOP, PHONE
from .test_accessibility import SMALLEST, violations

__all__ = ["routed", "vincent", "wilma"]

pytestmark = pytest.mark.browser

BSN = "123456782"
PERSON = re.compile(r"/casus/\d+/mensen/\d+/$")


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


@pytest.fixture
def look(page: Page, axe_source, refused_by_csp):
    """Looks at a page on every screen; at the end nothing may have been found."""
    found: list[str] = []

    def looked() -> None:
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            found.extend(f"{page.url} at {viewport['width']}: {each}" for each in violations(page, axe_source))
        page.set_viewport_size(SMALLEST)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url}: scrolls sideways")
        page.set_viewport_size(DESKTOP)

    yield looked
    assert found + refused_by_csp == []


def add(page: Page, case: Case, link: str, **typed: str) -> None:
    page.goto(f"/casus/{case.pk}/mensen/")
    page.get_by_role("link", name=link).click()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("nieuwe persoon toevoegen", re.IGNORECASE))).to_be_visible()


def test_from_the_first_name_to_one_person(page: Page, sign_in, case, look):
    sign_in(page, "vt")
    page.goto(f"/casus/{case.pk}/")
    page.get_by_role("link", name="Mensen").click()
    look()
    add(page, case, "Betrokkene toevoegen", Voornamen="Sanne", Achternaam="Meijer", Geboortedatum="1-2-2018", BSN=BSN)
    look()
    page.get_by_role("button", name="Nieuwe persoon toevoegen").click()
    page.wait_for_url(PERSON)
    look()
    expect(page.get_by_text("*****6782")).to_be_visible()
    page.get_by_label("Waarvoor hebt u het BSN nodig?").select_option("identity")
    page.get_by_role("button", name="Toon BSN").click()
    expect(page.get_by_text(BSN)).to_be_visible()
    assert BSN not in page.url

    add(page, case, "Gezin of familie", Voornamen="Sanne", Achternaam="Meyer", Geboortedatum="2-1-2018")
    expect(page.get_by_text("Waarschijnlijk dezelfde")).to_be_visible()
    look()
    page.get_by_role("button", name="Toch een nieuwe persoon toevoegen").click()
    page.wait_for_url(PERSON)
    page.get_by_role("link", name="Vergelijk met Sanne Meijer").click()
    look()
    page.get_by_role("button", name="Samenvoegen").click()
    page.wait_for_url(PERSON)
    look()
    page.get_by_role("button", name="Samenvoegen ongedaan maken").click()
    expect(page.get_by_role("main")).to_contain_text("Het zijn weer twee personen")


def test_without_javascript_at_a_phone_relations_and_households(visitor, sign_in, case):
    page = visitor(java_script_enabled=False)
    page.set_viewport_size(PHONE)
    sign_in(page, "vt")
    for link, name in (("Betrokkene", "Kind"), ("Gezin of familie", "Moeder"), ("Melder", "Buur")):
        add(page, case, f"{link} toevoegen", Voornamen=name, Achternaam=f"{name}straat")
        page.get_by_role("button", name=re.compile("ieuwe persoon toevoegen")).click()
        page.wait_for_url(PERSON)
    page.goto(f"/casus/{case.pk}/mensen/")
    page.get_by_text("Relatie toevoegen").click()
    page.get_by_label("Wie", exact=True).select_option("Moeder Moederstraat")
    page.get_by_label("Relatie", exact=True).select_option("ouder van")
    page.get_by_label("van wie").select_option("Kind Kindstraat")
    page.get_by_role("button", name="Relatie vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("Moeder Moederstraat ouder van Kind Kindstraat")
    page.get_by_text("Huishouden toevoegen").click()
    page.get_by_role("checkbox", name="Kind Kindstraat").check()
    page.locator("#huishouden-postcode").fill("fout")
    page.get_by_role("button", name="Huishouden vastleggen").click()
    expect(page.get_by_text("Vul de postcode in als 1234 AB.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Kind Kindstraat")).to_be_checked()
    page.locator("#huishouden-postcode").fill("2012 cd")
    page.get_by_role("button", name="Huishouden vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("2012CD")
