"""An editor's steps: a gap is seen while it is made, cannot be published, is closed again; and the live directory."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .test_accessibility import violations

pytestmark = pytest.mark.browser

CHILDREN = "ggz, 0-17 jaar"


def test_a_gap_is_seen_refused_closed_and_published(page: Page, sign_in, axe_source, refused_by_csp):
    sign_in(page, "directory")
    main, found = page.get_by_role("main"), []
    page.goto("/afspraken/")
    page.get_by_label("Naam van de nieuwe versie").fill("kennemerland-2027")
    page.get_by_role("button", name="Begin een concept").click()
    expect(main).to_contain_text("Sluitend")

    page.get_by_role("link", name="ggz-buiten-kenter").click()
    effect = page.locator("#gevolg")
    page.get_by_label("Leeftijd van").fill("18")
    expect(effect).to_contain_text(CHILDREN)
    page.get_by_label("Leeftijd van").fill("")
    expect(effect).to_contain_text("Sluitend")
    page.get_by_text("Regel verwijderen").click()
    expect(page.locator("#verwijderen")).to_contain_text(CHILDREN)
    found += looked_at(page, axe_source)
    page.get_by_role("button", name="Verwijder deze regel").click()
    expect(main).to_contain_text(CHILDREN)

    page.get_by_role("link", name="Publiceren").click()
    page.get_by_role("button", name="Leg de toets vast").click()
    page.get_by_role("button", name="Publiceer deze afspraken").click()
    expect(page.get_by_role("alert")).to_contain_text("Niet gepubliceerd")
    expect(main).to_contain_text(CHILDREN)
    found += looked_at(page, axe_source)

    page.get_by_role("link", name="Dekking").click()
    page.get_by_role("link", name="Gat", exact=True).first.click()
    expect(page.locator("#vak")).to_contain_text("Nu antwoordt alleen het vangnet")
    found += looked_at(page, axe_source)
    page.get_by_role("link", name="Maak hiervoor een regel").click()
    page.get_by_label("Korte naam van de regel").fill("ggz-nacht")
    page.get_by_label("De zin uit de afspraak").fill("Buiten de uren van Kenter helpt GGZ inGeest ook kinderen.")
    page.get_by_label("Wie is dan verantwoordelijk?").select_option("ggz-ingeest")
    expect(effect).to_contain_text("Tegenspraak")
    page.get_by_text("Pas na een andere dienst").click()
    page.get_by_role("group", name="Pas na").get_by_label("Kenter crisisdienst").check()
    expect(effect).to_contain_text("Sluitend")
    found += looked_at(page, axe_source)
    page.get_by_role("button", name="Bewaren").click()

    page.get_by_role("link", name="Publiceren").click()
    page.get_by_role("button", name="Leg de toets vast").click()
    page.get_by_role("button", name="Publiceer deze afspraken").click()
    expect(main).to_contain_text("kennemerland-2027 is gepubliceerd.")
    expect(main).to_contain_text("Geldt nu")
    assert found + refused_by_csp == []


def test_closing_the_evening_in_the_live_directory_is_refused(page: Page, sign_in, axe_source, refused_by_csp):
    sign_in(page, "directory")
    page.goto("/gids/")
    page.get_by_role("link", name="GGZ inGeest acute psychiatrie").click()
    page.get_by_label("Uren", exact=True).fill("ma-vr 08:30-17:00")
    page.get_by_label("Op feestdagen").select_option("closed")
    page.get_by_role("button", name="Bewaren").click()
    refused = page.get_by_role("main")
    expect(refused).to_contain_text("Deze wijziging opent een gat")
    expect(refused).to_contain_text("ma-vr 00:00-08:30 en 17:00-24:00")
    expect(page.get_by_label("Uren", exact=True)).to_have_value("ma-vr 08:30-17:00")
    found = looked_at(page, axe_source)
    page.goto("/gids/ggz-ingeest/")
    expect(page.get_by_label("Uren", exact=True)).to_have_value("altijd")
    assert found + refused_by_csp == []


def test_a_rule_is_edited_without_script(browser, live_server, sign_in, page: Page):
    sign_in(page, "directory")
    context = browser.new_context(
        base_url=live_server.url,
        locale="nl-NL",
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto("/afspraken/")
    plain.get_by_label("Naam van de nieuwe versie").fill("kennemerland-2027")
    plain.get_by_role("button", name="Begin een concept").click()
    plain.get_by_role("link", name="ggz-jeugd").click()
    plain.get_by_label("De zin uit de afspraak").fill("Onder de 18 helpt Kenter.")
    plain.get_by_role("button", name="Bewaren").click()
    expect(plain.get_by_role("main")).to_contain_text("De regel ggz-jeugd is bewaard.")
    expect(plain.get_by_role("main")).to_contain_text("Onder de 18 helpt Kenter.")
    context.close()


def looked_at(page: Page, axe_source: str) -> list[str]:
    """What axe finds on a wide and a narrow screen, and scrolling sideways at 320 pixels."""
    found = []
    for viewport in (PHONE | {"width": 320}, PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        found += [f"{page.url} at {viewport['width']}: {each}" for each in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} scrolls sideways at {viewport['width']} px")
    return found
