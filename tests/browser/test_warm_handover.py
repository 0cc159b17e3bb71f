"""From a call to the own provider and back: Wilma, Vincent (Veilig Thuis) and Karin (Kenter), each at their desk."""

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.routing.conftest import TUESDAY_MORNING, routed, wilma

from .conftest import DESKTOP, PHONE
from .test_accessibility import violations

__all__ = ["routed", "wilma"]

pytestmark = pytest.mark.browser

KENTERS_CLIENT = {"category": "hgkm", "age": 16, "provider": "kenter", "related": False}


@pytest.fixture
def clock():
    with time_machine.travel(TUESDAY_MORNING, tick=False) as traveller:
        yield traveller


def test_there_and_back_with_one_lead_at_every_moment(
    clock, visitor, sign_in, wilma, routed, axe_source, refused_by_csp
):
    handover = routed(wilma, **KENTERS_CLIENT)
    vincent, karin = visitor(), visitor()
    sign_in(vincent, "vt")
    sign_in(karin, "kenter")

    vincent.goto(f"/overdracht/{handover.pk}/")
    expect(vincent.get_by_role("main")).to_contain_text("Zonder antwoord")
    found = looked_at(vincent, axe_source)
    clock.shift(120)
    vincent.get_by_role("button", name="Aannemen").click()
    expect(vincent.get_by_role("main")).to_contain_text("Regie: Veilig Thuis Kennemerland")
    adds_a_note(vincent)
    holds_a_consultation(vincent)
    found += looked_at(vincent, axe_source)
    clock.shift(3600)
    tells_how_it_went(vincent, handover.pk)
    hands_back(vincent, handover.case_id)

    karin.goto("/inbox/")
    karin.get_by_role("link", name=f"Casus {handover.case_id}").click()
    expect(karin.get_by_role("heading", level=1)).to_have_text(f"Teruggave van casus {handover.case_id}")
    found += looked_at(karin, axe_source)
    clock.shift(600)
    karin.get_by_role("button", name="Aannemen").click()
    karin.get_by_role("link", name="Regie", exact=True).click()
    expect(karin.locator(".cd-leads__period")).to_have_count(3)
    expect(karin.get_by_text("Op elk moment was er precies één regiehouder")).to_be_visible()
    found += looked_at(karin, axe_source)
    assert found + refused_by_csp == []


def adds_a_note(page: Page) -> None:
    page.get_by_role("textbox", name="Notitie").fill("Vader is weg, moeder is rustig.")
    page.get_by_role("button", name="Notitie toevoegen").click()
    expect(page.get_by_text("Vader is weg, moeder is rustig.")).to_be_visible()


def holds_a_consultation(page: Page) -> None:
    """GGZ inGeest is asked for and stands there ticked; the police is added."""
    page.locator("#overleg-vastleggen summary").click()
    expect(page.get_by_role("checkbox", name="GGZ inGeest")).to_be_checked()
    page.get_by_role("checkbox", name="Politie", exact=True).check()
    page.get_by_label("Wat kwam eruit?").select_option("joint")
    page.get_by_role("button", name="Overleg bewaren").click()
    expect(page.get_by_role("heading", name="Gehouden overleg")).to_be_visible()


def tells_how_it_went(page: Page, pk: int) -> None:
    page.goto(f"/overdracht/{pk}/")
    page.get_by_label("Hoe is het gegaan?").fill("Er is een veiligheidsplan.")
    page.get_by_role("button", name="Terugkoppelen").click()
    expect(page.get_by_text("Er is een veiligheidsplan.")).to_be_visible()


def hands_back(page: Page, case: int) -> None:
    page.goto(f"/casus/{case}/")
    page.locator("#teruggeven summary").click()
    page.get_by_role("textbox", name="Vraag", exact=True).fill("Pakt u de behandeling weer op?")
    page.get_by_role("button", name="Teruggeven", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Teruggave van casus {case}")


def looked_at(page: Page, axe_source: str) -> list[str]:
    """What axe finds, and sideways scrolling, on a wide and a narrow screen."""
    found = []
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        found += [f"{page.url} at {viewport['width']}: {each}" for each in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} scrolls sideways at {viewport['width']} px")
    return found
