"""A partner's steps: an offer comes in, is half refused, and is accepted; the case opens with its record."""

import pytest
from playwright.sync_api import Page, expect

from tests.routing.conftest import routed, wilma

from .conftest import DESKTOP, PHONE
from .test_accessibility import violations

__all__ = ["routed", "wilma"]

pytestmark = pytest.mark.browser

# Violence at home is for Veilig Thuis at any hour, so the real clock may run.
HGKM = {"category": "hgkm", "age": 8}


def test_a_half_typed_refusal_survives_the_poll(page: Page, sign_in, wilma, routed):
    first = routed(wilma, **HGKM)
    sign_in(page, "vt")
    page.goto("/inbox/")
    page.locator(f"#weigeren-{first.pk} summary").click()
    note = page.locator(f"#weiger-{first.pk}-note")
    note.fill("Wij zijn al ter")
    second = routed(wilma, **HGKM)
    with page.expect_response(lambda response: response.url.endswith("/inbox/"), timeout=15_000):
        pass
    expect(page.locator(f"#aanbod-{second.pk}")).to_be_visible()
    expect(note).to_have_value("Wij zijn al ter")
    expect(note).to_be_focused()
    note.press_sequentially(" plaatse")
    page.locator(f"#weiger-{first.pk}-reason").select_option("other_help_active")
    page.locator(f"#weigeren-{first.pk}").get_by_role("button", name="Weigeren").click()
    expect(page.get_by_role("main")).to_contain_text("is nu aangeboden aan")
    first.refresh_from_db()
    assert (first.state, first.decline_note) == ("declined", "Wij zijn al ter plaatse")


def test_accepting_opens_the_case_and_its_record(page: Page, sign_in, wilma, routed, axe_source, refused_by_csp):
    handover = routed(wilma, **HGKM)
    sign_in(page, "vt")
    found = []
    page.goto("/inbox/")
    found += _looked_at(page, axe_source)
    page.get_by_role("link", name=f"Casus {handover.case_id}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Overdracht van casus {handover.case_id}")
    found += _looked_at(page, axe_source)
    page.get_by_role("button", name="Aannemen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Casus {handover.case_id}")
    page.get_by_label("Wat is er nu bekend over de veiligheid?").fill("Kind is bij oma.")
    found += _looked_at(page, axe_source)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_label("Wat is er nu bekend over de veiligheid?")).to_have_value("Kind is bij oma.")
    assert found + refused_by_csp == []


def _looked_at(page: Page, axe_source: str) -> list[str]:
    """What axe finds, and sideways scrolling, on a wide and a narrow screen."""
    found = []
    for viewport in (PHONE | {"width": 320}, DESKTOP):
        page.set_viewport_size(viewport)
        found += [f"{page.url} at {viewport['width']}: {each}" for each in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} scrolls sideways at {viewport['width']} px")
    return found
